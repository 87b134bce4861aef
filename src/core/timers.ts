/**
 * Durable timers: a command that runs as the product itself at a time. A timer is set, moved and cancelled in the
 * transaction of what it belongs to, and struck in the transaction of what it runs: exactly once, over any crash.
 */
import mongoose, { type Model, Schema } from 'mongoose';
import { systemActor } from './actor.ts';
import type { Bus } from './bus.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { Context } from './context.ts';
import { isAppError } from './errors.ts';
import type { Logger } from './logger.ts';
import { createPump, type Pump } from './pump.ts';
import { createShares } from './shares.ts';
import { gathered, Overtaken } from './writes.ts';

type TimerDocument = {
  _id: string;
  dueAt: Date;
  command: string;
  input?: unknown;
  failures: number;
  error?: string;
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
  },
  { versionKey: false, minimize: false },
);
schema.index({ dueAt: 1, _id: 1 });
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
    { $set: { dueAt, command, input, failures: 0 }, $unset: { error: 1 } },
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

/** Taken at a time. */
const batch = 400;
/** So many share a transaction; more where one read serves them all. */
const group = 25;
const groupPrepared = 200;
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
  const shares = createShares('timers', clock);

  async function round(): Promise<boolean> {
    const { timers: due, more } = await take();
    for (let next = 0; next < due.length; ) {
      const timers = due.slice(next, next + sizeOf(due.slice(next, next + groupPrepared)));
      next += timers.length;
      const done = timers.length > 1 && (await together(timers));
      // Somebody else is at them, or moved one: what is left is looked at anew.
      if (done === 'overtaken') return true;
      if (!done) for (const timer of timers) await fire(timer);
    }
    return more;
  }

  const preparing = new Map(
    catalogue?.handlers.flatMap(({ operation, prepare }) => (prepare ? [[operation.name, prepare]] : [])),
  );
  function sizeOf(timers: TimerDocument[]): number {
    const unprepared = timers.findIndex(({ command }) => !preparing.has(command));
    // What failed before must not take its neighbours with it.
    const failed = timers.findIndex(({ failures }) => failures);
    const most = Math.max(unprepared < 0 ? timers.length : unprepared, group);
    return failed < 0 ? most : Math.min(most, Math.max(failed, 1));
  }

  async function prepare(ctx: Context, timers: TimerDocument[]): Promise<void> {
    for (const [command, its] of Map.groupBy(timers, (timer) => timer.command))
      if (its.length > 1)
        await preparing.get(command)?.(
          ctx,
          its.map(({ input }) => input ?? {}),
        );
  }

  /** The oldest of this worker's share; those that failed before come alone. */
  async function take(): Promise<{ timers: TimerDocument[]; more: boolean }> {
    const due = { dueAt: { $lte: clock.now() } };
    if (!(await TimerModel.exists(due))) return { timers: [], more: false };
    const isMine = await shares.part();
    const mine: TimerDocument[] = [];
    let more = true;
    for (let last: TimerDocument | undefined; more && mine.length < batch; ) {
      const found = await dueAfter(due, last);
      last = found.at(-1);
      more = found.length === batch;
      mine.push(...found.filter(({ _id }) => isMine(_id)));
    }
    const rank = ({ failures }: TimerDocument) => Number(failures > 0);
    return {
      timers: mine.slice(0, batch).sort((a, b) => rank(a) - rank(b) || +a.dueAt - +b.dueAt),
      more: mine.length > 0 && (more || mine.length > batch),
    };
  }

  /** The others' share is passed over. The plain range lets the index start where the last page ended. */
  const dueAfter = (due: object, last?: TimerDocument): Promise<TimerDocument[]> =>
    TimerModel.find(
      last
        ? {
            $and: [
              due,
              { dueAt: { $gte: last.dueAt } },
              { $or: [{ dueAt: { $gt: last.dueAt } }, { dueAt: last.dueAt, _id: { $gt: last._id } }] },
            ],
          }
        : due,
    )
      .sort({ dueAt: 1, _id: 1 })
      .limit(batch)
      .lean();

  /** Several in one transaction; answers false when that cannot be: then each is run by itself. */
  async function together(timers: TimerDocument[]): Promise<boolean | 'overtaken'> {
    let struck = false;
    try {
      await bus.unitOfWork(
        caller,
        async (ctx) => {
          const { deletedCount } = await TimerModel.deleteMany({
            _id: { $in: timers.map(({ _id }) => _id) },
            dueAt: { $gte: timers[0]!.dueAt, $lte: timers.at(-1)!.dueAt },
          });
          if (deletedCount !== timers.length) throw new Overtaken('a timer was moved meanwhile');
          struck = true;
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
      log.debug({ err: error, timers: timers.length, struck }, 'timers are not run together');
      if (struck || !(error instanceof Overtaken)) return false;
      shares.again();
      return 'overtaken';
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
      },
    );
  }

  const pump = createPump({ name: 'timers', round, log, pollMs: pollMs ?? 1000 });
  return {
    ...pump,
    stop: async () => {
      await pump.stop();
      await shares.leave();
    },
  };
}
