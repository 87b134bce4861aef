import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { asBuffer } from './bytes.ts';
import { PieceChecksums } from './checksum.ts';
import { LIMIT, preparePage, readPage } from './page-statement.ts';

const MAX_STEP = 512;
const PAGE_BYTES = 1 << 20;

/**
 * Checks index entries many at a time: their checksums, and that each key is greater than the one before, so that
 * none is hidden from a search by one that is damaged.
 */
export class EntryChecker {
  readonly #page: StatementSync;
  #step = 32;

  constructor(db: DatabaseSync) {
    this.#page = preparePage(
      db,
      `SELECT CAST(group_concat(k || substr(v, 5), '') AS BLOB),
        CAST(group_concat(substr(v, 1, 4), '') AS BLOB), group_concat(length(k)), group_concat(length(v) - 4), max(k)
      FROM (SELECT k, v FROM kv WHERE k >= ? AND k < ? ORDER BY k ${LIMIT})`,
    );
  }

  /** The last key of the page; undefined when nothing is left, 'damaged' when something is wrong. */
  check(from: Uint8Array, to: Uint8Array): Uint8Array | 'damaged' | undefined {
    const [pieces, sums, keyLengths, valueLengths, last] = this.#read(from, to);
    if (pieces === null) return undefined;
    this.#step = pieces.length > PAGE_BYTES ? Math.ceil(this.#step / 2) : Math.min(this.#step * 2, MAX_STEP);
    const isRight = areRight(
      asBuffer(pieces),
      asBuffer(sums),
      keyLengths.split(','),
      valueLengths.split(','),
      from,
    );
    return isRight ? last : 'damaged';
  }

  #read(from: Uint8Array, to: Uint8Array): Page {
    for (;;) {
      const page = readPage<Page>(this.#page, from, to, this.#step);
      if (page !== undefined) return page;
      if (this.#step === 1) throw new RangeError('An index entry is too long to be looked at.');
      this.#step = 1;
    }
  }
}

/** Pieces, their checksums, lengths of keys, lengths of values, the last key; all null when there is none. */
type Page = [Uint8Array | null, Uint8Array, string, string, Uint8Array];

function areRight(
  pieces: Buffer,
  stored: Buffer,
  keyLengths: string[],
  valueLengths: string[],
  from: Uint8Array,
): boolean {
  const sums = new PieceChecksums();
  let at = 0;
  let before = asBuffer(from);
  let [beforeAt, beforeEnd] = [0, before.length];
  for (let i = 0; i < keyLengths.length; i++) {
    const keyEnd = at + Number(keyLengths[i]);
    const end = keyEnd + Number(valueLengths[i]);
    // Half-open ranges: the first key may be the range's own beginning.
    const order = pieces.compare(before, beforeAt, beforeEnd, at, keyEnd);
    if (order < 0 || (order === 0 && i > 0)) return false;
    sums.append(stored.readUInt32LE(i * 4), end - at);
    before = pieces;
    [beforeAt, beforeEnd] = [at, keyEnd];
    at = end;
  }
  return at === pieces.length && stored.length === keyLengths.length * 4 && sums.covers(pieces);
}
