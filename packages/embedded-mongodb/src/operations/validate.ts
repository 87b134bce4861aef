import { type Doc, decode, int, type Value } from '../bson/index.ts';
import { type Context, doc, findCollection, namespace, TimeSlice } from '../commands/context.ts';
import { fault } from '../errors.ts';
import { successor } from '../storage/bytes.ts';
import { type Collection, indexRange, recordRange } from '../storage/catalog.ts';
import type { Entry, View } from '../storage/kv.ts';
import { Problems } from './check.ts';
import type { CatalogueEntry } from './check-catalogue.ts';
import { IndexCheck } from './check-index.ts';

const STEP = 500;

/** `validate`: every document of a collection and every entry of its indexes, as of now, while others go on. */
export async function validateCollection(ctx: Context): Promise<Doc> {
  if (ctx.body.get('repair') === true || ctx.body.get('metadata') === true) {
    throw fault('CommandNotSupported', 'validate here takes neither repair nor metadata: restore a backup.');
  }
  const collection = findCollection(ctx);
  if (collection === undefined) {
    throw fault('NamespaceNotFound', `Collection '${namespace(ctx)}' does not exist to validate.`);
  }
  const snapshot = ctx.server.store.snapshot();
  try {
    return await inspect(ctx, collection, snapshot.view);
  } finally {
    snapshot.release();
  }
}

async function inspect(ctx: Context, collection: Collection, view: View): Promise<Doc> {
  const problems = new Problems();
  const entry: CatalogueEntry = { ...collection, count: 0, found: 0, indexes: [...collection.indexes] };
  const count = ctx.server.store.counts.get(collection.id) ?? 0;
  const indexes = new IndexCheck(view, { collections: [entry], isPurged: () => false }, problems);
  let invalid = 0;
  for await (const { key, value } of entries(ctx, view, ...recordRange(collection))) {
    entry.found++;
    try {
      indexes.expect(entry, decode(value), key);
    } catch (error) {
      invalid++;
      problems.add(`${collection.ns}: a document cannot be read: ${(error as Error).message}`);
    }
  }
  const keys: Doc = new Map();
  const details: Doc = new Map();
  for (const index of entry.indexes) {
    let found = 0;
    for await (const { key } of entries(ctx, view, ...indexRange(index))) {
      indexes.note(key);
      found++;
    }
    keys.set(index.name, int(found));
    details.set(index.name, doc(['valid', true], ['spec', index.spec]));
  }
  indexes.finish();
  if (count !== entry.found) problems.add(`${entry.found} documents are there, ${count} were counted`);
  for (const index of entry.indexes) {
    if (problems.listed.some((text) => text.includes(`index ${index.name} `))) {
      details.set(index.name, doc(['valid', false], ['spec', index.spec]));
    }
  }
  return doc(
    ['ns', collection.ns],
    ['uuid', collection.uuid],
    ['nInvalidDocuments', int(invalid)],
    ['nrecords', int(entry.found)],
    ['nIndexes', int(entry.indexes.length)],
    ['keysPerIndex', keys],
    ['indexDetails', details],
    ['valid', problems.count === 0],
    ['repaired', false],
    ['warnings', []],
    ['errors', problems.listed as Value[]],
  );
}

async function* entries(ctx: Context, view: View, from: Uint8Array, to: Uint8Array): AsyncGenerator<Entry> {
  const slice = new TimeSlice(ctx);
  for (let at = from; ; ) {
    const batch = view.scan(at, to, false, STEP);
    yield* batch;
    if (batch.length < STEP) return;
    at = successor(batch.at(-1)!.key);
    const pause = slice.pause();
    if (pause !== undefined) await pause;
  }
}
