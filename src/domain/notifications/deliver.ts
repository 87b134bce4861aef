/** Gives what is to be sent to the outbox, or keeps it until its hour; each with a record of what became of it. */
import type { Context } from '../../core/context.ts';
import { setTimer } from '../../core/timers.ts';
import { deliverNotice, sendMessage } from '../conversations/contract.ts';
import { releaseNotices } from './contract.ts';
import { type DeliveryDocument, DeliveryModel, type Send } from './model-delivery.ts';
import type { Wait } from './quiet.ts';

export type Delivery = Pick<
  DeliveryDocument,
  | 'recipient'
  | 'name'
  | 'notificationId'
  | 'rule'
  | 'title'
  | 'text'
  | 'leadId'
  | 'link'
  | 'channel'
  | 'account'
  | 'to'
  | 'about'
  | 'digest'
> & { send: Send };

export async function deliver(ctx: Context, { send, ...one }: Delivery, wait?: Wait): Promise<void> {
  const record = { _id: ctx.id(), ...one, at: ctx.now() };
  if (wait) {
    ctx.writes.insert(DeliveryModel, { ...record, state: 'held', ...wait, send });
    await callAt(one.recipient, wait.until);
  } else ctx.writes.insert(DeliveryModel, { ...record, ...(await passOn(ctx, one, send)) });
}

/** Nobody could be reached: kept, so that it can be seen. */
export function dropped(ctx: Context, { send: _, ...one }: Delivery, reason: string): void {
  ctx.writes.insert(DeliveryModel, { _id: ctx.id(), ...one, at: ctx.now(), state: 'dropped', reason });
}

/** Into the outbox, in this transaction. */
export async function passOn(
  ctx: Context,
  { channel, account, to }: Pick<Delivery, 'channel' | 'account' | 'to'>,
  { purpose, content, conversationId, meta, dedupeKey }: Send,
): Promise<Pick<DeliveryDocument, 'state' | 'outboxId' | 'reason'>> {
  const outboxId = conversationId
    ? (await ctx.run(sendMessage, { conversationId, purpose, content, dedupeKey })).messageId
    : (await ctx.run(deliverNotice, { channel, account, to, purpose, content, dedupeKey, meta })).outboxId;
  return outboxId
    ? { state: 'passed', outboxId }
    : { state: 'dropped', reason: 'They have asked not to be written to.' };
}

/** One timer for all that waits for the same moment. */
export const callAt = (recipient: string, until: Date, again = false): Promise<void> =>
  setTimer({
    key: `notice:${recipient}:${until.toISOString()}${again ? ':again' : ''}`,
    dueAt: until,
    command: releaseNotices.name,
    input: { recipient, ...(again && { again }) },
  });
