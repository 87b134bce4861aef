import { closeSync, existsSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { enterFormat, type FormatOptions, readFormat } from './format.ts';

/** The file fails SQLite's integrity check: it is not served. */
export class DamagedFileError extends Error {}
/** Another process (or another server in this process) owns the file. */
export class FileInUseError extends Error {}

export interface OpenOptions extends FormatOptions {
  /** Opens a file that nobody writes (a backup) for reading, without a trace beside it; its log is not looked at. */
  isImmutable?: boolean;
}

export const CHECKPOINT_PAGES = 2000;

/** The connection, which holds the file as its owner until it is closed. */
export function openDatabase(path: string, options: OpenOptions): DatabaseSync {
  return options.isImmutable ? openImmutable(path) : openFile(path, options);
}

function openFile(path: string, format: FormatOptions): DatabaseSync {
  touch(path);
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 8192;');
    // NORMAL: SQLite syncs its log before a checkpoint; each commit is made durable by CommitLog.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;');
    db.exec(
      'PRAGMA cache_size = -128000; PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = ' +
        `${CHECKPOINT_PAGES};`,
    );
    db.exec('BEGIN IMMEDIATE');
    enterFormat(db, format);
    db.exec('CREATE TABLE IF NOT EXISTS kv (k BLOB PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID');
    db.exec('COMMIT');
    return db;
  } catch (error) {
    db.close();
    throw explain(error, path);
  }
}

function openImmutable(path: string): DatabaseSync {
  const url = pathToFileURL(path);
  url.search = 'mode=ro&immutable=1';
  const db = new DatabaseSync(url, { readOnly: true });
  try {
    readFormat(db);
    return db;
  } catch (error) {
    db.close();
    throw explain(error, path);
  }
}

/**
 * For its owner's eyes only; SQLite gives its log beside it the same rights. A file that is there is not opened:
 * closing it would give up the locks that this process may hold on it by another connection.
 */
function touch(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw new Error(`${path} cannot be opened for writing: ${reason(error as NodeJS.ErrnoException)}.`);
  }
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EROFS') return 'the disk is read-only';
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not write it';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  return message;
}

/** In words, what SQLite says by a number. */
export function explain(error: unknown, path: string): unknown {
  const code = (error as { errcode?: number }).errcode;
  const primary = code === undefined ? undefined : code & 0xff;
  if (primary === 5 || primary === 6) return new FileInUseError(`${path} is in use by another process.`);
  if (primary === 11 || primary === 26) {
    return new DamagedFileError(
      `${path} is damaged (${(error as Error).message}). Restore it from a backup.`,
    );
  }
  if (primary === 8 || primary === 14) {
    return new Error(`${path} cannot be opened for writing: ${(error as Error).message}.`);
  }
  return error;
}
