import { fault } from '../errors.ts';
import { load, scan } from '../planner/scan.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { indexKeys } from '../storage/index-keys.ts';
import { entry } from '../storage/records.ts';
import { type Context, TimeSlice } from './context.ts';
import { attempt } from './write.ts';

/**
 * Fills an index from the documents there are, letting others in every few milliseconds. Whoever writes
 * meanwhile keeps the index too, so at the end it is complete. Throws DuplicateKey for a unique one.
 */
export async function buildIndex(ctx: Context, collection: Collection, index: Index): Promise<void> {
  const slice = new TimeSlice(ctx);
  const plan = { kind: 'collection', reverse: false, isSorted: true } as const;
  for (const batch of scan(ctx.view, collection, plan, { keys: 0, docs: 0 })) {
    if (!collection.indexes.includes(index)) {
      throw fault(276, `Index build failed: index '${index.name}' was dropped while it was being built`);
    }
    for (const { record } of batch) await attempt(ctx, () => addEntries(ctx, collection, index, record));
    const pause = slice.pause();
    if (pause !== undefined) await pause;
  }
}

function addEntries(ctx: Context, collection: Collection, index: Index, record: number): void {
  // As it is now: this may have waited for a transaction that changed it.
  const stored = load(ctx.view, collection, record);
  if (stored === undefined) return;
  const { keys, isMultikey } = indexKeys(index, stored.doc);
  if (isMultikey) index.isMultikey = true;
  if (keys.length === 0) return;
  const changes = keys.map((key) => entry(ctx.view, collection, index, key, record, stored.doc));
  ctx.writer.apply({ changes });
}
