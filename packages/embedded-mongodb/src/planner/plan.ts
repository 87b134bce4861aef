import { type Collator, type Doc, intValue, show, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { type Bound, filterBounds } from '../query/index.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { behind, type FieldRanges, fieldRanges, intersect, type KeyRange } from './bounds.ts';
import { concernsStrings, hasSameCollation, holdsAllMatches } from './coverage.ts';
import { comparedPaths } from './exact.ts';
import { geoPlan, isForPlaces } from './places.ts';

/** How the documents that may match are reached; the filter is applied to what comes. */
export type Plan =
  | { kind: 'collection'; reverse: boolean; isSorted: boolean }
  | IndexPlan
  | { kind: 'or'; branches: IndexPlan[]; isSorted: false }
  | { kind: 'nothing'; isSorted: true };

export interface IndexPlan {
  kind: 'index';
  index: Index;
  ranges: KeyRange[];
  reverse: boolean;
  isSorted: boolean;
  /** To be merged into one order: how many bytes of each range's keys do not count for it. */
  merge?: number[];
  /** The ranges alone say what matches. */
  isExact: boolean;
}

export interface Query {
  filter: Doc;
  sort?: Doc;
  hint?: Value;
  collation?: Doc;
  collator?: Collator;
}

/** More ranges than this are not worth walking one by one. */
const MAX_RANGES = 2000;
/** And more than this are not merged into an order. */
const MAX_MERGED = 64;

/**
 * Chooses by what an index can do for the query, in this order: exact values on most leading fields, a range on
 * the next one, results in the order asked for. `usable` says which indexes the reader may see.
 */
export function plan(
  collection: Collection,
  query: Query,
  usable: (index: Index) => boolean = isReadable,
): Plan {
  const bounds = filterBounds(query.filter, query.collator);
  const hinted = resolveHint(collection, query.hint);
  if (hinted === 'natural' || query.sort?.has('$natural')) {
    return isClustered(collection) ? clusteredPlan(collection, query) : naturalPlan(query);
  }
  if (hinted !== undefined && !usable(hinted)) {
    throw fault('SnapshotUnavailable', `The index ${hinted.name} is newer than the state that is read.`);
  }
  const candidates =
    hinted === undefined ? collection.indexes.filter((i) => usable(i) && !i.hidden && !i.geo) : [hinted];
  if (hinted?.geo !== undefined) return geoPlan(hinted, query);
  let best: { plan: Plan; score: number } | undefined;
  for (const index of candidates) {
    const found = indexPlan(index, bounds, query, hinted !== undefined);
    if (found !== undefined && (best === undefined || found.score > best.score)) best = found;
  }
  if (best !== undefined) return best.plan;
  const geo = hinted ?? collection.indexes.find((i) => usable(i) && !i.hidden && isForPlaces(i, query));
  if (geo?.geo !== undefined) return geoPlan(geo, query);
  return (
    orPlan(query, candidates) ??
    (isClustered(collection) ? clusteredPlan(collection, query) : naturalPlan(query))
  );
}

function isClustered(collection: Collection): boolean {
  return collection.options.has('clusteredIndex');
}

/** The natural order of a clustered collection is that of its `_id`. */
function clusteredPlan(collection: Collection, query: Query): IndexPlan {
  const { reverse, isSorted } = naturalPlan(query);
  return {
    kind: 'index',
    index: collection.indexes[0]!,
    ranges: [{ from: new Uint8Array(0), to: Uint8Array.of(0xff) }],
    reverse,
    isSorted,
    isExact: false,
  };
}

/** Ready, and not needed by older readers only. */
export function isReadable(index: Index): boolean {
  return index.isReady;
}

function naturalPlan(query: Query): Extract<Plan, { kind: 'collection' }> {
  const natural =
    query.sort?.get('$natural') ?? (query.hint instanceof Map ? query.hint.get('$natural') : undefined);
  const reverse = natural !== undefined && (intValue(natural) ?? 1) < 0;
  const isSorted = query.sort === undefined || query.sort.size === 0 || query.sort.has('$natural');
  return { kind: 'collection', reverse, isSorted };
}

function resolveHint(collection: Collection, hint: Value | undefined): Index | 'natural' | undefined {
  if (hint === undefined || hint === null) return undefined;
  if (hint instanceof Map) {
    if (hint.size === 0) return undefined;
    if (hint.has('$natural')) return 'natural';
  }
  const index = collection.indexes.find((candidate) =>
    typeof hint === 'string' ? candidate.name === hint : sameKey(candidate.spec.get('key') as Doc, hint),
  );
  if (index === undefined || !index.isReady || index.hidden) {
    throw fault(
      'BadValue',
      `error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index`,
    );
  }
  return index;
}

function sameKey(a: Doc, b: Value): boolean {
  return b instanceof Map && show(normal(a)) === show(normal(b));
}

const normal = (key: Doc): Doc =>
  new Map([...key].map(([field, value]) => [field, intValue(value) ?? value]));

function indexPlan(
  index: Index,
  bounds: Bound[],
  query: Query,
  isHinted: boolean,
): { plan: Plan; score: number } | undefined {
  if (!isHinted && !holdsAllMatches(index, bounds, query)) return undefined;
  const sameCollation = hasSameCollation(index, query);
  let ranges: KeyRange[] = [{ from: new Uint8Array(0), to: Uint8Array.of(0xff) }];
  let exact = 0;
  let isSingle = true;
  let singles = 0;
  let hasRange = false;
  let used = 0;
  let skips: number[] | undefined;
  let hasBrokenOff = false;
  for (let i = 0; i < index.fields.length; i++) {
    if (i > 0 && index.isMultikey && sharesArray(index, i)) break;
    const field = rangesOf(index, i, bounds, sameCollation);
    if (field === undefined) break;
    used++;
    if (field.ranges.length === 0)
      return { plan: { kind: 'nothing', isSorted: true }, score: Number.MAX_VALUE };
    if (ranges.length * field.ranges.length > MAX_RANGES) {
      hasBrokenOff = true;
      break;
    }
    const before = ranges;
    ranges = exact === 0 ? field.ranges : behind(ranges, field.ranges);
    if (!field.isPoints) {
      skips = before.flatMap((point) => field.ranges.map(() => (exact === 0 ? 0 : point.from.length)));
      hasRange = true;
      break;
    }
    exact++;
    isSingle &&= field.ranges.length === 1;
    if (isSingle) singles++;
  }
  const order = sameCollation ? sortedBy(index, query, singles, exact, ranges.length) : undefined;
  if (used === 0 && order === undefined && !isHinted) return undefined;
  const isUniqueHit = index.unique && exact === index.fields.length;
  const score =
    (isUniqueHit ? 1000 : 0) +
    exact * 20 +
    (hasRange ? 12 : 0) +
    (order !== undefined ? 11 : 0) -
    index.fields.length / 100;
  const isSorted = order !== undefined || !query.sort?.size;
  return {
    plan: {
      kind: 'index',
      index,
      ranges,
      reverse: order === -1,
      isSorted,
      merge:
        order !== undefined && ranges.length > 1 ? (skips ?? ranges.map((r) => r.from.length)) : undefined,
      isExact: isExactFor(index, query, bounds.length, used, hasBrokenOff, exact === 1 && singles === 1),
    },
    score,
  };
}

/** Do the ranges alone say what matches? Then a count needs no documents. */
function isExactFor(
  index: Index,
  query: Query,
  bounds: number,
  used: number,
  hasBrokenOff: boolean,
  isOneValue: boolean,
): boolean {
  if (hasBrokenOff) return false;
  // A document has several entries in a multikey index, but one of each value.
  if (index.isMultikey && !(isOneValue && index.fields.length === 1)) return false;
  const compared = comparedPaths(query.filter);
  if (compared === undefined || compared.conditions !== bounds || compared.paths.size !== used) return false;
  return (
    hasSameCollation(index, query) && index.fields.slice(0, used).every((field) => compared.paths.has(field))
  );
}

/**
 * Fields below one array take their values from one element, but two conditions may be met by two elements:
 * then only the first field's bounds may be used.
 */
function sharesArray(index: Index, i: number): boolean {
  const head = index.paths[i]!.parts[0];
  return index.paths.slice(0, i).some((path) => path.parts[0] === head);
}

/** The ranges of the index's field `i`, or undefined when the filter says nothing of it. */
function rangesOf(index: Index, i: number, bounds: Bound[], sameCollation: boolean): FieldRanges | undefined {
  const direction = index.directions[i]!;
  let best: FieldRanges | undefined;
  for (const bound of bounds) {
    if (bound.path !== index.fields[i] || (!sameCollation && concernsStrings(bound))) continue;
    const ranges = fieldRanges(bound, direction, index.collator);
    if (best === undefined) best = ranges;
    else if (!index.isMultikey) {
      // On a multikey one two conditions may be met by two elements of an array: only one of them may be used.
      best = intersect(best, ranges);
    } else if (ranges.isPoints && (!best.isPoints || ranges.ranges.length < best.ranges.length)) {
      best = ranges;
    }
  }
  return best;
}

/**
 * 1 or -1 when walking the index that way gives the order asked for. Several ranges give it when they are merged
 * and the order is by the fields behind the exact values.
 */
function sortedBy(
  index: Index,
  query: Query,
  singles: number,
  exact: number,
  ranges: number,
): 1 | -1 | undefined {
  const sort = query.sort;
  if (sort === undefined || sort.size === 0 || index.isMultikey || ranges > MAX_MERGED) return undefined;
  const fixed = new Set(index.fields.slice(0, singles));
  let at = ranges > 1 ? exact : 0;
  let way: 1 | -1 | undefined;
  for (const [field, value] of sort) {
    const direction = intValue(value);
    if (direction !== 1 && direction !== -1) return undefined;
    if (fixed.has(field)) continue;
    while (at < index.fields.length && fixed.has(index.fields[at]!) && index.fields[at] !== field) at++;
    if (index.fields[at] !== field) return undefined;
    const needed = index.directions[at] === direction ? 1 : -1;
    if (way !== undefined && way !== needed) return undefined;
    way = needed;
    at++;
  }
  return way ?? 1;
}

/** An `$or` all of whose branches have an index of their own. */
function orPlan(query: Query, candidates: Index[]): Plan | undefined {
  const branches = branchesOf(query.filter);
  if (branches === undefined) return undefined;
  const plans: IndexPlan[] = [];
  for (const branch of branches) {
    const filter: Doc = new Map([...query.filter].filter(([key]) => key !== '$or'));
    const joined: Doc = new Map([['$and', [filter, branch]]]);
    let best: { plan: Plan; score: number } | undefined;
    for (const index of candidates) {
      const bounds = filterBounds(joined, query.collator);
      const found = indexPlan(index, bounds, { ...query, filter: joined, sort: undefined }, false);
      if (found !== undefined && (best === undefined || found.score > best.score)) best = found;
    }
    if (best === undefined) return undefined;
    if (best.plan.kind === 'index') plans.push(best.plan);
  }
  return plans.length === 0
    ? { kind: 'nothing', isSorted: true }
    : { kind: 'or', branches: plans, isSorted: false };
}

function branchesOf(filter: Doc): Doc[] | undefined {
  const or = filter.get('$or');
  if (Array.isArray(or) && or.length > 1 && or.every((part) => part instanceof Map)) return or as Doc[];
  return undefined;
}
