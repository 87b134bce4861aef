/** The way in of a file: to disk, read in a thread of its own, its rows stored page by page, then forgotten as a file. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Actor } from '../../core/actor.ts';
import type { Bus } from '../../core/bus.ts';
import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import type { Ids } from '../../core/ids.ts';
import { startImport } from './contract.ts';
import { ImportModel, noCounts, PageModel, pageId } from './model.ts';
import { limits, Unreadable } from './read/limits.ts';
import { readFile } from './read/reader.ts';

export type ImportIntake = {
  /** @throws auth.forbidden before anything of the file is read. */
  authorise(actor: Actor): void;
  /** Answers the import's id. @throws input.too_large, import.unreadable */
  receive(actor: Actor, filename: string, body: Readable): Promise<string>;
};

export function createImportIntake({ bus, clock, ids }: { bus: Bus; clock: Clock; ids: Ids }): ImportIntake {
  function authorise(actor: Actor): void {
    if (!bus.allows(actor, startImport.permission))
      throw new AppError('auth.forbidden', { action: 'create', subject: 'leads' });
  }

  async function receive(actor: Actor, filename: string, body: Readable): Promise<string> {
    authorise(actor);
    const folder = await mkdtemp(join(tmpdir(), 'parley-import-'));
    const path = join(folder, 'upload');
    try {
      // What is refused midway is still answered: the connection is not torn down.
      await pipeline(
        body.iterator({ destroyOnReturn: false }),
        bounded(),
        createWriteStream(path, { mode: 0o600 }),
      );
      return await store(actor, filename, path);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async function store(actor: Actor, filename: string, path: string): Promise<string> {
    const _id = ids.next();
    const so = { rows: 0, pages: 0, columns: 0 };
    try {
      const about = await readFile(path, async (rows) => {
        so.columns = Math.max(so.columns, ...rows.map(({ cells }) => cells.length));
        so.rows += rows.length;
        const page = so.pages++;
        await PageModel.collection.insertOne({ _id: pageId(_id, page), importId: _id, page, rows } as never);
      });
      if (!so.rows) throw new Unreadable('The file has no rows.');
      await ImportModel.create([
        {
          _id,
          ...about,
          filename: nameOf(filename),
          at: clock.now(),
          assigneeId: actor.id,
          by: actor.name,
          status: 'ready',
          ...so,
          next: 0,
          done: 0,
          counts: noCounts(),
          given: {},
        },
      ]);
      return _id;
    } catch (error) {
      await PageModel.deleteMany({ importId: _id });
      if (error instanceof Unreadable) throw new AppError('import.unreadable', { problem: error.message });
      throw error;
    }
  }

  return { authorise, receive };
}

function bounded(): Transform {
  let size = 0;
  return new Transform({
    transform(part: Buffer, _, next) {
      size += part.length;
      if (size <= limits.fileBytes) return next(null, part);
      next(new AppError('input.too_large', { limit: `${limits.fileBytes / 1024 / 1024} MB` }));
    },
  });
}

const nameOf = (filename: string): string =>
  filename
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .split(/[\\/]/)
    .at(-1)!
    .trim()
    .slice(0, 120) || 'file';
