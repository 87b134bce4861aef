/**
 * The outbox: sends what turns and commands have queued, in order per lane, with retries. Where repeating a send could
 * reach the customer twice, the entry is claimed in the database first; a claim that outlives its sender means that
 * nobody knows whether it went out, and what happens then is the channel's `ambiguity`.
 */
import { createPump, type Pump } from '../../core/pump.ts';
import { createGate, placeKey } from './gate.ts';
import { OutageModel } from './model/outage.ts';
import { type OutboxDocument, OutboxModel } from './model/outbox.ts';
import { createSending, type Place, type SendingDeps } from './sending.ts';

export type OutboxDeps = Omit<SendingDeps, 'gate'> & {
  pollMs?: number;
  /** The open accounts: looked after also while another one's queue may not move. */
  places?: () => Place[];
};

const batch = 200;

/** An account's part of the outbox. */
type Queue = {
  place: Place;
  /** Lanes of which something is being sent. */
  lanes: Map<string, Promise<void>>;
  /** Of these there is more, which was not begun because they were busy. */
  behind: Set<string>;
  pass?: Promise<void>;
  /** Look once more when the pass is over. */
  again: boolean;
  /** How often it was looked through: what was read before the last time may have been sent since. */
  passes: number;
  timer?: NodeJS.Timeout;
};
/** What was due, and which lanes were busy when it was asked for. */
type Found = { entries: OutboxDocument[]; busy: Set<string> };

