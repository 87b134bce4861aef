/** SMPP against a second peer, written by others in another language: Debian's libnet-smpp-perl. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { fakePort } from '../contract/fake-port.ts';
import { customer, openLine, outbound, password } from './line.ts';

async function netSmpp() {
  const child = spawn('perl', [fileURLToPath(new URL('./net-smpp.pl', import.meta.url))]);
  const lines: string[] = [];
  let told = '';
  let trouble = '';
  child.stderr.on('data', (chunk) => {
    trouble += chunk;
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const line = (found: (line: string) => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const one = lines.find(found);
        if (!one) return;
        clearTimeout(timer);
        child.stdout.off('data', look);
        resolve(one);
      };
      const timer = setTimeout(() => reject(new Error(`Net::SMPP said: ${lines.join()} ${trouble}`)), 60_000);
      child.stdout.on('data', look);
      look();
    });
  child.stdout.on('data', (chunk) => {
    told += chunk;
    const whole = told.split('\n');
    told = whole.pop()!;
    lines.push(...whole);
  });
  const port = Number((await line((one) => one.startsWith('port'))).slice(5));
  return { port, lines, line, ended, kill: () => child.kill('SIGKILL') };
}

describe('SMS by SMPP with Net::SMPP as the SMSC', () => {
  it('binds, sends text, Hindi and parts, gets receipts and a customer’s message, and says goodbye', async () => {
    const peer = await netSmpp();
    const port = fakePort();
    try {
      const account = await openLine({ port: peer.port }, port, {
        dlt: { entityId: '1001234567890' },
        enquireMs: 50,
      });
      for (const [n, text] of ['Hello {A}', 'नमस्ते', 'y'.repeat(161)].entries())
        expect(await account.send(outbound(text, `out-${n}`))).toMatchObject({ ok: true });
      await port.until(1);
      await peer.line((line) => line === 'enquire');
      // Four receipts and the customer's message.
      await peer.line(() => peer.lines.filter((line) => line === 'acknowledged 0').length === 5);
      await account.stop!();
      await peer.line((line) => line === 'unbind');
      await peer.ended;

      const said = (name: string) => peer.lines.filter((line) => line.startsWith(name));
      expect(said('bind')).toEqual([`bind parley ${password}`]);
      const head = 'submit RSOFTT 919845012345';
      const dlt = 'dlt:1001234567890';
      expect(said('submit')).toEqual([
        // 3GPP TS 23.038: { is 1B 28 and } is 1B 29.
        `${head} 0 0 ${dlt} ${Buffer.from('Hello \x1b\x28A\x1b\x29').toString('hex')}`,
        `${head} 0 8 ${dlt} 0928092e0938094d09240947`,
        // 3GPP TS 23.040, 9.2.3.24.1: part 1 and part 2 of 2 of the same message.
        expect.stringMatching(new RegExp(`^${head} 64 0 ${dlt} 050003..0201(79){153}$`)),
        expect.stringMatching(new RegExp(`^${head} 64 0 ${dlt} 050003..0202(79){8}$`)),
      ]);
      expect(port.received).toMatchObject(
        ['out-0', 'out-1', 'out-2'].map((ref) => ({ ref, status: 'delivered' })),
      );
      expect(port.events).toMatchObject([{ thread: customer, body: { kind: 'text', text: 'नमस्ते' } }]);
    } finally {
      peer.kill();
    }
  }, 120_000);
});
