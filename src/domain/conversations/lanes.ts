/**
 * Lanes: the events of one conversation are handled one turn after another, many conversations side by side. What is
 * waiting is in the inbox, so a crash loses nothing: the next start, or another process, goes on from there.
 */
import type { Clock } from '../../core/clock.ts';
import { coalesce } from '../../core/coalesce.ts';
import type { Logger } from '../../core/logger.ts';
import { createPump, type Pump } from '../../core/pump.ts';
import { type InboxDocument, InboxModel } from './model/inbox.ts';
import { backoffMs, maxTurnAttempts } from './rules.ts';

/** What waits in each of these lanes, in the provider's order: a burst at most. */
async function pendingOfLanes(lanes: string[]): Promise<InboxDocument[][]> {
  const most = burst * lanes.length;
  const found = await InboxModel.find({
    lane: lanes.length === 1 ? lanes[0]! : { $in: lanes },
    status: 'pending',
  })
    .sort({ lane: 1, 'event.at': 1, order: 1 })
    .limit(most)
    .lean();
  // Somebody floods a lane: each is asked by itself, so that the others are not crowded out.
  if (lanes.length > 1 && found.length === most)
    return (await Promise.all(lanes.map((lane) => pendingOfLanes([lane])))).flat();
  const byLane = Map.groupBy(found, ({ lane }) => lane);
  return lanes.map((lane) => (byLane.get(lane) ?? []).slice(0, burst));
}

/** Commits one turn over these events; answers false when somebody else had done so already. */
export type HandleTurn = (entries: InboxDocument[]) => Promise<boolean>;

export type Lanes = Pump & { kick(lane: string): void };

const burst = 10;
/** A turn that is overtaken so often, and still waits, meets something that will not go away: it has failed. */
const maxOvertaken = 50;
const sideBySide = 128;

export function createLanes(deps: {
  handle: HandleTurn;
  clock: Clock;
  log: Logger;
  pollMs?: number;
  onDead: (entry: InboxDocument) => Promise<void>;
}): Lanes {
  const { handle, clock, log } = deps;
  const running = new Map<string, Promise<void>>();
  const waiting = new Set<string>();
  const pendingOf = coalesce(pendingOfLanes, { most: 64, sideBySide: 2 });
  let stopped = true;

  /** Starts the lane unless it runs already; then it looks once more before it ends. */
  function kick(lane: string): void {
    if (stopped) return;
    waiting.add(lane);
    startWaiting();
  }

  function startWaiting(): void {
    for (const lane of waiting) {
      if (running.size >= sideBySide) return;
      if (running.has(lane)) continue;
      waiting.delete(lane);
      running.set(
        lane,
        drain(lane).finally(() => {
          running.delete(lane);
          startWaiting();
        }),
      );
    }
  }

  async function drain(lane: string): Promise<void> {
    const overtaken = { entry: '', times: 0 };
    try {
      do waiting.delete(lane);
      while (!stopped && ((await step(lane, overtaken)) || waiting.has(lane)));
    } catch (error) {
      log.error({ err: error, lane }, 'a lane stopped; the next poll takes it up again');
    }
  }

  /** One turn; answers whether there may be more, besides what is kicked for. */
  async function step(lane: string, overtaken: { entry: string; times: number }): Promise<boolean> {
    const pending = await pendingOf(lane);
    const first = pending[0];
    // A first attempt never waits: the clock of the process that accepted it may be ahead of ours.
    if (!first || (first.attempts && first.nextAt > clock.now())) return false;
    // What failed before is tried alone, so that one bad message does not take its neighbours with it. What a colleague
    // says is a command each, and not a part of what they go on to say.
    const isAlone = first.attempts > 0 || first.event.audience === 'staff';
    const entries = isAlone ? [first] : pending;
    try {
      const done = await handle(entries);
      overtaken.times = done || overtaken.entry !== first._id ? 0 : overtaken.times + 1;
      overtaken.entry = first._id;
      if (overtaken.times >= maxOvertaken) throw new Error('it is overtaken again and again');
      return !done || entries.length < pending.length || pending.length === burst;
    } catch (error) {
      await failed(first, error as Error);
      return true;
    }
  }

  async function failed(entry: InboxDocument, error: Error): Promise<void> {
    const attempts = entry.attempts + 1;
    const dead = attempts >= maxTurnAttempts;
    log.error(
      { err: error, entry: entry._id, attempts, dead },
      dead ? 'a message became a dead letter' : 'a turn failed; it is tried again',
    );
    await InboxModel.updateOne(
      { _id: entry._id, status: 'pending' },
      {
        $set: {
          attempts,
          error: error.message.slice(0, 500),
          nextAt: new Date(clock.now().getTime() + backoffMs(attempts)),
          ...(dead && { status: 'dead' }),
        },
      },
    );
    if (dead) await deps.onDead(entry);
  }

  /** Finds lanes that nobody kicked: after a crash, from another process, or waiting for their next attempt. */
  async function round(): Promise<boolean> {
    const due = await InboxModel.find({ status: 'pending', nextAt: { $lte: clock.now() } }, { lane: 1 })
      .sort({ nextAt: 1 })
      .limit(500)
      .lean();
    for (const { lane } of due) kick(lane);
    return false;
  }

  const pump = createPump({ name: 'lanes', round, log, pollMs: deps.pollMs ?? 1000 });
  return {
    kick,
    start() {
      stopped = false;
      pump.start();
    },
    wake: pump.wake,
    async idle() {
      await pump.idle();
      while (running.size || waiting.size) await Promise.all(running.values());
    },
    async stop() {
      stopped = true;
      await pump.stop();
      await Promise.all(running.values());
    },
  };
}
