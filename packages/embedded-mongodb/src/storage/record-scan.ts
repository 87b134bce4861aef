import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { asBuffer, int32 } from './bytes.ts';
import { PieceChecksums, withBytes } from './checksum.ts';
import { RECORD_KEY_BYTES as KEY } from './keys.ts';
import { LIMIT, preparePage, readPage } from './page-statement.ts';

/** A document as it lies in a page of several: `at` its first byte, `end` the one after its last. */
export interface PackedRecord {
  record: number;
  page: Buffer;
  at: number;
  end: number;
}

type Row = (Uint8Array | null)[];

const SUM = 4;
const PREFIX = 5;
/** So many documents at most are picked in one go; in the first of a collection, not knowing how large they are, few. */
const MAX_PICKED = 64;
const FIRST_PICKED = 16;
const PAGE_BYTES = 1 << 20;

/**
 * Reads documents of one collection many at a time: fetching a row from SQLite costs more than everything that is
 * done with it afterwards. Keys of documents are 13 bytes long, and BSON begins with its length, so that pieces put
 * behind one another can be told apart.
 */
export class RecordScanner {
  readonly #forward: StatementSync;
  readonly #backward: StatementSync;
  readonly #pick: StatementSync;
  /** How many documents of a collection are picked together. */
  readonly #steps = new Map<number, number>();

  constructor(db: DatabaseSync) {
    const prepare = (columns: string, rows: string): StatementSync =>
      preparePage(db, `SELECT ${columns} FROM (SELECT k, v FROM ${rows})`);
    const [keys, values] = ["CAST(group_concat(k, '') AS BLOB)", "CAST(group_concat(v, '') AS BLOB)"];
    const range = 'kv WHERE k >= ? AND k < ? ORDER BY k';
    this.#forward = prepare(`${keys}, ${values}`, `${range} ${LIMIT}`);
    this.#backward = prepare(`${keys}, ${values}`, `${range} DESC ${LIMIT}`);
    const places = Array.from({ length: MAX_PICKED }, (_, i) => `(${1 + i * KEY})`);
    // CROSS JOIN: in the order of the places, one look-up for each.
    this.#pick = prepare(
      values,
      `(VALUES ${places}) AS place CROSS JOIN kv ON k = substr(?1, column1, ${KEY}) WHERE column1 <= ?2`,
    );
  }

  /** Undefined when something of it is damaged, or all of it too large for one page: then it is to be read one by one. */
  read(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): PackedRecord[] | undefined {
    const statement = reverse ? this.#backward : this.#forward;
    const row = readPage<Row>(statement, from, to, limit);
    if (row === undefined) return undefined;
    const [keys, page] = row;
    return keys && page ? split(asBuffer(keys), asBuffer(page)) : [];
  }

  /** The documents with these keys, which lie behind one another; undefined as above, and when one is not there. */
  pick(keys: Buffer): PackedRecord[] | undefined {
    const collection = keys.readUInt32BE(1);
    let step = this.#steps.get(collection) ?? FIRST_PICKED;
    const found: PackedRecord[] = [];
    for (let at = 0; at < keys.length; ) {
      const some = keys.subarray(at, at + step * KEY);
      const [page] = readPage<Row>(this.#pick, some, some.length) ?? [];
      const records = page && split(some, asBuffer(page));
      if (!records) return undefined;
      for (const record of records) found.push(record);
      at += some.length;
      step = Math.min(MAX_PICKED, Math.ceil((PAGE_BYTES * records.length) / page.length));
      this.#steps.set(collection, step);
    }
    return found;
  }
}

function split(keys: Buffer, page: Buffer): PackedRecord[] | undefined {
  const sums = new PieceChecksums();
  // All are of one collection.
  const prefixSum = crc32(keys.subarray(0, PREFIX));
  const records: PackedRecord[] = new Array(keys.length / KEY);
  let at = 0;
  for (let i = 0; i < records.length; i++) {
    const start = at + SUM;
    if (start + 5 > page.length) return undefined;
    const length = int32(page, start);
    const end = start + length;
    if (length < 5 || end > page.length) return undefined;
    const key = i * KEY + PREFIX;
    const keySum = withBytes(withBytes(prefixSum, int32(keys, key)), int32(keys, key + 4));
    sums.add(keySum, int32(page, at), length);
    const record = keys.readUInt32BE(key) * 0x1_0000_0000 + keys.readUInt32BE(key + 4);
    records[i] = { record, page, at: start, end };
    at = end;
  }
  return at === page.length && sums.covers(page) ? records : undefined;
}
