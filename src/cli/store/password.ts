import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** Asked for twice without showing it; from a pipe, the whole of standard input. Never an argument: those are seen by others. */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    const given = (await text(process.stdin)).replace(/\r?\n$/, '');
    if (given === '') throw new Error('The password is empty. Write it to standard input.');
    return given;
  }
  const first = await ask('Password: ');
  if (first === '') throw new Error('The password is empty.');
  if ((await ask('Again: ')) !== first) throw new Error('They are not the same.');
  return first;
}

function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => {
      lines.close();
      process.stderr.write('\n');
      resolve(line);
    });
    lines.once('SIGINT', () => {
      lines.close();
      process.stderr.write('\n');
      reject(new Error('Nothing was changed.'));
    });
  });
}
