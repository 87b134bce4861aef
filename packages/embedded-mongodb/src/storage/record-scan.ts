import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { PieceChecksums } from './checksum.ts';

/** A document as it lies in a page of several: `at` its first byte, `end` the one after its last. */
export interface PackedRecord {
  record: number;
  page: Buffer;
  at: number;
  end: number;
}

const SUM = 4;
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
    const page = (order: string): StatementSync =>
      db.prepare(`SELECT CAST(group_concat(substr(v, 1, ${SUM}) || k || substr(v, ${SUM + 1}), '') AS BLOB)
        FROM (SELECT k, v FROM kv WHERE k >= ? AND k < ? ORDER BY k ${order} LIMIT ?)`);
    this.#forward = page('ASC');
    this.#backward = page('DESC');
    for (const statement of [this.#forward, this.#backward]) statement.setReturnArrays(true);
  }

  /** Undefined when something of it is damaged, or all of it too large for one page: then it is to be read one by one. */
  read(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): PackedRecord[] | undefined {
    try {
      const [blob] = (reverse ? this.#backward : this.#forward).get(from, to, limit) as unknown as [
        Uint8Array | null,
      ];
      if (blob === null) return [];
      return split(Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength));
    } catch (error) {
      if ((error as { errcode?: number }).errcode === TOO_BIG) return undefined;
      throw error;
    }
  }
}

function split(page: Buffer): PackedRecord[] | undefined {
  const records: PackedRecord[] = [];
  const sums = new PieceChecksums();
  let at = 0;
  while (at < page.length) {
    const start = at + SUM + KEY;
    if (start + 5 > page.length) return undefined;
    const length = page.readInt32LE(start);
    const end = start + length;
    if (length < 5 || end > page.length) return undefined;
    sums.add(page.readUInt32LE(at), KEY + length);
    const record = page.readUInt32BE(start - 8) * 0x1_0000_0000 + page.readUInt32BE(start - 4);
    records.push({ record, page, at: start, end });
    at = end;
  }
  return sums.covers(page) ? records : undefined;
}
