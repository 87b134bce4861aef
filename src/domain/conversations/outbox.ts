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
import { type Away, createGate, placeKey } from './gate.ts';
import { OutageModel } from './model/outage.ts';
import { type OutboxDocument, OutboxModel } from './model/outbox.ts';
import { isGivenUp, isRetryable, sendBackoffMs } from './rules.ts';
import { settleAll } from './settle.ts';

/** An open channel account as the outbox needs it. */
export type Sender = {
  capabilities: ChannelCapabilities;
  send(out: Outbound): Promise<SendResult>;
  reach?: () => Promise<boolean>;
};

export type OutboxDeps = {
  sender: (channel: string, account: string) => Sender | undefined;
  clock: Clock;
  log: Logger;
  pollMs?: number;
  /** Told when a provider does not take messages (again and again, while that lasts), and undefined when it does. */
  onAway?: (place: Place, away: Away | undefined) => Promise<void>;
  /** The open accounts: looked after also while another one's queue may not move. */
  places?: () => Place[];
};

const claimMs = 30_000;
const batch = 200;
type Place = { channel: string; account: string };

export function createOutbox(deps: OutboxDeps): Pump {
  const { clock, log } = deps;
  const settled = coalesce(settleAll, { most: batch });
  const gate = createGate(clock);
  const known = new Map<string, Place>();
  const serving = new Map<string, Promise<void>>();
  const again = new Set<string>();
  let stopped = true;
  let tried = 0;

  /** Accounts are served side by side: one whose provider hangs keeps nobody else waiting. */
  async function round(): Promise<boolean> {
    const busy = new Set(serving.keys());
    const isHeld = [...known.values()].some((place) => gate.closedUntil(place));
    // With a queue that may not move in front, each account is asked for its own.
    const due = isHeld ? [] : await dueNow({});
    if (isHeld) for (const place of deps.places?.() ?? []) known.set(placeKey(place), place);
    const places = Map.groupBy(due, placeKey);
    for (const [key, entries] of places) {
      known.set(key, entries[0]!);
      // What was in flight while we looked may have been sent since.
      serve(entries[0]!, busy.has(key) || due.length === batch ? undefined : entries);
    }
    if (isHeld || due.length === batch)
      for (const place of known.values()) if (!gate.closedUntil(place)) serve(place);
    return false;
  }

  const dueNow = (of: Partial<Place>): Promise<OutboxDocument[]> =>
    OutboxModel.find({ ...of, open: true, nextAt: { $lte: clock.now() } })
      .sort({ nextAt: 1, _id: 1 })
      .limit(batch)
      .lean();

  function serve({ channel, account }: Place, entries?: OutboxDocument[]): void {
    const place = { channel, account };
    const key = placeKey(place);
    if (serving.has(key)) return void again.add(key);
    again.delete(key);
    const run = serveAccount(place, entries)
      .catch((error) =>
        log.error({ err: error, ...place }, 'an account was not served; the next poll does it'),
      )
      .finally(() => {
        serving.delete(key);
        if (again.has(key) && !stopped) serve(place);
      });
    serving.set(key, run);
  }

  async function serveAccount(place: Place, first?: OutboxDocument[]): Promise<void> {
    let entries = first;
    while (!stopped) {
      const until = gate.closedUntil(place);
      if (until) return look(place, until);
      entries ??= await dueNow(place);
      if (!entries.length) return;
      if (gate.isDoubted(place) && !(await isBack(place, entries))) return;
      await sendLanes(entries);
      if (entries.length < batch) return;
      entries = undefined;
    }
  }

  function look(place: Place, until: Date): void {
    const ms = Math.min(1000, until.getTime() - clock.now().getTime());
    setTimeout(() => !stopped && serve(place), ms).unref();
  }

  /** Asks the provider; where it cannot be asked, the oldest message finds out. */
  async function isBack(place: Place, [oldest]: OutboxDocument[]): Promise<boolean> {
    const sender = deps.sender(place.channel, place.account);
    if (!sender?.reach) {
      gate.reached(place);
      await sendLanes([oldest!]);
    } else if (await sender.reach().catch(() => false)) gate.reached(place);
    else note(place, { ok: false, error: 'transient', message: 'does not answer' });
    return !gate.closedUntil(place);
  }

  async function sendLanes(due: OutboxDocument[]): Promise<void> {
    const now = clock.now();
    const lanes = Map.groupBy(due, ({ lane }) => lane);
    // An entry that waits (for its next attempt, or for another worker's send) holds back those behind it.
    const held = await OutboxModel.find(
      { lane: { $in: [...lanes.keys()] }, open: true, nextAt: { $gt: now }, status: { $ne: 'ambiguous' } },
      { lane: 1, nextAt: 1 },
    ).lean();
    for (const { lane, nextAt } of held) {
      const behind = lanes.get(lane);
      if (!lanes.delete(lane) || due.length < batch) continue;
      // So many wait that they would stand in the way of other lanes.
      await OutboxModel.updateMany(
        { _id: { $in: behind!.map(({ _id }) => _id) }, status: 'queued' },
        { $set: { nextAt } },
      );
    }
    await Promise.all([...lanes.values()].map(sendLane));
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
    if (gate.closedUntil(entry)) return false;
    const wait = gate.wait(entry, capabilities.pace);
    if (wait) {
      if (wait.of === 'recipient') await later(entry, wait.ms);
      return false;
    }
    if (capabilities.ambiguity !== 'resend' && !(await claim(entry))) return false;
    const { _id: id, channel, account, to, content, purpose, meta } = entry;
    const result = await sender
      .send({ id, channel, account, to, content, purpose, meta })
      .catch((error): SendResult => {
        log.error({ err: error, channel, account, id }, 'a channel threw while sending');
        return { ok: false, error: 'ambiguous', message: (error as Error).message };
      });
    tried += 1;
    note({ channel, account }, result);
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

  const pump = createPump({ name: 'outbox', round, log, pollMs: deps.pollMs ?? 500 });
  return {
    start() {
      stopped = false;
      // Found away by whoever ran before us: the first message that goes out says that it is back.
      OutageModel.find({}, { _id: 1 })
        .lean()
        .then((found) => {
          for (const { _id } of found) gate.knew(_id);
        })
        .catch((error) => log.warn({ err: error }, 'it is not known which providers were away'));
      pump.start();
    },
    wake: pump.wake,
    async idle() {
      // What waits (for its next attempt, for a provider) does not count as work to be done.
      for (let before = -1; before !== tried; ) {
        before = tried;
        await pump.idle();
        while (serving.size) await Promise.all(serving.values());
      }
    },
    async stop() {
      stopped = true;
      await pump.stop();
      await Promise.all(serving.values());
    },
  };
}
