import { type Collator, type Doc, int, keyBytes, parsePath, type Value, visitPath } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { type Context, doc, docField, findCollection, intField, namespace, TimeSlice } from './context.ts';
import { locate, matching } from './locate.ts';

/** `count`: without a filter from the collection's own number, otherwise by looking. */
export async function count(ctx: Context): Promise<Doc> {
  const { body, server } = ctx;
  namespace(ctx);
  const collection = findCollection(ctx);
  const filter = docField(body, 'query') ?? new Map();
  const located = locate(ctx, collection, {
    filter,
    hint: body.get('hint'),
    collation: docField(body, 'collation'),
  });
  const skip = intField(body, 'skip') ?? 0;
  const limit = Math.abs(intField(body, 'limit') ?? 0);
  if (skip < 0) throw fault(51024, `BSON field 'skip' value must be >= 0, actual value '${skip}'`);
  let total = 0;
  if (collection !== undefined) {
    if (filter.size === 0) total = server.store.counts.get(collection.id) ?? 0;
    else {
      const slice = new TimeSlice(ctx);
      for (const batch of matching(ctx, collection, located)) {
        total += batch.length;
        const pause = slice.pause();
        if (pause !== undefined) await pause;
      }
    }
  }
  total = Math.max(0, total - skip);
  return doc(['n', int(limit > 0 ? Math.min(limit, total) : total)]);
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
