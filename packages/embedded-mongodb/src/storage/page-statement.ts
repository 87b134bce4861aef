import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** `LIMIT ?` alone would have SQLite prepare the statement anew each time a number is bound. */
export const LIMIT = 'LIMIT 0 + ?';

const TOO_BIG = 18;

/** A statement that gives one row: what it found in a range, aggregated. */
export function preparePage(db: DatabaseSync, sql: string): StatementSync {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}

/** Its row; undefined when that is more than SQLite puts into one value. */
export function readPage<Row>(statement: StatementSync, ...values: (Uint8Array | number)[]): Row | undefined {
  try {
    return statement.get(...values) as unknown as Row;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === TOO_BIG) return undefined;
    throw error;
  }
}
