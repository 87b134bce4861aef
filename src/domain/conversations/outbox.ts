/**
 * The outbox: sends what turns and commands have queued, in order per lane, with retries. Where repeating a send could
 * reach the customer twice, the entry is claimed in the database first; a claim that outlives its sender means that
 * nobody knows whether it went out, and what happens then is the channel's `ambiguity`.
 */
import type { Clock } from '../../core/clock.ts';
import { coalesce } from '../../core/coalesce.ts';
import type { Logger } from '../../core/logger.ts';
import type { ChannelCapabilities, Outbound, SendResult } from '../../core/messaging.ts';
import { createPump, type Pump } from '../../core/pump.ts';
import { type OutboxDocument, OutboxModel } from './model/outbox.ts';
import { backoffMs, isRetryable, maxSendAttempts } from './rules.ts';
import { settleAll } from './settle.ts';

/** An open channel account as the outbox needs it. */
export type Sender = { capabilities: ChannelCapabilities; send(out: Outbound): Promise<SendResult> };

export type OutboxDeps = {
  sender: (channel: string, account: string) => Sender | undefined;
  clock: Clock;
  log: Logger;
  pollMs?: number;
};

const claimMs = 30_000;
const batch = 200;

export function createOutbox(deps: OutboxDeps): Pump {
  const { clock, log } = deps;
  const settled = coalesce(settleAll, { most: batch });

  async function round(): Promise<boolean> {
    const now = clock.now();
    const due = await OutboxModel.find({ open: true, nextAt: { $lte: now } })
      .sort({ nextAt: 1, _id: 1 })
      .limit(batch)
      .lean();
    if (!due.length) return false;
    const lanes = Map.groupBy(due, ({ lane }) => lane);
    // An entry that waits (for its next attempt, or for another worker's send) holds back those behind it.
    const held = await OutboxModel.find(
      { lane: { $in: [...lanes.keys()] }, open: true, nextAt: { $gt: now }, status: { $ne: 'ambiguous' } },
      { lane: 1 },
    ).lean();
    for (const { lane } of held) lanes.delete(lane);
    await Promise.all([...lanes.values()].map(sendLane));
    return due.length === batch;
  }

  /** One lane in order; stops at the first that has to wait, so that none overtakes it. */
  async function sendLane(entries: OutboxDocument[]): Promise<void> {
    for (const entry of entries.sort((a, b) => (a._id < b._id ? -1 : 1))) {
      const sender = deps.sender(entry.channel, entry.account);
      if (
        !(sender
          ? await handle(entry, sender)
          : await fail(entry, {
              error: 'auth',
              message: `the ${entry.channel} account ${entry.account} is not open`,
            }))
      )
        return;
    }
  }

  /** Answers whether the lane may go on. */
  async function handle(entry: OutboxDocument, sender: Sender): Promise<boolean> {
    const { capabilities } = sender;
    if (entry.status === 'sending')
      return isAmbiguous(entry, capabilities, 'the sender stopped before the answer came');
    if (entry.status === 'ambiguous') return receiptNeverCame(entry);
    if (capabilities.ambiguity !== 'resend' && !(await claim(entry))) return false;
    const { _id: id, channel, account, to, content, purpose, meta } = entry;
    const result = await sender
      .send({ id, channel, account, to, content, purpose, meta })
      .catch((error): SendResult => {
        log.error({ err: error, channel, account, id }, 'a channel threw while sending');
        return { ok: false, error: 'ambiguous', message: (error as Error).message };
      });
    return record({ ...entry, attempts: entry.attempts + 1 }, capabilities, result);
  }

  async function claim({ _id }: OutboxDocument): Promise<boolean> {
    const until = new Date(clock.now().getTime() + claimMs);
    const { modifiedCount } = await OutboxModel.updateOne(
      { _id, status: 'queued' },
      { $set: { status: 'sending', nextAt: until } },
    );
    return modifiedCount === 1;
  }

  async function record(
    entry: OutboxDocument,
    capabilities: ChannelCapabilities,
    result: SendResult,
  ): Promise<boolean> {
    if (result.ok) {
      await settled({ entry, status: 'sent', outcome: { providerId: result.providerId } });
      return true;
    }
    if (result.error === 'ambiguous') return isAmbiguous(entry, capabilities, result.message);
    if (isRetryable(result.error) && entry.attempts < maxSendAttempts)
      return retry(entry, result.retryAfterMs ?? backoffMs(entry.attempts), result.message);
    return fail(entry, result);
  }

  async function retry({ _id, attempts }: OutboxDocument, afterMs: number, error: string): Promise<boolean> {
    const nextAt = new Date(clock.now().getTime() + afterMs);
    await OutboxModel.updateOne({ _id }, { $set: { status: 'queued', nextAt, error, attempts } });
    return false;
  }

  async function fail(
    entry: OutboxDocument,
    { error, message }: { error: string; message: string },
  ): Promise<boolean> {
    log.warn(
      { channel: entry.channel, account: entry.account, id: entry._id, error, detail: message },
      'a message could not be delivered',
    );
    await settled({ entry, status: 'failed', outcome: { error: message, errorKind: error } });
    return true;
  }

  /** The answer was lost, or the sender died: repeat it only where that cannot reach the customer twice. */
  async function isAmbiguous(
    entry: OutboxDocument,
    { ambiguity, receiptSeconds = 900 }: ChannelCapabilities,
    message: string,
  ): Promise<boolean> {
    if (ambiguity === 'resend') return retry(entry, backoffMs(entry.attempts || 1), message);
    const waits = ambiguity === 'receipt';
    await OutboxModel.updateOne(
      { _id: entry._id },
      {
        $set: {
          status: 'ambiguous',
          error: message,
          trouble: true,
          attempts: entry.attempts,
          ...(waits && { nextAt: new Date(clock.now().getTime() + receiptSeconds * 1000) }),
        },
        ...(!waits && { $unset: { open: 1 } }),
      },
    );
    return true;
  }

  /** The provider reports what it accepted and reported nothing: it was never accepted. */
  async function receiptNeverCame({ _id }: OutboxDocument): Promise<boolean> {
    await OutboxModel.updateOne(
      { _id, status: 'ambiguous' },
      { $set: { status: 'queued', nextAt: clock.now() }, $unset: { trouble: 1 } },
    );
    return false;
  }

  return createPump({ name: 'outbox', round, log, pollMs: deps.pollMs ?? 500 });
}