export function createOutbox(deps: OutboxDeps): Pump {
  const { clock, log } = deps;
  const gate = createGate(clock);
  const sending = createSending({ ...deps, gate });
  const queues = new Map<string, Queue>();
  let stopped = true;
  let begun = 0;

  function queueOf({ channel, account }: Place): Queue {
    const key = placeKey({ channel, account });
    const queue = queues.get(key) ?? {
      place: { channel, account },
      lanes: new Map(),
      behind: new Set(),
      again: false,
      passes: 0,
    };
    queues.set(key, queue);
    return queue;
  }

  /** Accounts are served side by side: one whose provider hangs keeps nobody else waiting. */
  async function round(): Promise<boolean> {
    const isHeld = [...queues.values()].some(({ place }) => gate.closedUntil(place));
    if (isHeld) for (const place of deps.places?.() ?? []) queueOf(place);
    const before = new Map([...queues.values()].map((queue) => [queue, queue.passes]));
    const busy = new Set([...queues.values()].flatMap(({ lanes }) => [...lanes.keys()]));
    // With a queue that may not move in front, each account is asked for its own.
    const due = isHeld ? [] : await dueNow({});
    for (const entries of Map.groupBy(due, placeKey).values()) {
      const queue = queueOf(entries[0]!);
      const isNews = (before.get(queue) ?? 0) === queue.passes && due.length < batch;
      look(queue, isNews ? { entries, busy } : undefined);
    }
    if (isHeld || due.length === batch)
      for (const queue of queues.values()) if (!gate.closedUntil(queue.place)) look(queue);
    return false;
  }

  const dueNow = (of: Partial<Place>): Promise<OutboxDocument[]> =>
    OutboxModel.find({ ...of, open: true, nextAt: { $lte: clock.now() } })
      .sort({ nextAt: 1, _id: 1 })
      .limit(batch)
      .lean();

  /** Begins what is due, and does not wait for its end. */
  function look(queue: Queue, found?: Found): void {
    if (queue.pass) {
      queue.again = true;
      return;
    }
    queue.again = false;
    queue.passes += 1;
    queue.pass = pass(queue, found)
      .catch((error) =>
        log.error({ err: error, ...queue.place }, 'an account was not served; the next poll does it'),
      )
      .finally(() => {
        queue.pass = undefined;
        if (queue.again && !stopped) look(queue);
      });
  }

  async function pass(queue: Queue, first?: Found): Promise<void> {
    const { place, lanes } = queue;
    for (let found = first; !stopped; found = undefined) {
      const until = gate.closedUntil(place);
      if (until) return lookLater(queue, until);
      // What is on its way may have arrived by the time the database has answered.
      const { entries, busy } = found ?? { busy: new Set(lanes.keys()), entries: await dueNow(place) };
      if (!entries.length) return;
      if (gate.isDoubted(place)) {
        if (lanes.size) await Promise.all(lanes.values());
        else await ask(place, entries[0]!);
        continue;
      }
      await begin(queue, entries, busy);
      if (entries.length < batch) return;
      await Promise.all(lanes.values());
    }
  }

  function lookLater(queue: Queue, until: Date): void {
    if (queue.timer) return;
    const ms = Math.min(1000, until.getTime() - clock.now().getTime());
    queue.timer = setTimeout(() => {
      queue.timer = undefined;
      if (!stopped) look(queue);
    }, ms).unref();
  }

  /** Asks the provider whether it is back; where it cannot be asked, the oldest message finds out. */
  async function ask(place: Place, oldest: OutboxDocument): Promise<void> {
    const sender = deps.sender(place.channel, place.account);
    if (!sender?.reach) {
      gate.reached(place);
      await sendLane([oldest]);
    } else if (await sender.reach().catch(() => false)) gate.reached(place);
    else sending.note(place, { ok: false, error: 'transient', message: 'does not answer' });
  }

  async function begin(queue: Queue, due: OutboxDocument[], busy: Set<string>): Promise<void> {
    const lanes = Map.groupBy(due, ({ lane }) => lane);
    for (const lane of lanes.keys()) {
      if (!busy.has(lane) && !queue.lanes.has(lane)) continue;
      lanes.delete(lane);
      if (queue.lanes.has(lane)) queue.behind.add(lane);
      else queue.again = true;
    }
    if (!lanes.size) return;
    for (const lane of await heldOf(lanes, due.length === batch)) lanes.delete(lane);
    for (const [lane, entries] of lanes) {
      begun += 1;
      const ended = sendLane(entries)
        .catch((error) => log.error({ err: error, lane }, 'a lane was not sent; the next poll does it'))
        .finally(() => {
          queue.lanes.delete(lane);
          if (queue.behind.delete(lane) && !stopped) look(queue);
          const until = gate.closedUntil(queue.place);
          if (until) lookLater(queue, until);
        });
      queue.lanes.set(lane, ended);
    }
  }

  /** An entry that waits (for its next attempt, or for another worker's send) holds back those behind it. */
  async function heldOf(lanes: Map<string, OutboxDocument[]>, isCrowded: boolean): Promise<string[]> {
    const now = clock.now();
    const held = await OutboxModel.find(
      { lane: { $in: [...lanes.keys()] }, open: true, nextAt: { $gt: now }, status: { $ne: 'ambiguous' } },
      { lane: 1, nextAt: 1 },
    ).lean();
    // So many wait that they would stand in the way of other lanes.
    if (isCrowded)
      for (const { lane, nextAt } of new Map(held.map((entry) => [entry.lane, entry])).values())
        await OutboxModel.updateMany(
          { _id: { $in: lanes.get(lane)!.map(({ _id }) => _id) }, status: 'queued' },
          { $set: { nextAt } },
        );
    return held.map(({ lane }) => lane);
  }

  /** One lane in order; stops at the first that has to wait, so that none overtakes it. */
  async function sendLane(entries: OutboxDocument[]): Promise<void> {
    for (const entry of entries.sort((a, b) => (a._id < b._id ? -1 : 1)))
      if (!(await sending.send(entry))) return;
  }

  const pump = createPump({ name: 'outbox', round, log, pollMs: deps.pollMs ?? 500 });
  const busy = (): Promise<void>[] =>
    [...queues.values()].flatMap(({ pass, lanes }) => [...(pass ? [pass] : []), ...lanes.values()]);
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
      for (let before = -1; before !== begun; ) {
        before = begun;
        await pump.idle();
        while (busy().length) await Promise.all(busy());
      }
    },
    async stop() {
      stopped = true;
      await pump.stop();
      while (busy().length) await Promise.all(busy());
      for (const { timer } of queues.values()) clearTimeout(timer);
    },
  };
}
