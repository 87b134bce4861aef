import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Kv } from '../storage/kv.ts';
import { DATA_FILE } from '../wire/names.ts';
import { snapshot } from './backup.ts';
import { type CheckReport, check } from './check.ts';
import { connectOwner } from './client.ts';
import { OperationError } from './errors.ts';
import { removeDataFile } from './files.ts';
import { type OnProgress, Pace } from './progress.ts';

/** Checks the data of a folder. While a server has it, a copy of this moment is checked beside it. */
export async function checkStore(dataDir: string, onProgress?: OnProgress): Promise<CheckReport> {
  const file = join(dataDir, DATA_FILE);
  if (!existsSync(file)) throw new OperationError(`There is no data in ${dataDir}.`);
  const owner = await connectOwner(dataDir);
  if (owner === undefined) return await checkOwn(file, onProgress);
  owner.close();
  const copy = join(dataDir, `check-${process.pid}.db`);
  removeDataFile(copy);
  try {
    await snapshot(dataDir, copy, new Pace(onProgress));
    return await checkOwn(copy, onProgress);
  } finally {
    removeDataFile(copy);
  }
}

/** Checks a backup. It is not changed, and nothing is put beside it. */
export async function checkFile(path: string, onProgress?: OnProgress): Promise<CheckReport> {
  const file = resolve(path);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new OperationError(`There is no file ${file}.`);
  }
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (log > 0)
    throw new OperationError(`${file} is the data file of a store, not a backup: it has a log beside it.`);
  return await closing(new Kv(file, {}, { isImmutable: true }), (kv) => check(kv, onProgress));
}

async function checkOwn(file: string, onProgress: OnProgress | undefined): Promise<CheckReport> {
  return await closing(new Kv(file, {}, { keepFormat: true }), (kv) => check(kv, onProgress));
}

async function closing<T>(kv: Kv, work: (kv: Kv) => Promise<T>): Promise<T> {
  try {
    return await work(kv);
  } finally {
    kv.close();
  }
}
