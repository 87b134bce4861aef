/**
 * Fetches recordings from the provider, outside of any transaction, and keeps them in the vault. What is refused for good is
 * shown as failed, to be asked for by hand.
 */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Pump } from '../../core/pump.ts';
import { createRetried } from '../../core/retried.ts';
import type { Vault } from '../../core/vault.ts';
import { keepFetched } from './contract.ts';
import { type RecordingDocument, RecordingModel } from './model.ts';

export type Fetching = {
  bus: Bus;
  clock: Clock;
  log: Logger;
  vault: Vault;
  /** @throws AppError for what will never be given. */
  fetch: (account: string, url: string) => Promise<{ body: Buffer; mime: string }>;
  pollMs?: number;
};

export function createRecordingFetcher({ bus, clock, log, vault, fetch, pollMs }: Fetching): Pump {
  const caller = { actor: systemActor('recordings'), surface: 'timer' as const };
  return createRetried<RecordingDocument>({
    name: 'recordings',
    model: RecordingModel,
    waiting: { state: 'waiting' },
    clock,
    log,
    ...(pollMs !== undefined && { pollMs }),
    async attempt({ _id: recordingId, account, url }) {
      const { body, mime } = await fetch(account, url);
      const file = await vault.put(body);
      try {
        await bus.command(keepFetched, { recordingId, state: 'stored', file, mime }, caller);
      } catch (error) {
        await vault.remove(file);
        throw error;
      }
    },
    async failed({ _id: recordingId }, { error, final, nextAt }) {
      await bus.command(
        keepFetched,
        {
          recordingId,
          state: final ? 'failed' : 'waiting',
          error,
          ...(!final && { nextAt: nextAt.toISOString() }),
        },
        caller,
      );
    },
  });
}
