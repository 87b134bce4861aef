/**
 * Durable timers: a command that runs as the product itself at a time. A timer is set, moved and cancelled in the
 * transaction of what it belongs to, and struck in the transaction of what it runs: exactly once, over any crash.
 */
import mongoose, { type Model, Schema } from 'mongoose';
import { systemActor } from './actor.ts';
import type { Bus } from './bus.ts';
import type { Catalogue } from './catalogue.ts';
import { claimOf } from './claim.ts';
import type { Clock } from './clock.ts';
import type { Context } from './context.ts';
import { isAppError } from './errors.ts';
import type { Logger } from './logger.ts';
import { createPump, type Pump } from './pump.ts';
import { gathered, Overtaken } from './writes.ts';

type TimerDocument = {
  _id: string;
  dueAt: Date;
  command: string;
  input?: unknown;
  failures: number;
  error?: string;
  /** A worker has begun on it; another one leaves it alone until then. Running it twice is prevented by striking it. */
  claim?: string;
  claimedUntil?: Date;
};
const schema = new Schema<TimerDocument>(
  {
    /** `<record>:<id>:<what>`, e.g. `appointment:01J…:7am`: setting it again moves it. */
    _id: String,
    dueAt: { type: Date, required: true },
    command: { type: String, required: true },
    input: Schema.Types.Mixed,
    failures: { type: Number, default: 0 },
    error: String,
    claim: String,
    claimedUntil: Date,
  },
  { versionKey: false, minimize: false },
);
schema.index({ dueAt: 1 });
export const TimerModel = mongoose.model('Timer', schema, 'timers');

export type Timer = { key: string; dueAt: Date; command: string; input: Record<string, unknown> };

/** Within a transaction it is written with its commit. */
export async function setTimer({ key, dueAt, command, input }: Timer): Promise<void> {
  const writes = gathered();
  if (writes) {
    writes.remove(TimerModel, { _id: key });
    writes.insert<any>(TimerModel as unknown as Model<any>, { _id: key, dueAt, command, input, failures: 0 });
    return;
  }
  await TimerModel.updateOne(
    { _id: key },
    { $set: { dueAt, command, input, failures: 0 }, $unset: { error: 1, claim: 1, claimedUntil: 1 } },
    { upsert: true },
  );
}

/** Cancels every timer whose key begins with `prefix`. */
export async function cancelTimers(prefix: string): Promise<void> {
  const those = { _id: { $gte: prefix, $lt: `${prefix}\uffff` } };
  const writes = gathered();
  if (writes) writes.remove(TimerModel, those);
  else await TimerModel.deleteMany(those);
}

/** Claimed at a time, so that several workers share what is due. */
const batch = 200;
/** So many share a transaction; more where one read serves them all. */
const group = 25;
const groupPrepared = 100;
/** A worker that dies with timers in hand delays them by no more; one that lives renews its claim. */
const claimMs = 3000;
const maxFailures = 10;
const caller = { actor: systemActor('timer'), surface: 'timer' as const };

