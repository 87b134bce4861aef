import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { ChannelAccount } from '../../../src/core/define.ts';
import { fakePort } from '../contract/fake-port.ts';
import { type Fault, type FaultyServer, startFaultyServer } from './smtp-faults.ts';
import { open, outbound, settingsFor } from './world.ts';

let server: FaultyServer;
let account: ChannelAccount;
beforeEach(async () => {
  server = await startFaultyServer();
  const { imap, smtp, ...rest } = settingsFor({
    ports: { submission: server.port, imaps: 9 } as never,
    caFile: '',
  });
  account = await open(
    { ...rest, imap: { ...imap, ca: undefined }, smtp: { ...smtp, ca: undefined } },
    fakePort(),
  );
});
afterEach(async () => {
  await account.stop?.();
  await server.close();
});
const send = (text = 'Hello', id = 'out-1') => account.send(outbound({ kind: 'text', text }, { id }));

// The replies are those of RFC 5321 and RFC 3463, in the words that large providers use.
it.each<[string, Fault, string]>([
  [
    'greylisting is tried again',
    { at: 'rcpt', code: 451, message: '4.7.1 Greylisted, please try again later' },
    'transient',
  ],
  [
    'a full disk is tried again',
    { at: 'data', code: 452, message: '4.3.1 Insufficient system storage' },
    'transient',
  ],
  [
    'too much mail waits',
    { at: 'rcpt', code: 450, message: '4.7.28 Our system has detected an unusual rate of mail' },
    'rate',
  ],
  ['too fast waits', { at: 'data', code: 421, message: '4.7.0 Too many messages, slow down' }, 'rate'],
  [
    'an unknown mailbox is the recipient’s',
    { at: 'rcpt', code: 550, message: '5.1.1 No such user' },
    'recipient',
  ],
  [
    'a mailbox found closed after the mail is the recipient’s',
    { at: 'data', code: 550, message: '5.2.1 The account is disabled' },
    'recipient',
  ],
  [
    'a mail called spam is its content',
    { at: 'data', code: 554, message: '5.7.1 Message rejected as spam' },
    'content',
  ],
  ['a mail too large is its content', { at: 'data', code: 552, message: '5.3.4 Message too big' }, 'content'],
  ['a refused login is ours', { at: 'login' }, 'auth'],
  ['hung up in the middle is tried again', { at: 'during-data' }, 'transient'],
  ['hung up after the last byte is for a person to decide', { at: 'after-data' }, 'ambiguous'],
])('%s', async (_title, fault, kind) => {
  server.fail(fault);
  const result = await send('x'.repeat(300_000));
  expect(result).toMatchObject({ ok: false, error: kind });
  if (kind === 'rate') expect((result as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(0);
  expect(server.taken).toHaveLength(kind === 'ambiguous' ? 1 : 0);
});

it('a server that is not there is tried again', async () => {
  await server.close();
  expect(await send()).toMatchObject({ ok: false, error: 'transient' });
});

it('sends again under the same Message-ID, so that a second copy can be told from a second mail', async () => {
  server.fail({ at: 'after-data' });
  await send('Once', 'out-7');
  await send('Once', 'out-7');
  await send('Twice', 'out-8');
  const [first, again, other] = server.taken.map((mail) => /^Message-ID:\s+(<[^>]+>)/im.exec(mail)![1]);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

it('puts what goes to many under a way to unsubscribe [M133]', async () => {
  await account.send(outbound({ kind: 'text', text: 'Diwali offer' }, { purpose: 'marketing' }));
  expect(server.taken[0]).toContain('List-Unsubscribe: <mailto:hello@rsoft.example?subject=STOP>');
});
