import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import { CommitLog } from './commit-log.ts';
import { EntryChecker } from './entry-check.ts';
import { enterFormat, type FormatOptions, readFormat, readPragma } from './format.ts';
import { readRecord } from './keys.ts';
import { type PackedRecord, RecordScanner } from './record-scan.ts';
import { Tally } from './tally.ts';

export { FORMAT_VERSION, UnknownFormatError } from './format.ts';

/** One key and its value; both are owned by the caller once returned. */
export interface Entry {
  key: Uint8Array;
  value: Uint8Array;
}

/** Ordered reads. Ranges are half-open: `from` included, `to` excluded, in memcmp order of the keys. */
export interface View {
  get(key: Uint8Array): Uint8Array | undefined;
  scan(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): Entry[];
  /** As `scan`, over a range of documents, and cheaper for many; gives at most `limit`, none at the end. */
  records(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): PackedRecord[];
  /** How many keys lie in the range, without reading their values. */
  count(from: Uint8Array, to: Uint8Array): number;
}

/** The file fails SQLite's integrity check: it is not served. */
export class DamagedFileError extends Error {}
/** Another process (or another server in this process) owns the file. */
export class FileInUseError extends Error {}

/** Bounds on what the file may take. */
export interface Limits {
  /** In pages of 8 KiB; more is answered as a full disk. */
  maxPages?: number;
}

export interface OpenOptions extends FormatOptions {
  /** Opens a file that nobody writes (a backup) for reading, without a trace beside it; its log is not looked at. */
  isImmutable?: boolean;
}

const CHECKPOINT_PAGES = 2000;
const FEW = 8;

/**
 * The thin layer over SQLite: an ordered map of byte strings with one write transaction at a time. What is
 * damaged is never given out: reading it throws {@link DamagedFileError}.
 * The file is held with SQLite's exclusive lock, which the kernel releases when the process dies: that
 * lock, and no pid in a file, decides who owns the data.
 */
export class Kv implements View {
  readonly #path: string;
  readonly #db: DatabaseSync;
  readonly #commits: CommitLog;
  readonly #get: StatementSync;
  readonly #put: StatementSync;
  readonly #add: StatementSync;
  readonly #del: StatementSync;
  readonly #forward: StatementSync;
  readonly #backward: StatementSync;
  readonly #records: RecordScanner;
  readonly #tally: Tally;
  #entryChecker: EntryChecker | undefined;