export function createTimers({
  bus,
  catalogue,
  clock,
  log,
  pollMs,
}: {
  bus: Bus;
  /** For what is read in one go; without it each reads for itself. */
  catalogue?: Catalogue;
  clock: Clock;
  log: Logger;
  pollMs?: number;
}): Pump {
  async function round(): Promise<boolean> {
    const due = await claim();
    let until = clock.now().getTime() + claimMs;
    for (let next = 0; next < due.timers.length; ) {
      if (until - clock.now().getTime() < claimMs / 2) until = await renew(due.timers.slice(next));
      const timers = due.timers.slice(next, next + sizeOf(due.timers.slice(next, next + groupPrepared)));
      next += timers.length;
      if (timers.length > 1 && (await together(timers))) continue;
      for (const timer of timers) await fire(timer);
    }
    return due.more;
  }

  const preparing = new Map(
    catalogue?.handlers.flatMap(({ operation, prepare }) => (prepare ? [[operation.name, prepare]] : [])),
  );
  function sizeOf(timers: TimerDocument[]): number {
    const unprepared = timers.findIndex(({ command }) => !preparing.has(command));
    return Math.max(unprepared < 0 ? timers.length : unprepared, group);
  }

  async function prepare(ctx: Context, timers: TimerDocument[]): Promise<void> {
    for (const [command, its] of Map.groupBy(timers, (timer) => timer.command))
      if (its.length > 1)
        await preparing.get(command)?.(
          ctx,
          its.map(({ input }) => input ?? {}),
        );
  }

  /** The oldest that nobody is at. Whoever comes second finds them taken, and looks further. */
  async function claim(): Promise<{ timers: TimerDocument[]; more: boolean }> {
    const now = clock.now();
    const free = { dueAt: { $lte: now }, $or: [{ claimedUntil: null }, { claimedUntil: { $lte: now } }] };
    const found = await TimerModel.find(free).sort({ dueAt: 1 }).limit(batch).lean();
    if (!found.length) return { timers: [], more: false };
    const until = { claimedUntil: new Date(now.getTime() + claimMs) };
    const timers = await claimOf(TimerModel, { found, free, until, order: { dueAt: 1 } });
    return { timers, more: found.length === batch || timers.length < found.length };
  }

  /** What another worker has taken over meanwhile is not this one's any more: it finds that out when it strikes it. */
  async function renew(timers: TimerDocument[]): Promise<number> {
    const until = clock.now().getTime() + claimMs;
    await TimerModel.updateMany(
      { _id: { $in: timers.map(({ _id }) => _id) }, claim: timers[0]!.claim },
      { $set: { claimedUntil: new Date(until) } },
    );
    return until;
  }

  /** Several in one transaction; answers false when that cannot be: then each is run by itself. */
  async function together(timers: TimerDocument[]): Promise<boolean> {
    // What failed before must not take its neighbours with it.
    if (timers.some(({ failures }) => failures)) return false;
    try {
      await bus.unitOfWork(
        caller,
        async (ctx) => {
          const { deletedCount } = await TimerModel.deleteMany({
            _id: { $in: timers.map(({ _id }) => _id) },
            claim: timers[0]!.claim,
          });
          if (deletedCount !== timers.length) throw new Overtaken('a timer was moved meanwhile');
          await prepare(ctx, timers);
          for (const timer of timers)
            await ctx
              .because({ id: timer._id, depth: 0 }, caller.actor)
              .perform(timer.command, timer.input ?? {});
        },
        { once: true, through: true },
      );
      return true;
    } catch (error) {
      log.debug({ err: error, timers: timers.length }, 'timers are run one by one');
      return false;
    }
  }

  async function fire(timer: TimerDocument): Promise<void> {
    try {
      await bus.unitOfWork({ ...caller, cause: { id: timer._id, depth: 0 } }, async (ctx) => {
        // Whoever strikes it runs it: another worker, or a timer moved meanwhile, finds nothing.
        const struck = await TimerModel.findOneAndDelete({ _id: timer._id, dueAt: timer.dueAt });
        if (struck) await ctx.perform(timer.command, timer.input ?? {});
      });
    } catch (error) {
      await postpone(timer, error as Error);
    }
  }

  /** A refusal (the lead is gone, say) will not change by waiting; anything else is tried again, later each time. */
  async function postpone(timer: TimerDocument, error: Error): Promise<void> {
    const failures = timer.failures + 1;
    const final = (isAppError(error) && !error.retryable) || failures >= maxFailures;
    log.error({ err: error, timer: timer._id, failures, final }, 'a timer failed');
    const later = new Date(clock.now().getTime() + Math.min(2 ** failures, 600) * 1000);
    await TimerModel.updateOne(
      { _id: timer._id, dueAt: timer.dueAt },
      {
        $set: {
          failures,
          error: error.message.slice(0, 500),
          dueAt: final ? new Date('9999-12-31T00:00:00Z') : later,
        },
        $unset: { claim: 1, claimedUntil: 1 },
      },
    );
  }

  return createPump({ name: 'timers', round, log, pollMs: pollMs ?? 1000 });
}
