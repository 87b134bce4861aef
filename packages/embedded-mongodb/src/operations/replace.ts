import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DamagedFileError, FileInUseError, Kv, UnknownFormatError } from '../storage/kv.ts';
import { forgetTraces } from '../storage/witness.ts';
import { DATA_FILE } from '../wire/names.ts';
import { OperationError } from './errors.ts';
import { syncFolder } from './files.ts';

/** Opens a folder's data so that no server can. Throws {@link OperationError} when one has it. */
export function hold(dataDir: string, keepFormat = false): Kv {
  try {
    return new Kv(join(dataDir, DATA_FILE), {}, { keepFormat });
  } catch (error) {
    if (!(error instanceof FileInUseError)) throw error;
    throw new OperationError('A server is running on this data. Stop it first; nothing was changed.');
  }
}

/** As {@link hold}; undefined when the file is so damaged that it cannot be opened, and so is not served either. */
export function holdIfReadable(dataDir: string): Kv | undefined {
  try {
    return hold(dataDir, true);
  } catch (error) {
    if (error instanceof DamagedFileError || error instanceof UnknownFormatError) return undefined;
    throw error;
  }
}

/**
 * Puts `fresh` in the place of the data file in one step: at every moment the name leads to the old data or to the
 * new. The old file, held by the caller, gets the name `aside`, if one is given.
 */
export function replaceData(dataDir: string, fresh: string, held: Kv | undefined, aside?: string): void {
  const file = join(dataDir, DATA_FILE);
  // Its log goes into it, so that one file is all there is of it and nothing is left for the new one to find.
  if (held !== undefined) held.database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  else moveLog(file, aside);
  if (aside !== undefined && existsSync(file)) giveName(file, aside);
  forgetTraces(file);
  renameSync(fresh, file);
  syncFolder(dataDir);
}

function giveName(file: string, aside: string): void {
  try {
    linkSync(file, aside);
  } catch {
    // A file system without links: for a moment there is no data file, with a name that tells where it is.
    renameSync(file, aside);
  }
}

/** The log of a file that cannot be opened goes with it. */
function moveLog(file: string, aside: string | undefined): void {
  for (const suffix of ['-wal', '-shm', '-journal', '-redo']) {
    if (!existsSync(`${file}${suffix}`)) continue;
    if (aside === undefined) rmSync(`${file}${suffix}`);
    else renameSync(`${file}${suffix}`, `${aside}${suffix}`);
  }
}
