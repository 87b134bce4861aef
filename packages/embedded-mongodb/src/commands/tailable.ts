import { type Doc, intValue } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { asStored, load } from '../planner/scan.ts';
import { successor } from '../storage/bytes.ts';
import { type Collection, recordRange } from '../storage/catalog.ts';
import { recordKey } from '../storage/keys.ts';
import type { Stored } from '../storage/records.ts';
import { isCapped } from './capped.ts';
import { boolField, type Context } from './context.ts';
import type { Results } from './cursors.ts';

const STEP = 100;

/** A tailable cursor is one over a capped collection, in the order of insertion. */
export function assertTailable(body: Doc, collection: Collection | undefined): void {
  const isAwaiting = boolField(body, 'awaitData');
  if (!boolField(body, 'tailable')) {
    if (isAwaiting) throw fault('FailedToParse', 'Cannot set awaitData without tailable');
    return;
  }
  if (collection !== undefined && !isCapped(collection)) {
    throw fault(
      'BadValue',
      'error processing query: planner returned error :: caused by :: tailable cursor requested on non capped collection',
    );
  }
  const sort = body.get('sort');
  if (sort instanceof Map && sort.size > 0 && intValue(sort.get('$natural')) !== 1) {
    throw fault(
      'BadValue',
      'A tailable cursor gives documents in their natural order: it takes no other sort.',
    );
  }
}

/** Goes on where it was when more is inserted; dead from the start when there is nothing to begin at. */
export class TailableResults implements Results {
  readonly wait: ((ms: number) => Promise<void>) | undefined;
  readonly #ctx: Context;
  readonly #collection: Collection;
  readonly #matches: (document: Doc) => boolean;
  readonly #project: ((document: Doc) => Doc) | undefined;
  #last: number | undefined;
  #batch: Stored[] = [];
  #isEnded = false;
  #stop: (() => void) | undefined;

  constructor(
    ctx: Context,
    collection: Collection,
    matches: (document: Doc) => boolean,
    project: ((document: Doc) => Doc) | undefined,
  ) {
    this.#ctx = ctx;
    this.#collection = collection;
    this.#matches = matches;
    this.#project = project;
    if (!boolField(ctx.body, 'awaitData')) return;
    this.wait = (ms) =>
      ctx.server.changes.changed(ms, (stop) => {
        this.#stop = stop;
      });
  }

  async next(): Promise<IteratorResult<Doc>> {
    for (;;) {
      const stored = this.#batch.shift();
      if (stored === undefined) {
        if (this.#isEnded || !this.#read()) return { done: true, value: undefined };
        continue;
      }
      this.#last = stored.record;
      if (!this.#matches(stored.doc)) continue;
      return { done: false, value: this.#project ? this.#project(stored.doc) : stored.doc };
    }
  }

  isTailing(): boolean {
    return !this.#isEnded && this.#last !== undefined;
  }

  async return(): Promise<IteratorResult<Doc>> {
    this.#isEnded = true;
    this.#stop?.();
    return { done: true, value: undefined };
  }

  /** False when there is nothing new. */
  #read(): boolean {
    const { view } = this.#ctx.server.store;
    if (this.#collection.isDropped) throw fault(175, `collection dropped: '${this.#collection.ns}'`);
    if (this.#last !== undefined && load(view, this.#collection, this.#last) === undefined) {
      throw fault(
        136,
        'CappedPositionLost: the cursor was overtaken, the document that it stood at has gone from the collection',
      );
    }
    const [first, to] = recordRange(this.#collection);
    const from = this.#last === undefined ? first : successor(recordKey(this.#collection.id, this.#last));
    const found = view.records(from, to, false, STEP);
    this.#batch = found.map(asStored);
    return found.length > 0;
  }
}
