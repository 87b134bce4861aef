/**
 * The virus scanner: clamd over its socket (INSTREAM), or a command that reads the file from standard input. A file is neither
 * shown nor sent before it has passed.
 */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import type { AppConfig } from '../../core/config-schema.ts';

export type Verdict = { passed: true; by: string } | { passed: false; by: string; found: string };
export type Scan = (body: Buffer) => Promise<Verdict>;

/** @throws Error when the scanner is away or cannot tell: the file waits. */
export function createScan({ clamd, command, timeoutMs }: AppConfig['files']['scan']): Scan {
  if (clamd) return (body) => withClamd(body, clamd, timeoutMs);
  if (command.length) return (body) => withCommand(body, command, timeoutMs);
  return async () => ({ passed: true, by: 'none' });
}

/** docs.clamav.net/manual/Usage/ClamdProtocol: `zINSTREAM\0`, chunks of <length><bytes>, a chunk of length 0. */
function withClamd(body: Buffer, address: string, timeoutMs: number): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const [, host, port] = /^(.*):(\d+)$/.exec(address) ?? [];
    const socket = connect(port ? { host: host || '127.0.0.1', port: Number(port) } : { path: address });
    const heard: Buffer[] = [];
    const away = (why: string) => {
      socket.destroy();
      reject(new Error(`the virus scanner ${why}`));
    };
    socket.setTimeout(timeoutMs, () => away('did not answer in time'));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      // It may hang up on what is too large for it, having said so.
      heard.length ? settle() : away(`cannot be reached (${error.code ?? error.message})`),
    );
    socket.on('data', (part) => heard.push(part));
    socket.on('connect', () => {
      socket.write('zINSTREAM\0');
      for (let at = 0; at < body.length; at += chunk) {
        const part = body.subarray(at, at + chunk);
        socket.write(sized(part.length));
        socket.write(part);
      }
      socket.write(sized(0));
    });
    socket.on('end', settle);

    function settle(): void {
      const answer = Buffer.concat(heard).toString('latin1').replaceAll('\0', '').trim();
      socket.destroy();
      const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
      if (found) resolve({ passed: false, by: 'clamd', found });
      else if (answer === 'stream: OK') resolve({ passed: true, by: 'clamd' });
      else reject(new Error(`the virus scanner cannot tell: ${answer.slice(0, 200) || 'it said nothing'}`));
    }
  });
}
const chunk = 64 * 1024;
const sized = (length: number): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return head;
};

/** As clamscan and most others end: 0 clean, 1 infected, anything else an error. */
function withCommand(body: Buffer, [program, ...args]: string[], timeoutMs: number): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const child = spawn(program!, args, { stdio: ['pipe', 'pipe', 'ignore'], timeout: timeoutMs });
    let said = '';
    child.stdout.on('data', (part: Buffer) => {
      if (said.length < 10_000) said += part.toString('utf8');
    });
    // A scanner may have seen enough before it has read all.
    child.stdin.on('error', () => {});
    child.on('error', (error) => reject(new Error(`the virus scanner did not start: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve({ passed: true, by: program! });
      else if (code === 1)
        resolve({
          passed: false,
          by: program!,
          found: /: (.+) FOUND/.exec(said)?.[1] ?? (said.trim().slice(0, 100) || 'something harmful'),
        });
      else reject(new Error(`the virus scanner ended with ${signal ?? code}`));
    });
    child.stdin.end(body);
  });
}
