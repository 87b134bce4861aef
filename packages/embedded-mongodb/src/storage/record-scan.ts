import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { PieceChecksums, withBytes } from './checksum.ts';

/** A document as it lies in a page of several: `at` its first byte, `end` the one after its last. */
export interface PackedRecord {
  record: number;
  page: Buffer;
  at: number;
  end: number;
}

const SUM = 4;
const PREFIX = 5;
const KEY = 13;
const TOO_BIG = 18;

/**
 * Reads documents of one collection many at a time: fetching a row from SQLite costs more than everything that is
 * done with it afterwards. Keys of documents are 13 bytes long, and BSON begins with its length, so that pieces put
 * behind one another can be told apart.
 */
export class RecordScanner {
  readonly #forward: StatementSync;
  readonly #backward: StatementSync;

  constructor(db: DatabaseSync) {
    const page = (order: string): StatementSync => {
      const statement =
        db.prepare(`SELECT CAST(group_concat(k, '') AS BLOB), CAST(group_concat(v, '') AS BLOB)
          FROM (SELECT k, v FROM kv WHERE k >= ? AND k < ? ORDER BY k ${order} LIMIT ?)`);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#forward = page('ASC');
    this.#backward = page('DESC');
  }

  /** Undefined when something of it is damaged, or all of it too large for one page: then it is to be read one by one. */
  read(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): PackedRecord[] | undefined {
    try {
      const statement = reverse ? this.#backward : this.#forward;
      const [keys, values] = statement.get(from, to, limit) as unknown as (Uint8Array | null)[];
      return keys && values ? split(asBuffer(keys), asBuffer(values)) : [];
    } catch (error) {
      if ((error as { errcode?: number }).errcode === TOO_BIG) return undefined;
      throw error;
    }
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

const int32 = (bytes: Buffer, at: number): number =>
  bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
