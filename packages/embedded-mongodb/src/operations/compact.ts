import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Kv } from '../storage/kv.ts';
import { markClosed } from '../storage/store.ts';
import { DATA_FILE } from '../wire/names.ts';
import { check } from './check.ts';
import { OperationError } from './errors.ts';
import { removeDataFile, syncFile } from './files.ts';
import { type OnProgress, Pace } from './progress.ts';
import { hold, replaceData } from './replace.ts';

export interface CompactResult {
  before: number;
  after: number;
}

/** Keys copied at a time. */
const STEP = 20_000;
/** Above every key. */
const END = Uint8Array.of(0xff);

/**
 * Writes the data anew without the room that deletions left, in order, and puts it in the place of the old file
 * once it has been checked. Refuses while a server has the folder, and when the data is damaged. Needs free room of
 * the size of the data. Throws {@link OperationError}.
 */
export async function compact(dataDir: string, onProgress?: OnProgress): Promise<CompactResult> {
  const file = join(dataDir, DATA_FILE);
  if (!existsSync(file)) throw new OperationError(`There is no data in ${dataDir}.`);
  const fresh = `${file}.compacting`;
  removeDataFile(fresh);
  // Held to the end: whatever were written meanwhile would be lost.
  const source = hold(dataDir);
  try {
    const before = source.size();
    await copyInto(source, fresh, new Pace(onProgress));
    await verify(fresh, onProgress);
    const after = statSync(fresh).size;
    replaceData(dataDir, fresh, source);
    return { before, after };
  } finally {
    source.close();
    removeDataFile(fresh);
  }
}

async function copyInto(source: Kv, fresh: string, pace: Pace): Promise<void> {
  const { database } = source;
  const before = source.size();
  // Made with the rights and the format that a new data file has.
  new Kv(fresh).close();
  database.prepare('ATTACH ? AS fresh').run(fresh);
  database.exec('PRAGMA fresh.journal_mode = DELETE; PRAGMA fresh.synchronous = OFF');
  const bound = database.prepare('SELECT k FROM main.kv WHERE k > ? ORDER BY k LIMIT 1 OFFSET ?');
  const copy = database.prepare(
    'INSERT INTO fresh.kv SELECT k, v FROM main.kv WHERE k > ? AND k <= ? ORDER BY k',
  );
  let from: Uint8Array = new Uint8Array(0);
  for (;;) {
    const next = bound.get(from, STEP - 1) as { k: Uint8Array } | undefined;
    copy.run(from, next?.k ?? END);
    if (next === undefined) break;
    from = next.k;
    await pace.step('copying', statSync(fresh).size, before);
  }
  database.exec('DETACH fresh');
  syncFile(fresh);
}

async function verify(fresh: string, onProgress: OnProgress | undefined): Promise<void> {
  const kv = new Kv(fresh);
  try {
    const report = await check(kv, onProgress);
    if (report.problemCount > 0) {
      throw new OperationError(
        'The data is damaged; it was left as it is. Restore a backup.',
        report.problems,
      );
    }
    markClosed(kv);
    kv.database.exec('PRAGMA journal_mode = DELETE');
  } finally {
    kv.close();
  }
}
