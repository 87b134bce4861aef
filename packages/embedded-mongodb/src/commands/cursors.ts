import { type Doc, EncodedDoc, encode, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import type { Session } from '../txn/sessions.ts';
import { type Context, doc } from './context.ts';

export const CURSOR_TIMEOUT_MS = 10 * 60_000;
const FIRST_BATCH = 101;
const BATCH_BYTES = 16 * 1024 * 1024;

/** As one result is given out: what was read and not changed stays as it was stored. */
export type Result = Doc | EncodedDoc;

/** Results in the order in which they are given out; closes what it reads from. */
export interface Results<R extends Result = Result> extends AsyncIterator<R> {
  /** Known to have nothing more, without asking for it. */
  isExhausted?(): boolean;
  /** Encoded size of the document given last, when that is known. */
  lastSize?: number;
  /** For tailing cursors: where the stream stands, sent with every batch. */
  resumeToken?(): Doc | undefined;
  /** More may come later, though there is nothing now. */
  isTailing?(): boolean;
  /** For tailing cursors: waits up to that many milliseconds for something new. */
  wait?(ms: number): Promise<void>;
}

export interface Cursor {
  id: bigint;
  ns: string;
  results: Results;
  session?: Session;
  txnNumber?: bigint;
  /** Read ahead and not yet given out, because a batch was full. */
  held?: Result;
  lastUse: number;
  noTimeout: boolean;
  isBusy: boolean;
  batchSize?: number;
}

/** Open cursors of all clients. */
export class Cursors {
  readonly #open = new Map<bigint, Cursor>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#open.size;
  }

  add(cursor: Omit<Cursor, 'id' | 'lastUse' | 'isBusy'>): Cursor {
    let id: bigint;
    do {
      id = crypto.getRandomValues(new BigUint64Array(1))[0]! >> 1n;
    } while (id === 0n || this.#open.has(id));
    const added = { ...cursor, id, lastUse: this.#now(), isBusy: false };
    this.#open.set(id, added);
    return added;
  }

  get(id: bigint): Cursor {
    const cursor = this.#open.get(id);
    if (cursor === undefined) throw fault('CursorNotFound', `cursor id ${id} not found`);
    cursor.lastUse = this.#now();
    return cursor;
  }

  has(id: bigint): boolean {
    return this.#open.has(id);
  }

  kill(id: bigint): boolean {
    const cursor = this.#open.get(id);
    if (cursor === undefined) return false;
    this.#open.delete(id);
    void cursor.results.return?.();
    return true;
  }

  killOf(isOwned: (cursor: Cursor) => boolean): void {
    for (const cursor of this.#open.values()) if (isOwned(cursor)) this.kill(cursor.id);
  }

  sweep(): void {
    const tooOld = this.#now() - CURSOR_TIMEOUT_MS;
    this.killOf((cursor) => cursor.lastUse < tooOld && !cursor.noTimeout && !cursor.isBusy);
  }
}

export interface BatchOptions {
  batchSize?: number;
  singleBatch?: boolean;
  noTimeout?: boolean;
}

/** The first batch, and a cursor when there is more. */
export async function openCursor(
  ctx: Context,
  ns: string,
  results: Results,
  options: BatchOptions = {},
): Promise<Doc> {
  const part: Partial<Cursor> & { results: Results } = { results };
  const batch = await readBatch(part, options.batchSize ?? FIRST_BATCH);
  let id = 0n;
  if (batch.isDone || options.singleBatch) {
    void results.return?.();
  } else {
    id = ctx.server.cursors.add({
      ns,
      results,
      session: ctx.session,
      txnNumber: ctx.transaction && ctx.session?.txnNumber,
      held: part.held,
      noTimeout: options.noTimeout === true,
    }).id;
  }
  const cursor = doc(['firstBatch', batch.docs as Value[]], ['id', id], ['ns', ns]);
  addResumeToken(cursor, results);
  return doc(['cursor', cursor]);
}

export async function nextBatch(ctx: Context, cursor: Cursor, size: number, waitMs: number): Promise<Doc> {
  if (cursor.isBusy) throw fault(12051, 'cursor is already in use');
  cursor.isBusy = true;
  try {
    const limit = size > 0 ? size : Number.POSITIVE_INFINITY;
    let batch = await readBatch(cursor, limit);
    const giveUp = performance.now() + waitMs;
    while (batch.docs.length === 0 && !batch.isDone && cursor.results.wait !== undefined) {
      const left = giveUp - performance.now();
      if (left <= 0) break;
      await cursor.results.wait(left);
      if (!ctx.server.cursors.has(cursor.id)) throw fault(237, `cursor id ${cursor.id} was killed`);
      batch = await readBatch(cursor, limit);
    }
    if (batch.isDone) ctx.server.cursors.kill(cursor.id);
    const reply = doc(
      ['nextBatch', batch.docs as Value[]],
      ['id', batch.isDone ? 0n : cursor.id],
      ['ns', cursor.ns],
    );
    addResumeToken(reply, cursor.results);
    return doc(['cursor', reply]);
  } catch (error) {
    ctx.server.cursors.kill(cursor.id);
    throw error;
  } finally {
    cursor.isBusy = false;
  }
}

async function readBatch(
  cursor: { results: Results; held?: Result },
  limit: number,
): Promise<{ docs: Result[]; isDone: boolean }> {
  const docs: Result[] = [];
  let bytes = 0;
  while (docs.length < limit) {
    let next = cursor.held;
    cursor.held = undefined;
    if (next === undefined) {
      const step = await cursor.results.next();
      if (step.done) return { docs, isDone: cursor.results.isTailing?.() !== true };
      next = step.value;
    }
    if (limit > 1) {
      bytes += cursor.results.lastSize ?? sizeOf(next);
      if (bytes > BATCH_BYTES && docs.length > 0) {
        cursor.held = next;
        break;
      }
    }
    docs.push(next);
  }
  return { docs, isDone: cursor.held === undefined && cursor.results.isExhausted?.() === true };
}

const sizeOf = (result: Result): number =>
  result instanceof EncodedDoc ? result.bytes.length : encode(result).length;

function addResumeToken(cursor: Doc, results: Results): void {
  const token = results.resumeToken?.();
  if (token !== undefined) cursor.set('postBatchResumeToken', token);
}
