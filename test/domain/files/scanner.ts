/** Plays ClamAV's daemon (docs.clamav.net/manual/Usage/ClamdProtocol): INSTREAM alone; finds what holds EICAR's words. */

import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';

export type Scanner = { address: string; asked: number; away: boolean; stop(): Promise<void> };

export async function startScanner(): Promise<Scanner> {
  const scanner: Scanner = { address: '', asked: 0, away: false, stop: async () => {} };
  const server: Server = createServer((socket) => {
    let heard = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (part) => {
      if (scanner.away) return void socket.destroy();
      heard = Buffer.concat([heard, part]);
      const body = bodyOf(heard);
      if (!body) return;
      scanner.asked++;
      socket.end(body.includes('EICAR') ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  scanner.address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  scanner.stop = () => new Promise((resolve) => server.close(() => resolve()));
  return scanner;
}

/** Undefined while its end has not come. */
function bodyOf(heard: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0';
  if (heard.length < command.length) return undefined;
  if (heard.subarray(0, command.length).toString() !== command) throw new Error('not INSTREAM');
  const parts: Buffer[] = [];
  for (let at = command.length; at + 4 <= heard.length; ) {
    const length = heard.readUInt32BE(at);
    if (length === 0) return Buffer.concat(parts);
    parts.push(heard.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
