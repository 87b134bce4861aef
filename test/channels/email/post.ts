/** A mail system, and for each case a mailbox of its own on it: a server for each would cost seconds. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { ChannelAccount } from '../../../src/core/define.ts';
import type { InboundEvent } from '../../../src/core/messaging.ts';
import { type FakePort, fakePort } from '../contract/fake-port.ts';
import { type MailServer, startMailServer, type User } from './mail-server.ts';
import { customer, firm, mail, open, outbound, settingsFor } from './world.ts';

/** `us` and `them`: the case's own mailboxes; `account` is opened by the case. */
export const post = { us: firm, them: customer } as {
  server: MailServer;
  port: FakePort;
  account: ChannelAccount;
  us: User;
  them: User;
};

let count = 0;
export const pairs = Array.from(
  { length: 20 },
  (_, n) =>
    [
      { ...firm, address: `hello${n}@rsoft.example` },
      { ...customer, address: `priya${n}@customer.example` },
    ] as const,
);

beforeAll(async () => {
  post.server = await startMailServer(pairs.flat());
}, 30_000);
afterAll(() => post.server?.stop(), 30_000);
beforeEach(() => {
  [post.us, post.them] = pairs[count++]!;
  post.port = fakePort();
});
afterEach(() => post.account?.stop?.());

export const settings = (more: Record<string, unknown> = {}) => {
  const { imap, smtp, ...rest } = settingsFor(post.server);
  const { address } = post.us;
  return { ...rest, address, imap: { ...imap, user: address }, smtp: { ...smtp, user: address }, ...more };
};
export async function start(more: Record<string, unknown> = {}): Promise<void> {
  post.account = await open(settings(more), post.port);
  await post.account.start!();
}
export const write = (headers: Record<string, string>, body: string, from = post.them.address) =>
  post.server.deliver(
    mail({ From: `Priya Raman <${post.them.address}>`, To: post.us.address, ...headers }, body),
    { from, to: post.us.address },
  );
/** What the conversation remembers is given back with the answer, as the conversations module does. */
export const answer = (event: InboundEvent, text: string, id = '01JDC00000000000000000000A') =>
  post.account.send(outbound({ kind: 'text', text }, { id, to: event.thread, meta: event.meta! }));

export async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(30)) if (await isSo()) return;
  throw new Error('it did not come about in ten seconds');
}
