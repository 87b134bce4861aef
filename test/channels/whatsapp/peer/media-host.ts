/** WhatsApp's file servers on loopback: what is uploaded stays encrypted and can be fetched again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../../certificate.ts';

export type MediaHost = Awaited<ReturnType<typeof startMediaHost>>;

export async function startMediaHost() {
  const dir = mkdtempSync(join(tmpdir(), 'media-host-'));
  const { key, cert, certFile: caFile } = makeCertificate(dir);
  const kept = new Map<string, Buffer>();
  const server = createServer({ key, cert }, (request, response) => {
    const path = new URL(request.url!, 'https://localhost').pathname;
    if (request.method === 'GET') {
      const body = kept.get(path);
      response.writeHead(body ? 200 : 404).end(body);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      kept.set(path, Buffer.concat(chunks));
      response.end(JSON.stringify({ url: `https://${host}${path}`, direct_path: path }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    caFile,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
