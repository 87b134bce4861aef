import { type Collator, type Doc, makeCollator, type Value } from '../bson/index.ts';
import { assertNearIndex, type NearQuery, nearQueryOf } from '../geo/near-query.ts';
import { isReadable, type Plan, plan, type Query } from '../planner/plan.ts';
import { load, type ScanStats, scan } from '../planner/scan.ts';
import { limitedMatches } from '../query/bounded-regex.ts';
import { compileFilter, compileSieve, compileSort, filterFields, parseSort } from '../query/index.ts';
import { OutOfTimeError, withinTime } from '../query/time-limit.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import type { Stored } from '../storage/records.ts';
import { type Context, TimeSlice } from './context.ts';

const FEW = 4;
/** The many of a batch may take so long together. */
const BATCH_MS = 100;

/** A query over one collection, compiled. */
export interface Located {
  query: Query;
  plan: Plan;
  matches: (document: Doc) => boolean;
  collator?: Collator;
  stats: ScanStats;
  /** The filter asks for what is near: that is the order, unless another is asked for. */
  near?: NearQuery;
}

export interface QueryFields {
  filter: Doc;
  sort?: Doc;
  hint?: Value;
  collation?: Doc;
  variables?: Doc;
}

/** Compiles a filter and chooses how to reach what it matches. */
export function locate(ctx: Context, collection: Collection | undefined, fields: QueryFields): Located {
  // Also where there is nothing to sort.
  if (fields.sort !== undefined && !fields.sort.has('$natural')) parseSort(fields.sort);
  const inherited = collection?.options.get('collation');
  const collation = fields.collation ?? (inherited instanceof Map ? inherited : undefined);
  const collator = makeCollator(collation);
  const { filter, sort, hint } = fields;
  const query: Query = { filter, sort, hint, collation, collator };
  const matches = compileFilter(filter, {
    collation: collator,
    let: fields.variables,
    now: ctx.server.now(),
  });
  const chosen: Plan =
    collection === undefined ? { kind: 'nothing', isSorted: true } : plan(collection, query, usableBy(ctx));
  const near = nearQueryOf(filter);
  if (near !== undefined && collection !== undefined) assertNearIndex(collection, near);
  return { query, plan: chosen, matches, collator, near, stats: { keys: 0, docs: 0 } };
}

/** Indexes that hold everything the reader may see. */
export function usableBy(ctx: Context): (index: Index) => boolean {
  const readCommit = ctx.transaction?.readCommit ?? ctx.readCommit;
  if (readCommit === undefined) return isReadable;
  return (index) => index.isReady && index.since <= readCommit;
}

/**
 * What matches, in batches, in the order of the plan. The consumer may wait between two batches, and must then
 * look again at a document before it writes it.
 */
export function* matching(ctx: Context, collection: Collection, located: Located): Generator<Stored[]> {
  const { matches, stats, query } = located;
  const isAll = query.filter.size === 0 || saysItAll(located.plan);
  const fields = isAll ? undefined : filterFields(query.filter);
  const sieve = isAll ? undefined : compileSieve(query.filter, query.collator !== undefined);
  let isCostly = false;
  for (const batch of scan(ctx.view, collection, located.plan, stats)) {
    if (isAll) {
      yield batch;
      continue;
    }
    // Of many documents few match: then only what the filter looks at is decoded.
    const isPartial = fields !== undefined && batch.length > FEW;
    const choose = (): Stored[] =>
      batch.filter(
        (stored) =>
          (sieve === undefined || stored.passes(sieve)) &&
          matches(isPartial ? stored.fields(fields) : stored.doc),
      );
    const before = limitedMatches();
    const found = isCostly ? limitedTogether(choose) : choose();
    isCostly ||= limitedMatches() - before > FEW;
    // A few of many: they must not keep the others in memory.
    if (found.length * 4 < batch.length) {
      for (const stored of found) stored.detach();
      for (const stored of batch) stored.discard();
    }
    yield found;
  }
}

/** Nothing is left to be looked at: in a merge, a document may have changed since its entry was read. */
function saysItAll(plan: Plan): boolean {
  return plan.kind === 'index' && plan.isExact && plan.merge === undefined;
}

/** Regular expressions that might take long are limited one by one, which costs; here all of a batch together. */
function limitedTogether<T>(work: () => T): T {
  try {
    return withinTime(BATCH_MS, work);
  } catch (error) {
    if (!(error instanceof OutOfTimeError)) throw error;
    return work();
  }
}

/** The first match in the order asked for, as it is at this moment: write it before anything is awaited. */
export async function findFirst(
  ctx: Context,
  collection: Collection,
  located: Located,
): Promise<Stored | undefined> {
  const slice = new TimeSlice(ctx);
  for (;;) {
    const { best, hasPaused } = await search(ctx, collection, located, slice);
    if (best === undefined || !hasPaused) return best;
    const fresh = load(ctx.view, collection, best.record);
    if (fresh !== undefined && located.matches(fresh.doc)) return fresh;
  }
}

/** The order asked for, where the plan does not give it by itself. */
function comparing({ query, plan, near, collator }: Located): ((a: Doc, b: Doc) => number) | undefined {
  if (query.sort?.size) return plan.isSorted ? undefined : compileSort(query.sort, collator);
  return near && ((a, b) => near.distanceOf(a) - near.distanceOf(b));
}

async function search(
  ctx: Context,
  collection: Collection,
  located: Located,
  slice: TimeSlice,
): Promise<{ best: Stored | undefined; hasPaused: boolean }> {
  const compare = comparing(located);
  let best: Stored | undefined;
  let hasPaused = false;
  if (compare === undefined) located.stats.wanted = 1;
  for (const batch of matching(ctx, collection, located)) {
    if (compare === undefined) {
      if (batch.length > 0) return { best: batch[0], hasPaused: false };
    } else {
      for (const stored of batch) {
        if (best === undefined || compare(stored.doc, best.doc) < 0) best = stored;
      }
    }
    const pause = slice.pause();
    if (pause === undefined) continue;
    hasPaused = true;
    await pause;
  }
  return { best, hasPaused };
}

/** Record numbers of everything that matches now. */
export async function findAll(ctx: Context, collection: Collection, located: Located): Promise<number[]> {
  const slice = new TimeSlice(ctx);
  const records: number[] = [];
  for (const batch of matching(ctx, collection, located)) {
    for (const stored of batch) records.push(stored.record);
    const pause = slice.pause();
    if (pause !== undefined) await pause;
  }
  return records;
}
