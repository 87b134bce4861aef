/** The way in of a file that a visitor or a colleague uploads: its type by its bytes, kept once, checked at once. */
import type { Clock } from '../../core/clock.ts';
import type { Config } from '../../core/config.ts';
import { AppError } from '../../core/errors.ts';
import type { Ids } from '../../core/ids.ts';
import type { MediaRef } from '../../core/messaging.ts';
import { infectedWords } from './fetcher.ts';
import { fileRef } from './media.ts';
import { FileModel } from './model.ts';
import { markOrphans } from './orphans.ts';
import { acceptedWords, nameFor, recognise, safeName } from './rules.ts';
import type { FileStore } from './store.ts';

export type Upload = {
  body: Buffer;
  mime?: string;
  filename?: string;
  owner: string;
  direction: 'in' | 'out';
};
export type Uploads = {
  maxBytes: number;
  /** @throws input.too_large, file.type, file.infected */
  take(upload: Upload): Promise<{ fileId: string; media: MediaRef; state: 'ready' | 'checking' }>;
};

export function createUploads(deps: { config: Config; clock: Clock; ids: Ids; store: FileStore }): Uploads {
  const { config, clock, ids, store } = deps;
  const { maxMegabytes } = config.app.files;
  const maxBytes = maxMegabytes * 1_000_000;
  return {
    maxBytes,
    async take({ body, mime, filename = '', owner, direction }) {
      if (body.length > maxBytes) throw new AppError('input.too_large', { limit: `${maxMegabytes} MB` });
      const known = body.length ? recognise(body, filename, mime) : undefined;
      if (!known) throw new AppError('file.type', { accepted: acceptedWords });
      const hash = await store.put(body);
      // A scanner that is away keeps nobody from uploading: the file waits for it.
      const verdict = await store.check(hash).catch(() => ({ state: 'waiting' as const, found: undefined }));
      if (verdict.state === 'infected') {
        // No file of it is kept: the bytes go as soon as the sweep comes by.
        await markOrphans([hash], clock.now());
        throw new AppError('file.infected', { why: infectedWords(verdict.found) });
      }
      const state = verdict.state === 'passed' ? ('ready' as const) : ('checking' as const);
      const now = clock.now();
      const file = {
        _id: ids.next(),
        direction,
        ...known,
        filename: filename ? safeName(filename) : nameFor(known),
        bytes: body.length,
        state,
        owner,
        loose: true,
        hash,
        attempts: 0,
        nextAt: now,
        createdAt: now,
      };
      await FileModel.collection.insertOne(file as never);
      return { fileId: file._id, media: fileRef(file), state };
    },
  };
}
