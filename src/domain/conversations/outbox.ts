/**
 * The outbox: sends what turns and commands have queued, in order per lane, with retries. Before a send the entry is
 * claimed in the database; a claim that outlives its sender means that nobody knows whether it went out, and what
 * happens then is the channel's `ambiguity`.
 */
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { ChannelCapabilities, Outbound, SendResult } from '../../core/messaging.ts';
import { createPump, type Pump } from '../../core/pump.ts';
import { type OutboxDocument, OutboxModel } from './model/outbox.ts';
import { backoffMs, isRetryable, maxSendAttempts } from './rules.ts';
import { settle } from './settle.ts';

/** An open channel account as the outbox needs it. */
export type Sender = { capabilities: ChannelCapabilities; send(out: Outbound): Promise<SendResult> };

export type OutboxDeps = { sender: (channel: string, account: string) => Sender | undefined; clock: Clock; log: Logger; pollMs?: number; onChange?: (conversationId: string) => void };

const claimMs = 30_000;
const batch = 200;

export function createOutbox(deps: OutboxDeps): Pump {
  const { clock, log } = deps;

  async function round(): Promise<boolean> {
    const due = await OutboxModel.find({ open: true, nextAt: { $lte: clock.now() } }).sort({ nextAt: 1, _id: 1 }).limit(batch).lean();
    const lanes = Map.groupBy(due, ({ lane }) => lane);
    await Promise.all([...lanes.values()].map(sendLane));
    return due.length === batch;
  }

  /** One lane in order; stops at the first that has to wait, so that none overtakes it. */
  async function sendLane(entries: OutboxDocument[]): Promise<void> {
    for (const entry of entries.sort((a, b) => (a._id < b._id ? -1 : 1))) {
      if (!(await sendOne(entry))) return;
    }
  }

  /** Answers whether the lane may go on. */
  async function sendOne(entry: OutboxDocument): Promise<boolean> {
    if (entry.status !== 'queued') return resolveClaim(entry);
    const earlier = await OutboxModel.exists({ lane: entry.lane, open: true, status: { $ne: 'ambiguous' }, _id: { $lt: entry._id } });
    if (earlier) return false;
    const sender = deps.sender(entry.channel, entry.account);
    if (!sender) return fail(entry, { ok: false, error: 'auth', message: `the ${entry.channel} account ${entry.account} is not open here` });
    const now = clock.now();
    const until = new Date(now.getTime() + claimMs);
    const claimed = await OutboxModel.updateOne({ _id: entry._id, status: 'queued' }, { $set: { status: 'sending', claimedUntil: until, nextAt: until }, $inc: { attempts: 1 } });
    if (!claimed.modifiedCount) return false;
    const { _id: id, channel, account, to, content, purpose, meta } = entry;
    const result = await sender.send({ id, channel, account, to, content, purpose, meta }).catch((error): SendResult => {
      log.error({ err: error, channel, account, id }, 'a channel threw while sending');
      return { ok: false, error: 'ambiguous', message: (error as Error).message };
    });
    return settleResult({ ...entry, attempts: entry.attempts + 1 }, sender, result);
  }

  async function settleResult(entry: OutboxDocument, sender: Sender, result: SendResult): Promise<boolean> {
    if (result.ok) {
      await settle(entry, 'sent', { providerId: result.providerId });
      return true;
    }
    if (result.error === 'ambiguous') return isAmbiguous(entry, sender.capabilities, result.message);
    if (isRetryable(result.error) && entry.attempts < maxSendAttempts) return retry(entry, result.retryAfterMs ?? backoffMs(entry.attempts), result.message);
    return fail(entry, result);
  }

  async function retry(entry: OutboxDocument, afterMs: number, error: string): Promise<boolean> {
    await OutboxModel.updateOne({ _id: entry._id }, { $set: { status: 'queued', nextAt: new Date(clock.now().getTime() + afterMs), error }, $unset: { claimedUntil: 1 } });
    return false;
  }

  async function fail(entry: OutboxDocument, { error, message }: Extract<SendResult, { ok: false }>): Promise<boolean> {
    log.warn({ channel: entry.channel, account: entry.account, id: entry._id, error, detail: message }, 'a message could not be delivered');
    await settle(entry, 'failed', { error: message, errorKind: error });
    return true;
  }

  /** The answer was lost, or the sender died: repeat it only where that cannot reach the customer twice. */
  async function isAmbiguous(entry: OutboxDocument, { ambiguity, receiptSeconds }: ChannelCapabilities, message: string): Promise<boolean> {
    if (ambiguity === 'resend') return retry(entry, backoffMs(entry.attempts || 1), message);
    const waits = ambiguity === 'receipt';
    await OutboxModel.updateOne({ _id: entry._id }, {
      $set: { status: 'ambiguous', error: message, trouble: true, ...(waits && { nextAt: new Date(clock.now().getTime() + (receiptSeconds ?? 120) * 1000) }) },
      $unset: { claimedUntil: 1, ...(!waits && { open: 1 }) },
    });
    return true;
  }

  /** An entry that is due but not queued: its sender died, or the receipt it waited for never came. */
  async function resolveClaim(entry: OutboxDocument): Promise<boolean> {
    const sender = deps.sender(entry.channel, entry.account);
    if (!sender) return false;
    if (entry.status === 'sending') return isAmbiguous(entry, sender.capabilities, 'the sender stopped before the answer came');
    await OutboxModel.updateOne({ _id: entry._id, status: 'ambiguous' }, { $set: { status: 'queued', nextAt: clock.now() }, $unset: { trouble: 1 } });
    return true;
  }

  return createPump({ name: 'outbox', round, log, pollMs: deps.pollMs ?? 500 });
}
