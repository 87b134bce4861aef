/** How one entry of the outbox is sent, and what becomes of it. */

import { claimOf } from '../../core/claim.ts';
import type { Clock } from '../../core/clock.ts';
import { coalesce } from '../../core/coalesce.ts';
import type { Logger } from '../../core/logger.ts';
import type { ChannelCapabilities, Outbound, SendResult } from '../../core/messaging.ts';
import type { Away, Gate } from './gate.ts';
import { type OutboxDocument, OutboxModel } from './model/outbox.ts';
import { isGivenUp, isRetryable, sendBackoffMs } from './rules.ts';
import { settleAll } from './settle.ts';

/** An open channel account as the outbox needs it. */
export type Sender = {
  capabilities: ChannelCapabilities;
  send(out: Outbound): Promise<SendResult>;
  reach?: () => Promise<boolean>;
};
export type Place = { channel: string; account: string };

export type Sending = {
  /** Sends what is due to be sent. Answers whether those behind it in its lane may go on. */
  send(entry: OutboxDocument): Promise<boolean>;
  /** How a try ended, as far as it says something about the provider. */
  note(place: Place, result: SendResult): void;
};

export type SendingDeps = {
  sender: (channel: string, account: string) => Sender | undefined;
  clock: Clock;
  log: Logger;
  gate: Gate;
  /** Told when a provider does not take messages (again and again, while that lasts), and undefined when it does. */
  onAway?: (place: Place, away: Away | undefined) => Promise<void>;
};

const claimMs = 30_000;
const most = 200;

export function createSending(deps: SendingDeps): Sending {
  const { clock, log, gate } = deps;
  const settled = coalesce(settleAll, { most });
  /** Whether it is ours to send; lanes that begin at once are claimed at once. */
  const claimed = coalesce<OutboxDocument, boolean>(
    async (entries) => {
      const until = { status: 'sending', nextAt: new Date(clock.now().getTime() + claimMs) };
      const free = { status: 'queued' };
      const won = await claimOf(OutboxModel, { found: entries, free, until, order: { _id: 1 } });
      const ids = new Set(won.map(({ _id }) => _id));
      return entries.map(({ _id }) => ids.has(_id));
    },
    { most, sideBySide: 2 },
  );

  async function send(entry: OutboxDocument): Promise<boolean> {
    const { channel, account } = entry;
    const sender = deps.sender(channel, account);
    if (sender) return handle(entry, sender);
    return fail(entry, { error: 'auth', message: `the ${channel} account ${account} is not open` });
  }

  /** Answers whether the lane may go on. */
  async function handle(entry: OutboxDocument, sender: Sender): Promise<boolean> {
    const { capabilities } = sender;
    if (entry.status === 'sending')
      return isAmbiguous(entry, capabilities, 'the sender stopped before the answer came');
    if (entry.status === 'ambiguous') return receiptNeverCame(entry);
    if (gate.closedUntil(entry)) return false;
    const wait = gate.wait(entry, capabilities.pace);
    if (wait) {
      if (wait.of === 'recipient') await later(entry, wait.ms);
      return false;
    }
    if (capabilities.ambiguity !== 'resend' && !(await claimed(entry))) return false;
    const { _id: id, channel, account, to, content, purpose, meta } = entry;
    const result = await sender
      .send({ id, channel, account, to, content, purpose, meta })
      .catch((error): SendResult => {
        log.error({ err: error, channel, account, id }, 'a channel threw while sending');
        return { ok: false, error: 'ambiguous', message: (error as Error).message };
      });
    note({ channel, account }, result);
    return record({ ...entry, attempts: entry.attempts + 1 }, capabilities, result);
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
    const waited = clock.now().getTime() - entry.createdAt.getTime();
    if (isRetryable(result.error) && !isGivenUp(entry.attempts, waited))
      return retry(entry, result.retryAfterMs ?? sendBackoffMs(entry.attempts), result.message);
    return fail(entry, result);
  }

  /** Told once when the provider goes away, each time it is found so, and once when it is back. */
  function note(place: Place, result: SendResult): void {
    const change = gate.ended(place, result);
    if (!change) return;
    if (change === 'back') log.info(place, 'the provider takes messages again');
    else log.warn({ ...place, detail: change.away.message }, 'the provider does not take messages');
    void deps
      .onAway?.(place, change === 'back' ? undefined : change.away)
      .catch((error) => log.warn({ err: error, ...place }, 'an outage was not written down'));
  }

  /** Not tried: it is its recipient's pace that has to be kept. */
  async function later({ _id }: OutboxDocument, ms: number): Promise<void> {
    const nextAt = new Date(clock.now().getTime() + ms);
    await OutboxModel.updateOne({ _id, status: 'queued' }, { $set: { nextAt } });
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
    // Whoever has just said STOP, also to the provider, is not to be told even that it was heard; and who has hung up
    // in the middle of an answer has missed it by their own will.
    const isGone = error === 'recipient' && entry.meta?.live === true;
    const untroubling = (error === 'optout' || isGone) && entry.purpose === 'reply';
    await settled({ entry, status: 'failed', outcome: { error: message, errorKind: error, untroubling } });
    return true;
  }

  /** The answer was lost, or the sender died: repeat it only where that cannot reach the customer twice. */
  async function isAmbiguous(
    entry: OutboxDocument,
    { ambiguity, receiptSeconds = 900 }: ChannelCapabilities,
    message: string,
  ): Promise<boolean> {
    if (ambiguity === 'resend') return retry(entry, sendBackoffMs(entry.attempts || 1), message);
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

  return { send, note };
}
