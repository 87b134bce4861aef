/**
 * Work that waits in a collection for something outside (a provider's file, a virus scanner) that may be slow or away: done
 * one at a time and outside of any transaction, tried again later and later, and given up in the end.
 */
import type { Model } from 'mongoose';
import type { Clock } from './clock.ts';
import { isAppError } from './errors.ts';
import type { Logger } from './logger.ts';
import { createPump, type Pump } from './pump.ts';
import { addMinutes } from './zone.ts';

/** Minutes until the next try; after the last it has failed. Providers make files ready within minutes. */
const waits = [1, 2, 5, 15, 60, 240, 720];
/** A process that dies in the middle leaves it to the others after so long. */
const claimMinutes = 5;

type Due = { _id: string; attempts: number };
export type Failure = { error: string; final: boolean; nextAt: Date };

export type Retried<T extends Due> = {
  name: string;
  model: Model<T>;
  /** Which documents wait; served by an index on `nextAt`. */
  waiting: object;
  clock: Clock;
  log: Logger;
  pollMs?: number;
  /** @throws AppError that is not retryable for what will never succeed. */
  attempt(one: T): Promise<void>;
  /** Says how it stands, in words; `final`: nobody tries again by themselves. */
  failed(one: T, failure: Failure): Promise<void>;
};

export function createRetried<T extends Due>(work: Retried<T>): Pump {
  const { name, model, waiting, clock, log, pollMs = 5000, attempt, failed } = work;

  async function round(): Promise<boolean> {
    const now = clock.now();
    const due = (await (model as Model<any>)
      .findOneAndUpdate(
        { ...waiting, nextAt: { $lte: now } },
        { $set: { nextAt: addMinutes(now, claimMinutes) }, $inc: { attempts: 1 } },
        { sort: { nextAt: 1 }, returnDocument: 'after' },
      )
      .lean()) as T | null;
    if (!due) return false;
    try {
      await attempt(due);
    } catch (error) {
      const wait = waits[due.attempts - 1];
      const final = wait === undefined || (isAppError(error) && !error.retryable);
      const words = (error as Error).message.slice(0, 500);
      log.warn({ [name]: due._id, attempts: due.attempts, final, reason: words }, `${name}: not done`);
      await failed(due, { error: words, final, nextAt: addMinutes(clock.now(), wait ?? 0) });
    }
    return true;
  }

  return createPump({ name, round, log, pollMs });
}
