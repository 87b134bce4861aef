import { successor } from './bytes.ts';
import type { Catalog, Collection, Index } from './catalog.ts';
import { indexRange, recordRange } from './catalog.ts';
import { DamagedFileError, type Kv } from './kv.ts';
import type { Store } from './store.ts';

const BLOCKS = 4;

/**
 * Looks for what a read alone would not notice: documents that are no longer found, and index entries that are out
 * of place. (A document that is damaged itself is noticed by whoever reads it.) Works in small steps; between two of
 * them others may read and write. Throws {@link DamagedFileError}.
 */
export function* scrub(store: Store, catalog: Catalog): Generator<void> {
  for (const collection of catalog.list()) {
    yield* countSlowly(store.kv, ...recordRange(collection));
    assertCount(store, collection, 'documents', recordRange(collection));
    for (const index of [...collection.indexes]) {
      if (!index.isReady || isGone(collection, index)) continue;
      yield* walk(store.kv, collection, index);
      if (isGone(collection, index) || !hasEntryForEach(index)) continue;
      yield* countSlowly(store.kv, ...indexRange(index));
      if (!isGone(collection, index))
        assertCount(store, collection, `index ${index.name}`, indexRange(index));
    }
  }
}

function* walk(kv: Kv, collection: Collection, index: Index): Generator<void> {
  let [from, to] = indexRange(index);
  while (!isGone(collection, index)) {
    const last = kv.checkEntries(from, to);
    if (last === undefined) return;
    if (last === 'damaged') throw damaged(collection, `index ${index.name}`);
    from = successor(last);
    yield;
  }
}

function* countSlowly(kv: Kv, from: Uint8Array, to: Uint8Array): Generator<void> {
  while (!kv.prepareCount(from, to, BLOCKS)) yield;
}

function assertCount(
  store: Store,
  collection: Collection,
  what: string,
  range: [Uint8Array, Uint8Array],
): void {
  // A transaction's or a batch's writes are in both, or in neither.
  const expected = store.counts.get(collection.id) ?? 0;
  if (!collection.isDropped && store.kv.count(...range) !== expected) throw damaged(collection, what);
}

const isGone = (collection: Collection, index: Index): boolean =>
  collection.isDropped || !collection.indexes.includes(index);

function hasEntryForEach(index: Index): boolean {
  return !index.sparse && index.geo === undefined && index.partial === undefined && !index.isMultikey;
}

function damaged(collection: Collection, what: string): DamagedFileError {
  return new DamagedFileError(`The data file is damaged (${collection.ns}, ${what}). Restore a backup.`);
}
