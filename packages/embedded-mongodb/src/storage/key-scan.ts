import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { asBuffer, int32 } from './bytes.ts';
import { PieceChecksums } from './checksum.ts';
import { LIMIT, preparePage, readPage } from './page-statement.ts';

type Row = [page: Uint8Array | null, lengths: string];

const SUM = 4;

/** Reads keys without values many at a time, as entries of an index are that may hold a key more than once. */
export class KeyScanner {
  readonly #forward: StatementSync;
  readonly #backward: StatementSync;

  constructor(db: DatabaseSync) {
    const prepare = (order: string): StatementSync =>
      preparePage(
        db,
        `SELECT CAST(group_concat(k || v, '') AS BLOB), group_concat(length(k))
        FROM (SELECT k, v FROM kv WHERE k >= ? AND k < ? ORDER BY k ${order} ${LIMIT})`,
      );
    this.#forward = prepare('ASC');
    this.#backward = prepare('DESC');
  }

  /** Undefined when one of them has a value or is damaged, or all are too large together: then they are to be read one by one. */
  read(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): Uint8Array[] | undefined {
    const row = readPage<Row>(reverse ? this.#backward : this.#forward, from, to, limit);
    if (row === undefined) return undefined;
    const [page, lengths] = row;
    return page === null ? [] : split(asBuffer(page), lengths.split(','));
  }
}

function split(page: Buffer, lengths: string[]): Uint8Array[] | undefined {
  const sums = new PieceChecksums();
  const keys: Uint8Array[] = new Array(lengths.length);
  let at = 0;
  for (let i = 0; i < lengths.length; i++) {
    const end = at + Number(lengths[i]);
    sums.appendSealed(int32(page, end), end - at);
    keys[i] = page.subarray(at, end);
    at = end + SUM;
  }
  return at === page.length && sums.covers(page) ? keys : undefined;
}
