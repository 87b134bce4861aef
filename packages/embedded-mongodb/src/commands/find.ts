import { type Doc, EncodedDoc, intValue, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import type { NearQuery } from '../geo/near-query.ts';
import { compileProjection, parseSort } from '../query/index.ts';
import type { Collection } from '../storage/catalog.ts';
import type { Stored } from '../storage/records.ts';
import {
  boolField,
  type Context,
  docField,
  findCollection,
  intField,
  namespace,
  TimeSlice,
  wrongType,
} from './context.ts';
import { nextBatch, openCursor, type Result, type Results } from './cursors.ts';
import { type Located, locate, matching } from './locate.ts';
import { sorted } from './sorting.ts';
import { assertTailable, TailableResults } from './tailable.ts';
import { variablesOf } from './variables.ts';

/** Documents held at once by a sort that no index serves, in bytes. */
const SORT_MEMORY = 100 * 1024 * 1024;

export async function find(ctx: Context): Promise<Doc> {
  const { body } = ctx;
  refuse(body);
  const ns = namespace(ctx);
  const batchSize = intField(body, 'batchSize');
  if (batchSize !== undefined && batchSize < 0) {
    throw fault(51024, `BSON field 'batchSize' value must be >= 0, actual value '${batchSize}'`);
  }
  const collection = findCollection(ctx);
  assertTailable(body, collection);
  const { located, results, project } = query(ctx);
  const isTailed = boolField(body, 'tailable') && collection !== undefined;
  const given = isTailed ? new TailableResults(ctx, collection, located.matches, project) : results;
  return openCursor(ctx, ns, given, {
    batchSize,
    singleBatch: boolField(body, 'singleBatch'),
    noTimeout: boolField(body, 'noCursorTimeout'),
  });
}

export interface RunningQuery {
  located: Located;
  results: Results;
  project?: (document: Doc) => Doc;
}

/** The query of a `find` body (also of the one that `explain` looks at). */
export function query(ctx: Context, body = ctx.body): RunningQuery {
  const collection = findCollection(ctx);
  const fields = {
    filter: docField(body, 'filter') ?? new Map(),
    sort: docField(body, 'sort'),
    hint: body.get('hint'),
    collation: docField(body, 'collation'),
    variables: variablesOf(ctx, body),
  };
  if (fields.sort && !fields.sort.has('$natural')) parseSort(fields.sort);
  const located = locate(ctx, collection, fields);
  const skip = intField(body, 'skip') ?? 0;
  const limit = intField(body, 'limit') ?? 0;
  if (skip < 0) throw fault(51024, `BSON field 'skip' value must be >= 0, actual value '${skip}'`);
  if (limit < 0) throw fault(51024, `BSON field 'limit' value must be >= 0, actual value '${limit}'`);
  const projection = docField(body, 'projection');
  const project =
    projection === undefined || projection.size === 0
      ? undefined
      : compileProjection(projection, {
          filter: fields.filter,
          collation: located.collator,
          let: fields.variables,
          now: ctx.server.now(),
        });
  return { located, project, results: new FindResults(ctx, collection, located, skip, limit, project) };
}

/** Filter, sort, skip, limit and projection over a plan, given out one by one. */
class FindResults implements Results {
  lastSize: number | undefined;
  readonly #project: ((document: Doc) => Doc) | undefined;
  readonly #source: AsyncGenerator<Stored[]>;
  #batch: Stored[] = [];
  #at = 0;
  #skip: number;
  #left: number;
  #isDone = false;

  constructor(
    ctx: Context,
    collection: Collection | undefined,
    located: Located,
    skip: number,
    limit: number,
    project: ((document: Doc) => Doc) | undefined,
  ) {
    this.#project = project;
    this.#skip = skip;
    this.#left = limit === 0 ? Number.POSITIVE_INFINITY : limit;
    this.#source =
      collection === undefined
        ? nothing()
        : ordered(ctx, collection, located, limit === 0 ? 0 : skip + limit);
  }

  async next(): Promise<IteratorResult<Result>> {
    for (;;) {
      if (this.#left <= 0) return this.#finish();
      while (this.#at < this.#batch.length) {
        const stored = this.#batch[this.#at++]!;
        if (this.#skip > 0) {
          this.#skip--;
          continue;
        }
        this.#left--;
        this.lastSize = stored.size;
        const value = this.#project ? this.#project(stored.doc) : new EncodedDoc(stored.bytes);
        return { done: false, value };
      }
      if (this.#isDone) return this.#finish();
      const step = await this.#source.next();
      if (step.done) return this.#finish();
      this.#batch = step.value;
      this.#at = 0;
    }
  }

  isExhausted(): boolean {
    return this.#left <= 0;
  }

  async return(): Promise<IteratorResult<Result>> {
    await this.#source.return(undefined);
    return this.#finish();
  }

  #finish(): IteratorResult<Result> {
    this.#isDone = true;
    this.#batch = [];
    return { done: true, value: undefined };
  }
}

async function* nothing(): AsyncGenerator<Stored[]> {}

/** Batches of matches in the order asked for; pauses so that others get their turn. */
export async function* ordered(
  ctx: Context,
  collection: Collection,
  located: Located,
  needed: number,
): AsyncGenerator<Stored[]> {
  const { query: asked, plan, collator } = located;
  const slice = new TimeSlice(ctx);
  if (located.near !== undefined && !asked.sort?.size) {
    yield await nearest(ctx, collection, located, located.near);
    return;
  }
  if (plan.isSorted || !asked.sort?.size) {
    if (needed > 0) located.stats.wanted = needed;
    for (const batch of matching(ctx, collection, located)) {
      if (batch.length > 0) yield batch;
      const pause = slice.pause();
      if (pause !== undefined) await pause;
    }
    return;
  }
  yield* sorted(ctx, matching(ctx, collection, located), asked.sort, collator, needed);
}

/** What matches, the nearest first. */
async function nearest(
  ctx: Context,
  collection: Collection,
  located: Located,
  near: NearQuery,
): Promise<Stored[]> {
  const slice = new TimeSlice(ctx);
  const found: { distance: number; stored: Stored }[] = [];
  let bytes = 0;
  for (const batch of matching(ctx, collection, located)) {
    for (const stored of batch) {
      found.push({ distance: near.distanceOf(stored.doc), stored });
      bytes += stored.size;
    }
    if (bytes > SORT_MEMORY) throw tooMuchToSort();
    const pause = slice.pause();
    if (pause !== undefined) await pause;
  }
  return found.sort((a, b) => a.distance - b.distance).map(({ stored }) => stored);
}

function tooMuchToSort(): Error {
  return fault(
    'QueryExceededMemoryLimitNoDiskUseAllowed',
    'Executor error during find command :: caused by :: Sort exceeded memory limit of 104857600 bytes. Create an index for this order.',
  );
}

function refuse(body: Doc): void {
  for (const option of ['returnKey', 'showRecordId', 'oplogReplay']) {
    if (boolField(body, option)) {
      throw fault('CommandNotSupported', `find with '${option}' is not supported by embedded-mongodb.`);
    }
  }
  if (body.has('min') || body.has('max')) {
    throw fault(
      'CommandNotSupported',
      "find with 'min' or 'max' is not supported by embedded-mongodb; use a filter.",
    );
  }
}

export async function getMore(ctx: Context): Promise<Doc> {
  const id = ctx.body.get('getMore');
  if (typeof id !== 'bigint') throw fault('TypeMismatch', "BSON field 'getMore.getMore' must be a long");
  const name = ctx.body.get('collection');
  if (typeof name !== 'string') throw wrongType('getMore.collection', 'string', name ?? null);
  const cursor = ctx.server.cursors.get(id);
  if (cursor.ns !== `${ctx.db}.${name}`) {
    throw fault(
      'Unauthorized',
      `Requested getMore on namespace '${ctx.db}.${name}', but cursor belongs to a different namespace ${cursor.ns}`,
    );
  }
  if (cursor.txnNumber !== undefined && ctx.transaction === undefined) {
    throw fault(
      50740,
      `Cannot run getMore on cursor ${id}, which was created in a transaction, outside of it`,
    );
  }
  const wait = intValue(ctx.body.get('maxTimeMS')) ?? 1000;
  return nextBatch(ctx, cursor, intField(ctx.body, 'batchSize') ?? 0, wait);
}

export function killCursors(ctx: Context): Doc {
  const ids = ctx.body.get('cursors');
  if (!Array.isArray(ids)) throw wrongType('killCursors.cursors', 'array', ids ?? null);
  const killed: Value[] = [];
  const notFound: Value[] = [];
  for (const id of ids) {
    if (typeof id === 'bigint' && ctx.server.cursors.kill(id)) killed.push(id);
    else notFound.push(id);
  }
  return new Map<string, Value>([
    ['cursorsKilled', killed],
    ['cursorsNotFound', notFound],
    ['cursorsAlive', []],
    ['cursorsUnknown', []],
  ]);
}
