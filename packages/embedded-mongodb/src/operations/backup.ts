import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { backup as sqliteBackup } from 'node:sqlite';
import { intValue } from '../bson/index.ts';
import { doc } from '../commands/context.ts';
import { Kv } from '../storage/kv.ts';
import { markClosed } from '../storage/store.ts';
import { DATA_FILE } from '../wire/names.ts';
import { type CheckReport, check } from './check.ts';
import { connectOwner, type OwnerConnection } from './client.ts';
import { OperationError } from './errors.ts';
import { copyBytes, copyElsewhere, removeDataFile, syncFile } from './files.ts';
import { type OnProgress, Pace } from './progress.ts';

export interface BackupOptions {
  dataDir: string;
  /** Where to; must not be there yet. */
  file: string;
  onProgress?: OnProgress;
}

/**
 * Writes a copy of the data into one file, while the server runs or not, and checks the copy as a whole. A running
 * server goes on reading and writing: it only keeps its main file still, and lets its log grow meanwhile.
 * Throws {@link OperationError}; `file` is there only when everything went well.
 */
export async function backup({ dataDir, file, onProgress }: BackupOptions): Promise<CheckReport> {
  const target = resolve(file);
  if (existsSync(target)) throw new OperationError(`${target} is already there: a backup replaces nothing.`);
  const folder = statSync(dirname(target), { throwIfNoEntry: false });
  if (!folder?.isDirectory()) throw new OperationError(`There is no folder ${dirname(target)}.`);
  const source = join(dataDir, DATA_FILE);
  if (!existsSync(source)) throw new OperationError(`There is no data in ${dataDir}.`);
  const partial = `${target}.partial`;
  removeDataFile(partial);
  try {
    await snapshot(dataDir, partial, new Pace(onProgress));
    const report = await seal(partial, onProgress);
    if (report.problemCount > 0) {
      throw new OperationError('The data is damaged; no backup was made of it.', report.problems);
    }
    renameSync(partial, target);
    syncFile(target);
    return report;
  } finally {
    removeDataFile(partial);
  }
}

/** The state of one moment as a file of its own at `to`, unchecked; with a server or without one. */
export async function snapshot(dataDir: string, to: string, pace: Pace): Promise<void> {
  const owner = await connectOwner(dataDir);
  if (owner === undefined) return await snapshotUnowned(join(dataDir, DATA_FILE), to, pace);
  try {
    await snapshotOwned(owner, join(dataDir, DATA_FILE), to, pace);
  } finally {
    owner.close();
  }
}

async function snapshotOwned(owner: OwnerConnection, file: string, to: string, pace: Pace): Promise<void> {
  const copy = owner.isOwn ? copyElsewhere : copyBytes;
  await owner.run(doc(['embeddedBackup', 'begin']));
  // From here to the mark the file is not written: everything new goes to the log beside it.
  await copy(file, to, statSync(file).size, pace);
  const mark = await owner.run(doc(['embeddedBackup', 'mark']));
  const logBytes = intValue(mark.get('logBytes')) ?? 0;
  if (logBytes > 0) await copy(`${file}-wal`, `${to}-wal`, logBytes, pace);
  await owner.run(doc(['embeddedBackup', 'end']));
}

async function snapshotUnowned(file: string, to: string, pace: Pace): Promise<void> {
  // Holds the file, so that no server starts meanwhile. Other means of copying it would undo the lock.
  const kv = new Kv(file, {}, { keepFormat: true });
  try {
    await sqliteBackup(kv.database, to, {
      rate: 1000,
      progress: ({ totalPages, remainingPages }) =>
        void pace.step('copying', (totalPages - remainingPages) * 8192, totalPages * 8192),
    });
  } finally {
    kv.close();
  }
}

/** Takes the log into the file, checks it, and marks it as one that was closed in order. */
async function seal(file: string, onProgress: OnProgress | undefined): Promise<CheckReport> {
  const kv = new Kv(file, {}, { keepFormat: true });
  try {
    const report = await check(kv, onProgress);
    if (report.problemCount === 0) markClosed(kv);
    // One file, that can be opened from where nothing can be written.
    kv.database.exec('PRAGMA journal_mode = DELETE');
    return report;
  } finally {
    kv.close();
    rmSync(`${file}-shm`, { force: true });
  }
}
