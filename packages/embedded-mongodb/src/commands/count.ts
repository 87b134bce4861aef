import { type Collator, type Doc, int, keyBytes, parsePath, type Value, visitPath } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { countEntries } from '../planner/scan.ts';
import { type Collection, recordRange } from '../storage/catalog.ts';
import { type Context, doc, docField, findCollection, intField, namespace, TimeSlice } from './context.ts';
import { type Located, locate, matching, type QueryFields } from './locate.ts';

/** `count`: without a filter from the collection's own number, otherwise by looking. */
export async function count(ctx: Context): Promise<Doc> {
  const { body } = ctx;
  namespace(ctx);
  const collection = findCollection(ctx);
  const located = locate(ctx, collection, countFields(body));
  const skip = intField(body, 'skip') ?? 0;
  const limit = Math.abs(intField(body, 'limit') ?? 0);
  if (skip < 0) throw fault(51024, `BSON field 'skip' value must be >= 0, actual value '${skip}'`);
  const total = Math.max(0, (await countMatching(ctx, collection, located)) - skip);
  return doc(['n', int(limit > 0 ? Math.min(limit, total) : total)]);
}

export function countFields(body: Doc): QueryFields {
  return {
    filter: docField(body, 'query') ?? new Map(),
    hint: body.get('hint'),
    collation: docField(body, 'collation'),
  };
}

/** How many documents match: by the collection's number, by an index alone, or by looking at each. */
export async function countMatching(
  ctx: Context,
  collection: Collection | undefined,
  located: Located,
): Promise<number> {
  if (collection === undefined) return 0;
  const { plan, query, stats } = located;
  if (query.filter.size === 0) {
    if (ctx.transaction === undefined && ctx.readCommit === undefined)
      return ctx.server.store.counts.get(collection.id) ?? 0;
    return ctx.view.count(...recordRange(collection));
  }
  if (plan.kind === 'index' && plan.isExact) {
    const found = countEntries(ctx.view, plan);
    stats.keys += found;
    return found;
  }
  let total = 0;
  const slice = new TimeSlice(ctx);
  for (const batch of matching(ctx, collection, located)) {
    total += batch.length;
    const pause = slice.pause();
    if (pause !== undefined) await pause;
  }
  return total;
}

/** `distinct`: each value once, in the order of values' first appearance by comparison. */
export async function distinct(ctx: Context): Promise<Doc> {
  const { body } = ctx;
  namespace(ctx);
  const key = body.get('key');
  if (typeof key !== 'string') throw fault('TypeMismatch', "BSON field 'distinct.key' must be a string");
  const collection = findCollection(ctx);
  const located = locate(ctx, collection, {
    filter: docField(body, 'query') ?? new Map(),
    hint: body.get('hint'),
    collation: docField(body, 'collation'),
  });
  const values: Value[] = [];
  if (collection !== undefined) {
    const seen = new Set<string>();
    const path = parsePath(key);
    const slice = new TimeSlice(ctx);
    for (const batch of matching(ctx, collection, located)) {
      for (const stored of batch) {
        visitPath(stored.doc, path, 'expand', (value) => {
          // The array itself comes after its elements and is not a value of its own.
          if (value !== undefined && !Array.isArray(value))
            addDistinct(value, seen, values, located.collator);
          return false;
        });
      }
      const pause = slice.pause();
      if (pause !== undefined) await pause;
    }
  }
  return doc(['values', values]);
}

function addDistinct(value: Value, seen: Set<string>, values: Value[], collator: Collator | undefined): void {
  const key = Buffer.from(keyBytes([value], [1], collator)).latin1Slice();
  if (seen.has(key)) return;
  seen.add(key);
  values.push(value);
}
