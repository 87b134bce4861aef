import { scan } from '../planner/scan.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { indexKeys } from '../storage/index-keys.ts';
import { entry, type Stored } from '../storage/records.ts';
import { type Context, TimeSlice } from './context.ts';
import { attempt } from './write.ts';

/**
 * Fills an index from the documents there are, letting others in every few milliseconds. Whoever writes
 * meanwhile keeps the index too, so at the end it is complete. Throws DuplicateKey for a unique one.
 */
export async function buildIndex(ctx: Context, collection: Collection, index: Index): Promise<void> {
  const { store } = ctx.server;
  const slice = new TimeSlice(ctx);
  const plan = { kind: 'collection', reverse: false, isSorted: true } as const;
  for (const batch of scan(store.view, collection, plan, { keys: 0, docs: 0 })) {
    for (const stored of batch) await attempt(ctx, () => addEntries(ctx, collection, index, stored));
    const pause = slice.pause();
    if (pause !== undefined) await pause;
  }
}

function addEntries(ctx: Context, collection: Collection, index: Index, stored: Stored): void {
  const { store } = ctx.server;
  const { keys, isMultikey } = indexKeys(index, stored.doc);
  if (isMultikey) index.isMultikey = true;
  if (keys.length === 0) return;
  const changes = keys.map((key) => entry(store.view, collection, index, key, stored.record, stored.doc));
  store.apply({ changes });
}
