import { type Doc, int, intValue, show, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { normalizeIndexSpec, readIndex } from '../storage/index-spec.ts';
import { clusteredSpec } from './clustered.ts';
import { fromArray } from './collections.ts';
import {
  type Context,
  doc,
  docField,
  ensureCollection,
  findCollection,
  namespace,
  wrongType,
} from './context.ts';
import { openCursor } from './cursors.ts';
import { buildIndex } from './index-build.ts';
import { untilUnheld } from './wait.ts';
import { attempt } from './write.ts';

const MAX_INDEXES = 64;

export async function createIndexes(ctx: Context): Promise<Doc> {
  const ns = namespace(ctx);
  const given = ctx.body.get('indexes');
  if (!Array.isArray(given)) throw wrongType('createIndexes.indexes', 'array', given ?? null);
  if (given.length === 0) throw fault('BadValue', 'Must specify at least one index to create');
  const existed = ctx.server.catalog.get(ns, ctx.transaction);
  const options = existed?.options ?? new Map();
  const specs = given.map((item) => {
    if (!(item instanceof Map)) throw wrongType('createIndexes.indexes.0', 'object', item);
    return normalizeIndexSpec(item, options);
  });
  const collection = await attempt(ctx, () => ensureCollection(ctx, ns));
  const before = collection.indexes.length;
  // Whoever asks for an index that somebody else is building waits for it.
  await Promise.all(collection.indexes.map((index) => index.building));
  const fresh = specs.filter((spec) => !isKnown(collection, spec));
  if (collection.indexes.length + fresh.length > MAX_INDEXES) {
    throw fault('CannotCreateIndex', `add index fails, too many indexes for ${ns}`);
  }
  if (ctx.transaction !== undefined && collection.owner !== ctx.transaction && fresh.length > 0) {
    throw fault(
      'OperationNotSupportedInTransaction',
      `Cannot create new indexes on existing collection ${ns} in a multi-document transaction.`,
    );
  }
  for (const spec of fresh) {
    const index = readIndex(spec, collection.id, collection.nextIndex++);
    collection.indexes.push(index);
    // Its number is in the file before its first entry, so that it is never given to another one after a crash.
    ctx.server.catalog.save(collection);
    const built = Promise.withResolvers<void>();
    index.building = built.promise;
    try {
      // Transactions that wrote before the index was there have not written to it.
      if (ctx.transaction === undefined) await untilUnheld(ctx);
      await buildIndex(ctx, collection, index);
    } catch (error) {
      ctx.server.catalog.dropIndex(collection, index);
      throw error;
    } finally {
      index.building = undefined;
      built.resolve();
    }
    index.since = collection.owner === undefined ? ctx.server.store.commitNumber : 0;
    index.isReady = true;
    ctx.server.catalog.save(collection);
    ctx.server.changes.indexed(ctx.writer, 'createIndexes', collection, [index]);
  }
  const reply = doc(
    ['numIndexesBefore', int(before)],
    ['numIndexesAfter', int(collection.indexes.length)],
    ['createdCollectionAutomatically', existed === undefined],
  );
  if (fresh.length === 0) reply.set('note', 'all indexes already exist');
  return reply;
}

/** Is it there already? Throws when the name or the key stands for something else. */
function isKnown(collection: Collection, spec: Doc): boolean {
  const name = spec.get('name') as string;
  const same = collection.indexes.find((index) => signature(index.spec) === signature(spec));
  if (same !== undefined) {
    if (same.name === name || isIdIndex(spec)) {
      if (optionsText(same.spec) === optionsText(spec)) return true;
      throw fault(
        'IndexOptionsConflict',
        `An equivalent index already exists with the same name but different options. Requested index: ${show(spec)}, existing index: ${show(same.spec)}`,
      );
    }
    throw fault('IndexOptionsConflict', `Index already exists with a different name: ${same.name}`);
  }
  const named = collection.indexes.find((index) => index.name === name);
  if (named !== undefined) {
    throw fault(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${show(spec)}, existing index: ${show(named.spec)}`,
    );
  }
  return false;
}

const isIdIndex = (spec: Doc): boolean => {
  const key = spec.get('key') as Doc;
  return key.size === 1 && key.has('_id');
};

/** Indexes with the same key, filter, collation, uniqueness and sparseness are the same index. */
function signature(spec: Doc): string {
  const key = keyText(spec.get('key') as Doc);
  const rest = ['partialFilterExpression', 'collation', ...(isIdIndex(spec) ? [] : ['unique']), 'sparse'];
  return [key, ...rest.map((option) => show(spec.get(option)))].join('|');
}

function optionsText(spec: Doc): string {
  return ['expireAfterSeconds', 'hidden']
    .filter((option) => spec.has(option))
    .map((option) => `${option}=${show(spec.get(option))}`)
    .join();
}

export async function listIndexes(ctx: Context): Promise<Doc> {
  const ns = namespace(ctx);
  const collection = findCollection(ctx);
  if (collection === undefined) throw fault('NamespaceNotFound', `ns does not exist: ${ns}`);
  const clustered = clusteredSpec(collection);
  const specs = collection.indexes
    .filter((index) => index.isReady)
    .map((index, i) => (i === 0 && clustered !== undefined ? clustered : index.spec));
  const batchSize = intValue(docField(ctx.body, 'cursor')?.get('batchSize'));
  return openCursor(ctx, ns, fromArray(specs), { batchSize });
}

export async function dropIndexes(ctx: Context): Promise<Doc> {
  const ns = namespace(ctx);
  const collection = findCollection(ctx);
  if (collection === undefined) throw fault('NamespaceNotFound', `ns not found ${ns}`);
  const before = collection.indexes.length;
  const chosen = chooseIndexes(collection, ctx.body.get('index'));
  await untilUnheld(ctx);
  for (const index of chosen) ctx.server.catalog.dropIndex(collection, index);
  ctx.server.changes.indexed(ctx.writer, 'dropIndexes', collection, chosen);
  const reply = doc(['nIndexesWas', int(before)]);
  if (ctx.body.get('index') === '*') reply.set('msg', 'non-_id indexes dropped for collection');
  return reply;
}

function chooseIndexes(collection: Collection, which: Value | undefined): Index[] {
  const { indexes } = collection;
  if (which === '*') return indexes.filter((index) => index.name !== '_id_');
  const names = Array.isArray(which) ? which : [which];
  return names.map((name) => {
    const found = findIndex(collection, name);
    if (found === undefined) {
      throw fault(
        'IndexNotFound',
        name instanceof Map
          ? `can't find index with key: ${show(name)}`
          : `index not found with name [${String(name)}]`,
      );
    }
    if (found.name === '_id_') throw fault('InvalidOptions', 'cannot drop _id index');
    return found;
  });
}

/** By its name or by its key. */
export function findIndex(collection: Collection, which: Value | undefined): Index | undefined {
  return collection.indexes.find((index) =>
    which instanceof Map ? keyText(index.spec.get('key') as Doc) === keyText(which) : index.name === which,
  );
}

/** Directions count by their sign; kinds such as `2dsphere` by their name. */
const keyText = (key: Doc): string =>
  [...key]
    .map(([field, value]) => `${field}:${typeof value === 'string' ? value : intValue(value)! < 0 ? -1 : 1}`)
    .join();
