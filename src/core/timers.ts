/**
 * Durable timers: a command that runs as the product itself at a time. A timer is set, moved and cancelled in the
 * transaction of what it belongs to, and struck in the transaction of what it runs: exactly once, over any crash.
 */
import mongoose, { type Model, Schema } from 'mongoose';
import { systemActor } from './actor.ts';
import type { Bus } from './bus.ts';
import type { Clock } from './clock.ts';
import { isAppError } from './errors.ts';
import type { Logger } from './logger.ts';
import { createPump, type Pump } from './pump.ts';
import { gathered } from './writes.ts';

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
schema.index({ dueAt: 1 });
export const TimerModel = mongoose.model('Timer', schema, 'timers');

export type Timer = { key: string; dueAt: Date; command: string; input: Record<string, unknown> };

/** Within a transaction it is written with its commit. */
export async function setTimer({ key, dueAt, command, input }: Timer): Promise<void> {
  const writes = gathered();
  if (writes) {
    writes.remove(TimerModel, { _id: key });
    writes.insert(TimerModel as Model<any>, { _id: key, dueAt, command, input, failures: 0 });
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

const batch = 200;
const maxFailures = 10;

export function createTimers({
  bus,
  clock,
  log,
  pollMs,
}: {
  bus: Bus;
  clock: Clock;
  log: Logger;
  pollMs?: number;
}): Pump {
  async function round(): Promise<boolean> {
    const due = await TimerModel.find({ dueAt: { $lte: clock.now() } })
      .sort({ dueAt: 1 })
      .limit(batch)
      .lean();
    for (const timer of due) await fire(timer);
    return due.length === batch;
  }

  async function fire(timer: TimerDocument): Promise<void> {
    const actor = systemActor('timer');
    try {
      await bus.unitOfWork({ actor, surface: 'timer', cause: { id: timer._id, depth: 0 } }, async (ctx) => {
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

  return createPump({ name: 'timers', round, log, pollMs: pollMs ?? 1000 });
}
