import type { Doc, Value } from '../bson/index.ts';
import { load, scan } from '../planner/scan.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { indexKeys } from '../storage/index-keys.ts';
import { type Context, doc, TimeSlice } from './context.ts';

/** More than this are not told: the first ones say what is to be mended. */
const MAX_TOLD = 100;

/** Groups of documents that have a key of the index in common, by their ids, as `collMod` tells them. */
export async function duplicatesIn(ctx: Context, collection: Collection, index: Index): Promise<Doc[]> {
  const slice = new TimeSlice(ctx);
  // In the order of the index equal keys come after one another: nothing but the last one is held.
  const plan = {
    kind: 'index',
    index,
    ranges: [{ from: new Uint8Array(0), to: Uint8Array.of(0xff) }],
    reverse: false,
    isSorted: true,
    isExact: false,
  } as const;
  const groups: Value[][] = [];
  let last: { keys: Set<string>; ids: Value[] } | undefined;
  const close = (): void => {
    if (last !== undefined && last.ids.length > 1) groups.push(last.ids);
    last = undefined;
  };
  const whole = { ...plan, ranges: [...plan.ranges] };
  for (const batch of scan(ctx.view, collection, whole, { keys: 0, docs: 0 })) {
    for (const { record } of batch) {
      const stored = load(ctx.view, collection, record);
      if (stored === undefined) continue;
      const keys = indexKeys(index, stored.doc).keys.map((key) => Buffer.from(key).latin1Slice());
      const id = stored.doc.get('_id') ?? null;
      if (last !== undefined && keys.some((key) => last!.keys.has(key))) {
        last.ids.push(id);
        continue;
      }
      close();
      last = { keys: new Set(keys), ids: [id] };
    }
    if (groups.length >= MAX_TOLD) break;
    const pause = slice.pause();
    if (pause !== undefined) await pause;
  }
  close();
  return groups.slice(0, MAX_TOLD).map((ids) => doc(['ids', ids]));
}
