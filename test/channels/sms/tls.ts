/** SMPP over TLS, with a peer that knows no library of ours: who is not trusted is told no password. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { makeCertificate } from '../certificate.ts';
import { fakePort } from '../contract/fake-port.ts';
import { customer, openLine, outbound, password } from './line.ts';
import { type RawSmsc, startRawSmsc } from './raw-smsc.ts';

const until = (is: () => boolean, what: string) => eventually(async () => is() || undefined, what);

describe('SMS by SMPP over TLS', () => {
  const dir = mkdtempSync(join(tmpdir(), 'smpp-tls-'));
  let smsc: RawSmsc;
  let ca: string;
  beforeAll(async () => {
    const { key, cert, certFile } = makeCertificate(dir);
    ca = certFile;
    smsc = await startRawSmsc({ key, cert });
  });
  afterAll(async () => {
    await smsc.close();
    rmSync(dir, { recursive: true });
  });

  it('says no password to a server whose certificate nobody vouches for, and says why in words', async () => {
    const account = await openLine({ port: smsc.port }, fakePort(), { tls: true });
    const said = await eventually(async () => {
      const { detail } = await account.health!();
      return detail.includes('certificate') ? detail : undefined;
    }, 'the refusal');
    expect(said).toContain('self-signed certificate');
    await account.stop!();
    expect(smsc.heard).toEqual([]);
  });

  it('sends, gets the receipt and what a customer writes, with the authority of the operator', async () => {
    const port = fakePort();
    const account = await openLine({ port: smsc.port }, port, { tls: true, ca });
    expect(await account.send(outbound('Hello', 'out-1'))).toMatchObject({ ok: true, providerId: 'raw-1' });
    await until(() => port.received.length === 1, 'the receipt');
    expect(port.received).toMatchObject([{ ref: 'out-1', status: 'delivered' }]);
    smsc.say(customer, 'Price?');
    expect(await port.until(1)).toMatchObject([{ thread: customer, body: { kind: 'text', text: 'Price?' } }]);
    await until(
      () => smsc.heard.filter((line) => line === 'acknowledged 0').length === 2,
      'both acknowledgements',
    );
    await account.stop!();
    await until(() => smsc.heard.at(-1) === 'unbind', 'the goodbye');
    expect(smsc.heard.filter((line) => !line.startsWith('ack'))).toEqual([
      `bind parley ${password}`,
      'submit RSOFTT 919845012345 1 0 Hello',
      'unbind',
    ]);
  });
});
