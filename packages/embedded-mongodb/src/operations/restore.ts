import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DATA_FILE } from '../wire/names.ts';
import type { CheckReport } from './check.ts';
import { checkFile } from './check-store.ts';
import { OperationError } from './errors.ts';
import { copyBytes, removeDataFile } from './files.ts';
import { type OnProgress, Pace } from './progress.ts';
import { holdIfReadable, replaceData } from './replace.ts';

export interface RestoreOptions {
  dataDir: string;
  /** A file that `backup` made. */
  file: string;
  onProgress?: OnProgress;
  now?: () => Date;
}

export interface RestoreResult {
  report: CheckReport;
  /** Where the data that was there before has been kept. */
  replaced?: string;
}

/**
 * Puts a backup in the place of a folder's data. The backup is checked as a whole before anything is touched; what
 * was there is kept aside. Refuses while a server has the folder. Throws {@link OperationError}.
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  const { dataDir, onProgress } = options;
  const source = resolve(options.file);
  const target = join(dataDir, DATA_FILE);
  if (existsSync(target) && source === resolve(target)) {
    throw new OperationError('That is the data itself, not a backup of it.');
  }
  const report = await checkFile(source, onProgress);
  if (report.problemCount > 0) {
    throw new OperationError(`${source} is damaged; nothing was changed.`, report.problems);
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const fresh = `${target}.restoring`;
  removeDataFile(fresh);
  try {
    await copyBytes(source, fresh, statSync(source).size, new Pace(onProgress));
    const held = existsSync(target) ? holdIfReadable(dataDir) : undefined;
    const stamp = (options.now?.() ?? new Date()).toISOString().replaceAll(/[:.]/g, '-');
    const replaced = existsSync(target) ? join(dataDir, `replaced-${stamp}.db`) : undefined;
    try {
      replaceData(dataDir, fresh, held, replaced);
    } finally {
      held?.close();
    }
    return { report, ...(replaced && { replaced }) };
  } finally {
    removeDataFile(fresh);
  }
}
