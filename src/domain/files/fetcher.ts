/** Brings files that customers sent from their provider into the vault and past the virus scanner, outside of any transaction. */
import { systemActor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { MediaRef } from '../../core/messaging.ts';
import type { Pump } from '../../core/pump.ts';
import { createRetried } from '../../core/retried.ts';
import { settleFile } from './contract.ts';
import { type FileDocument, FileModel } from './model.ts';
import { nameFor, recogniseAny, safeName } from './rules.ts';
import type { FileStore } from './store.ts';

export type Fetching = {
  bus: Bus;
  clock: Clock;
  log: Logger;
  store: FileStore;
  /** The bytes that a channel account has of a file. @throws AppError for what will never be given. */
  fetch: (channel: string, account: string, ref: MediaRef) => Promise<Fetched>;
  pollMs?: number;
};
type Fetched = { body: Buffer; mime: string; filename?: string };

export function createFileFetcher({ bus, clock, log, store, fetch, pollMs }: Fetching): Pump {
  const caller = { actor: systemActor('files'), surface: 'timer' as const };
  const settle = (fileId: string, news: object) =>
    bus.command(settleFile, { fileId, ...news } as never, caller);

  /** Fetched once: what waits for the scanner is not asked for again. */
  async function bring(file: FileDocument): Promise<string> {
    if (file.hash) return file.hash;
    const { channel, account, ref } = file.source!;
    const { body, mime, filename = file.filename } = await fetch(channel, account, ref as MediaRef);
    const known = recogniseAny(body, { mime, ...(filename && { filename }) });
    const hash = await store.put(body);
    await settle(file._id, {
      state: 'checking',
      found: {
        hash,
        // A voice note without a type of its own is what its message said it is.
        type: known.loose ? file.type : known.type,
        mime: known.mime,
        filename: filename ? safeName(filename) : nameFor(known),
        bytes: body.length,
      },
    });
    return hash;
  }

  return createRetried<FileDocument>({
    name: 'files',
    model: FileModel,
    waiting: { state: { $in: ['fetching', 'checking'] } },
    clock,
    log,
    ...(pollMs !== undefined && { pollMs }),
    async attempt(file) {
      const hash = await bring(file);
      const { state, found } = await store.check(hash);
      await settle(
        file._id,
        state === 'passed' ? { state: 'ready' } : { state: 'infected', problem: infectedWords(found) },
      );
    },
    async failed({ _id, hash }, { error, final, nextAt }) {
      const now = await FileModel.findById(_id, { hash: 1 }).lean();
      const waiting = now?.hash || hash ? 'checking' : 'fetching';
      await settle(_id, {
        state: final ? 'failed' : waiting,
        problem: error,
        ...(!final && { nextAt: nextAt.toISOString() }),
      });
    },
  });
}

export const infectedWords = (found = 'something harmful'): string =>
  `Our virus scanner found ${found} in it: it is locked away and cannot be opened.`;