  constructor(path: string, limits: Limits = {}, options: OpenOptions = {}) {
    this.#path = path;
    this.#db = options.isImmutable ? openImmutable(path) : openFile(path, options);
    if (limits.maxPages !== undefined) this.#db.exec(`PRAGMA max_page_count = ${limits.maxPages}`);
    const prepare = (sql: string): StatementSync => {
      const statement = this.#db.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#get = prepare('SELECT v FROM kv WHERE k = ?');
    this.#put = prepare('INSERT INTO kv (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v');
    this.#del = prepare('DELETE FROM kv WHERE k = ?');
    this.#forward = prepare('SELECT k, v FROM kv WHERE k >= ? AND k < ? ORDER BY k LIMIT ?');
    this.#backward = prepare('SELECT k, v FROM kv WHERE k >= ? AND k < ? ORDER BY k DESC LIMIT ?');
    this.#add = prepare('INSERT INTO kv (k, v) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#records = new RecordScanner(this.#db);
    this.#tally = new Tally(this.#db);
    this.#commits = new CommitLog(this.#db, path, {
      get: (key) => this.get(key),
      put: (key, value) => void this.#put.run(key, seal(key, value)),
      delete: (key) => void this.#del.run(key),
    });
    if (options.isImmutable) return;
    try {
      this.#commits.catchUp();
    } catch (error) {
      this.#commits.close();
      this.#db.close();
      throw explain(error, path);
    }
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const row = this.#get.get(key) as unknown as [Uint8Array] | undefined;
    return row && unseal(key, row[0]);
  }

  scan(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): Entry[] {
    const rows = (reverse ? this.#backward : this.#forward).all(from, to, limit) as unknown as [
      Uint8Array,
      Uint8Array,
    ][];
    const entries: Entry[] = new Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      entries[i] = { key: row[0], value: unseal(row[0], row[1]) };
    }
    return entries;
  }

  records(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): PackedRecord[] {
    const packed = this.#records.read(from, to, reverse, limit);
    if (packed !== undefined) return packed;
    // Damaged: reading one by one says so, at the place where it is. Or very large: then a few will do.
    return this.scan(from, to, reverse, Math.min(limit, FEW)).map(asRecord);
  }

  count(from: Uint8Array, to: Uint8Array): number {
    return this.#tally.count(from, to);
  }

  /** Counts a part of the range, so that {@link count} is quick once this has returned true. */
  prepareCount(from: Uint8Array, to: Uint8Array, blocks: number): boolean {
    return this.#tally.prepare(from, to, blocks);
  }

  /** See {@link EntryChecker.check}. */
  checkEntries(from: Uint8Array, to: Uint8Array): Uint8Array | 'damaged' | undefined {
    this.#entryChecker ??= new EntryChecker(this.#db);
    return this.#entryChecker.check(from, to);
  }

  /** Writes are buffered in SQLite's transaction until {@link commit}. */
  put(key: Uint8Array, value: Uint8Array): void {
    this.#commits.note(key, value);
    const sealed = seal(key, value);
    if (this.#tally.knows(key)) {
      if (this.#add.run(key, sealed).changes === 1) {
        this.#tally.change(key, 1);
        return;
      }
    }
    this.#put.run(key, sealed);
  }

  delete(key: Uint8Array): void {
    if (this.#del.run(key).changes === 0) return;
    this.#tally.change(key, -1);
    this.#commits.note(key, undefined);
  }

  get isOpen(): boolean {
    return this.#commits.isOpen;
  }

  begin(): void {
    this.#commits.begin();
  }

  /** Returns once the disk has it. When it throws, nothing of it was written: call {@link rollback}. */
  commit(): void {
    this.#commits.commit();
  }

  rollback(): void {
    this.#tally.forget();
    this.#commits.rollback();
  }

  /** Brings everything acknowledged into SQLite's file and its log. */
  settle(): void {
    this.#commits.settle();
  }

  /** SQLite's own check of the file's structure. Throws {@link DamagedFileError} with what it found. */
  check(): void {
    const [row] = this.#db.prepare('PRAGMA quick_check(1)').all() as { quick_check: string }[];
    if (row?.quick_check !== 'ok') {
      throw new DamagedFileError(`The data file is damaged (${row?.quick_check}). Restore a backup.`);
    }
  }

  /** Bytes the file holds (pages times page size). */
  size(): number {
    return readPragma(this.#db, 'page_count') * readPragma(this.#db, 'page_size');
  }

  /**
   * While it is held the main file does not change and the log beside it only grows: a copy of the one, then of
   * the other up to {@link logBytes}, is the state of that moment.
   */
  holdCheckpoints(isHeld: boolean): void {
    this.#db.exec(`PRAGMA wal_autocheckpoint = ${isHeld ? 0 : CHECKPOINT_PAGES}`);
  }

  /** Length of the write-ahead log; between transactions, so that it ends with a commit. */
  logBytes(): number {
    this.settle();
    return statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** The connection itself, for maintenance; without an open transaction. */
  get database(): DatabaseSync {
    this.settle();
    return this.#db;
  }

  close(): void {
    if (this.isOpen) this.rollback();
    try {
      this.settle();
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {}
    this.#commits.close();
    this.#db.close();
  }
}

/** A document's entry as it lies in a page of its own. */
export function asRecord({ key, value }: Entry): PackedRecord {
  const page = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return { record: readRecord(key, 5), page, at: 0, end: page.length };
}

/** SQLite does not notice a changed bit in what it stores: every value carries a checksum of itself and its key. */
function seal(key: Uint8Array, value: Uint8Array): Uint8Array {
  const sealed = Buffer.allocUnsafe(value.length + 4);
  sealed.writeUInt32LE(crc32(value, crc32(key)), 0);
  sealed.set(value, 4);
  return sealed;
}

/** The value without its checksum. Throws {@link DamagedFileError} when it does not fit. */
export function unseal(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  const value = sealed.subarray(4);
  const sum = sealed[0]! | (sealed[1]! << 8) | (sealed[2]! << 16) | (sealed[3]! << 24);
  if (sealed.length < 4 || sum >>> 0 !== crc32(value, crc32(key))) {
    throw new DamagedFileError(
      'The data file is damaged: an entry does not have its checksum. Restore a backup.',
    );
  }
  return value;
}

function openFile(path: string, format: FormatOptions): DatabaseSync {
  touch(path);
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 8192;');
    // NORMAL: SQLite syncs its log before a checkpoint; each commit is made durable by CommitLog.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;');
    db.exec(
      'PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = ' +
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
