import { type Doc, int, intValue, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { scan } from '../planner/scan.ts';
import { type Collection, recordRange } from '../storage/catalog.ts';
import { deleteUnit, Stored } from '../storage/records.ts';
import type { Context } from './context.ts';

/** Bytes of the documents in capped collections; counted once, then kept. */
const sizes = new WeakMap<Collection, number>();

export function isCapped(collection: Collection): boolean {
  return collection.options.get('capped') === true;
}

/** Checks `size` and `max` as given to `create`. Sizes are kept in multiples of 256, as MongoDB keeps them. */
export function cappedOptions(given: Doc): [string, Value][] {
  const size = intValue(given.get('size'));
  if (size === undefined || !(size > 0)) {
    throw fault(
      'InvalidOptions',
      'the "size" field is required, and must be positive, when "capped" is true',
    );
  }
  const options: [string, Value][] = [
    ['capped', true],
    ['size', long(Math.ceil(size / 256) * 256)],
  ];
  const max = intValue(given.get('max')) ?? 0;
  if (max > 0) options.push(['max', long(max)]);
  return options;
}

/** What `collStats` tells of it beside the rest. */
export function cappedStats({ options }: Collection): [string, Value][] {
  const told: [string, Value][] = [];
  if (options.get('capped') !== true) return told;
  told.push(['max', options.get('max') ?? int(0)], ['maxSize', options.get('size')!]);
  return told;
}

function long(value: number): Value {
  return value <= 0x7fffffff ? int(value) : BigInt(value);
}

export function refuseInTransaction(ctx: Context, collection: Collection): void {
  if (ctx.transaction === undefined || !isCapped(collection)) return;
  throw fault(
    'OperationNotSupportedInTransaction',
    `Collection '${collection.ns}' is a capped collection. Writes in transactions are not allowed on capped collections.`,
  );
}

/** The oldest documents go when there are too many or they are too large; in the same commit as what came. */
export function keepWithinCap(ctx: Context, collection: Collection, grown: number): void {
  if (!isCapped(collection)) return;
  const { store } = ctx.server;
  let bytes = sizes.has(collection) ? sizes.get(collection)! + grown : measure(ctx, collection);
  const size = intValue(collection.options.get('size'))!;
  const max = intValue(collection.options.get('max')) ?? Number.POSITIVE_INFINITY;
  const [from, to] = recordRange(collection);
  while (bytes > size || (store.counts.get(collection.id) ?? 0) > max) {
    const [oldest] = store.view.records(from, to, false, 1);
    if (oldest === undefined) break;
    const stored = new Stored(oldest.record, oldest.page, oldest.at, oldest.end);
    bytes -= stored.size;
    store.apply(deleteUnit(collection, stored));
  }
  sizes.set(collection, bytes);
}

function measure(ctx: Context, collection: Collection): number {
  let bytes = 0;
  const plan = { kind: 'collection', reverse: false, isSorted: true } as const;
  for (const batch of scan(ctx.server.store.view, collection, plan, { keys: 0, docs: 0 })) {
    for (const stored of batch) bytes += stored.size;
  }
  return bytes;
}
