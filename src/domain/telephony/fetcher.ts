/**
 * Fetches recordings from the provider, outside of any transaction, and keeps them in the vault. A provider that is slow
 * or down is asked again later and later; what is refused for good is shown as failed, to be asked for by hand.
 */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { Clock } from '../../core/clock.ts';
import { isAppError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import { createPump, type Pump } from '../../core/pump.ts';
import type { Vault } from '../../core/vault.ts';
import { addMinutes } from '../../core/zone.ts';
import { keepFetched } from './contract.ts';
import { type RecordingDocument, RecordingModel } from './model.ts';

/** Minutes until the next try; after the last it has failed. Providers make recordings ready within minutes. */
const waits = [1, 2, 5, 15, 60, 240, 720];
/** A process that dies while it fetches leaves it to the others after so long. */
const claimMinutes = 5;

export type Fetching = {
  bus: Bus;
  clock: Clock;
  log: Logger;
  vault: Vault;
  /** @throws AppError for what will never be given. */
  fetch: (account: string, url: string) => Promise<{ body: Buffer; mime: string }>;
  pollMs?: number;
};

export function createRecordingFetcher({ bus, clock, log, vault, fetch, pollMs = 5000 }: Fetching): Pump {
  const caller = { actor: systemActor('recordings'), surface: 'timer' as const };

  async function round(): Promise<boolean> {
    const now = clock.now();
    const due = await RecordingModel.findOneAndUpdate(
      { state: 'waiting', nextAt: { $lte: now } },
      { $set: { nextAt: addMinutes(now, claimMinutes) }, $inc: { attempts: 1 } },
      { sort: { nextAt: 1 }, returnDocument: 'after' },
    ).lean();
    if (!due) return false;
    await take(due);
    return true;
  }

  async function take({ _id: recordingId, account, url, attempts }: RecordingDocument): Promise<void> {
    let file: string | undefined;
    try {
      const { body, mime } = await fetch(account, url);
      file = await vault.put(body);
      await bus.command(keepFetched, { recordingId, state: 'stored', file, mime }, caller);
    } catch (error) {
      if (file) await vault.remove(file);
      const wait = waits[attempts - 1];
      const isFinal = wait === undefined || (isAppError(error) && !error.retryable);
      const words = (error as Error).message.slice(0, 500);
      log.warn({ recording: recordingId, attempts, isFinal, reason: words }, 'a recording was not fetched');
      await bus.command(
        keepFetched,
        {
          recordingId,
          state: isFinal ? 'failed' : 'waiting',
          error: words,
          ...(!isFinal && { nextAt: addMinutes(clock.now(), wait).toISOString() }),
        },
        caller,
      );
    }
  }

  return createPump({ name: 'recordings', round, log, pollMs });
}
