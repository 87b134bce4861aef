/**
 * Our Message-IDs: `<outbox id.thread.signature@domain>`. Replies and bounces bring them back in References, so they
 * tell which conversation a mail belongs to and which send a bounce is about, without a table. The same outbox id gives
 * the same Message-ID: a mail that went out twice is one to every mailbox that drops duplicates.
 */
import type { ChannelPort } from '../../core/define.ts';

type Signer = Pick<ChannelPort, 'sign' | 'verify'>;
export type OwnId = { outboxId: string; thread: string };

const purpose = 'email.message-id';

export function makeMessageId(port: Signer, { outboxId, thread }: OwnId, domain: string): string {
  const value = `${outboxId}.${Buffer.from(thread).toString('base64url')}`;
  return `<${value}.${port.sign(purpose, value)}@${domain}>`;
}

/** What one of our ids says; undefined for anybody else's and for a forged one. */
export function readMessageId(port: Signer, messageId: string): OwnId | undefined {
  const [, outboxId, thread, signature] =
    /^<?([^.@<>\s]+)\.([\w-]+)\.([\w-]+)@[^@\s]+?>?$/.exec(messageId.trim()) ?? [];
  if (!outboxId || !thread || !port.verify(purpose, `${outboxId}.${thread}`, signature!)) return undefined;
  return { outboxId, thread: Buffer.from(thread, 'base64url').toString() };
}

/** The newest of ours among the ids that a mail refers to. */
export function findOwnId(port: Signer, messageIds: string[]): OwnId | undefined {
  for (const messageId of messageIds.toReversed()) {
    const own = readMessageId(port, messageId);
    if (own) return own;
  }
  return undefined;
}
