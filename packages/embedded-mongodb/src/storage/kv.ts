import { statSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { asBuffer, fromText, prefixEnd, toText } from './bytes.ts';
import { CommitLog } from './commit-log.ts';
import { EntryChecker } from './entry-check.ts';
import { CHECKPOINT_PAGES, DamagedFileError, explain, type OpenOptions, openDatabase } from './file.ts';
import { readPragma } from './format.ts';
import { HighestKeys } from './highest-keys.ts';
import { KeyScanner } from './key-scan.ts';
import { RECORD_KEY_BYTES, readRecord, Space } from './keys.ts';
import { LIMIT } from './page-statement.ts';
import { type PackedRecord, RecordScanner } from './record-scan.ts';
import { seal, unseal } from './seal.ts';
import { Tally } from './tally.ts';

export { DamagedFileError, explain, FileInUseError } from './file.ts';
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
  /** As `scan`, over a range in which values are empty, and cheaper for many. */
  keys(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): Entry[];
  /** The documents with these keys, which lie behind one another and are of one collection; cheaper than one by one. */
  pick(keys: Buffer): (PackedRecord | undefined)[];
  /** How many keys lie in the range, without reading their values. */
  count(from: Uint8Array, to: Uint8Array): number;
}

/** Bounds on what the file may take. */
export interface Limits {
  /** In pages of 8 KiB; more is answered as a full disk. */
  maxPages?: number;
}

/** Writes that SQLite need not have yet: fewer than would make it put changed pages to the disk before its commit. */
const MAX_UNAPPLIED = 512;
const FEW = 8;
const EMPTY = new Uint8Array(0);

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
  readonly #keys: KeyScanner;
  readonly #tally: Tally;
  readonly #highest: HighestKeys;
  #entryChecker: EntryChecker | undefined;

  constructor(path: string, limits: Limits = {}, options: OpenOptions = {}) {
    this.#path = path;
    this.#db = openDatabase(path, options);
    if (limits.maxPages !== undefined) this.#db.exec(`PRAGMA max_page_count = ${limits.maxPages}`);
    const prepare = (sql: string): StatementSync => {
      const statement = this.#db.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#get = prepare('SELECT v FROM kv WHERE k = ?');
    this.#put = prepare('INSERT INTO kv (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v');
    this.#del = prepare('DELETE FROM kv WHERE k = ?');
    this.#forward = prepare(`SELECT k, v FROM kv WHERE k >= ? AND k < ? ORDER BY k ${LIMIT}`);
    this.#backward = prepare(`SELECT k, v FROM kv WHERE k >= ? AND k < ? ORDER BY k DESC ${LIMIT}`);
    this.#add = prepare('INSERT INTO kv (k, v) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#records = new RecordScanner(this.#db);
    this.#keys = new KeyScanner(this.#db);
    this.#tally = new Tally(this.#db);
    this.#highest = new HighestKeys((prefix) => {
      const from = fromText(prefix);
      const [last] = this.scan(from, prefixEnd(from), true, 1);
      return last && toText(last.key);
    });
    const table = {
      get: (key: Uint8Array) => this.get(key),
      put: (pair: Buffer, keyLength: number) => this.#apply(pair, keyLength),
      delete: (key: Uint8Array) => this.#applyDeletion(key),
      forget: () => this.#tally.forget(),
    };
    // A bound on the file is to be met by whoever writes too much.
    const maxUnapplied = limits.maxPages === undefined ? MAX_UNAPPLIED : 0;
    this.#commits = new CommitLog(this.#db, path, table, maxUnapplied);
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
    const { hasUnapplied, isBegun } = this.#commits;
    if (hasUnapplied || (isBegun && key[0] === Space.index)) {
      const text = toText(key);
      const latest = this.#commits.latest(text);
      if (latest !== undefined) return latest ?? undefined;
      // Who writes nothing wants to see what the file has.
      if (isBegun && this.#highest.isAbove(text)) return undefined;
    }
    const row = this.#get.get(key) as unknown as [Uint8Array] | undefined;
    return row && unseal(key, row[0]);
  }

  scan(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): Entry[] {
    this.#commits.apply();
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
    this.#commits.apply();
    const packed = this.#records.read(from, to, reverse, limit);
    if (packed !== undefined) return packed;
    // Damaged: reading one by one says so, at the place where it is. Or very large: then a few will do.
    return this.scan(from, to, reverse, Math.min(limit, FEW)).map(asRecord);
  }

  keys(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): Entry[] {
    if (limit < FEW) return this.scan(from, to, reverse, limit);
    this.#commits.apply();
    const keys = this.#keys.read(from, to, reverse, limit);
    return keys?.map((key) => ({ key, value: EMPTY })) ?? this.scan(from, to, reverse, limit);
  }

  pick(keys: Buffer): (PackedRecord | undefined)[] {
    this.#commits.apply();
    return this.#records.pick(keys) ?? pickSingly(this, keys);
  }

  count(from: Uint8Array, to: Uint8Array): number {
    this.#commits.apply();
    return this.#tally.count(from, to);
  }

  /** Counts a part of the range, so that {@link count} is quick once this has returned true. */
  prepareCount(from: Uint8Array, to: Uint8Array, blocks: number): boolean {
    this.#commits.apply();
    return this.#tally.prepare(from, to, blocks);
  }

  /** See {@link EntryChecker.check}. */
  checkEntries(from: Uint8Array, to: Uint8Array): Uint8Array | 'damaged' | undefined {
    this.#commits.apply();
    this.#entryChecker ??= new EntryChecker(this.#db);
    return this.#entryChecker.check(from, to);
  }

  /** Belongs to what {@link commit} makes durable, and is read from now on. `text` is the key as text, where that is known. */
  put(key: Uint8Array, value: Uint8Array, text = toText(key)): void {
    this.#highest.note(text);
    this.#commits.write(text, key, value);
  }

  delete(key: Uint8Array): void {
    this.#commits.write(toText(key), key, undefined);
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

  #apply(pair: Buffer, keyLength: number): void {
    const key = pair.subarray(0, keyLength);
    const sealed = seal(pair, keyLength);
    if (this.#tally.knows(key)) {
      if (this.#add.run(key, sealed).changes === 1) {
        this.#tally.change(key, 1);
        return;
      }
    }
    this.#put.run(key, sealed);
  }

  #applyDeletion(key: Uint8Array): void {
    if (this.#del.run(key).changes > 0) this.#tally.change(key, -1);
  }
}

/** See {@link View.pick}. */
export function pickSingly(view: Pick<View, 'get'>, keys: Buffer): (PackedRecord | undefined)[] {
  return Array.from({ length: keys.length / RECORD_KEY_BYTES }, (_, i) => {
    const key = keys.subarray(i * RECORD_KEY_BYTES, (i + 1) * RECORD_KEY_BYTES);
    const value = view.get(key);
    return value && asRecord({ key, value });
  });
}

/** A document's entry as it lies in a page of its own. */
export function asRecord({ key, value }: Entry): PackedRecord {
  const page = asBuffer(value);
  return { record: readRecord(key, 5), page, at: 0, end: page.length };
}
