import { type Doc, int, intValue, makeCollator, show, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { compileFilter } from '../query/index.ts';
import { type Collection, indexRange, recordRange } from '../storage/catalog.ts';
import { cappedOptions, cappedStats, isCapped } from './capped.ts';
import { clusteredOption, clusteredSpec } from './clustered.ts';
import {
  boolField,
  type Context,
  createCollection,
  doc,
  docField,
  findCollection,
  namespace,
  wrongType,
} from './context.ts';
import { openCursor } from './cursors.ts';
import { GENERIC_FIELDS } from './generic-fields.ts';
import { viewDefinition } from './view-definition.ts';
import { isView, notOnView } from './views.ts';
import { untilUnheld } from './wait.ts';
import { attempt } from './write.ts';

const OPTIONS = new Set([
  'collation',
  'validator',
  'validationLevel',
  'validationAction',
  'changeStreamPreAndPostImages',
]);
const REFUSED: Record<string, string> = {
  timeseries: 'A time-series collection',
  encryptedFields: 'An encrypted collection',
  storageEngine: 'The option storageEngine',
  indexOptionDefaults: 'The option indexOptionDefaults',
  expireAfterSeconds: 'The option expireAfterSeconds',
};
const NEUTRAL = new Set([
  'idIndex',
  'autoIndexId',
  'size',
  'max',
  'capped',
  'pipeline',
  'viewOn',
  'clusteredIndex',
  'flags',
]);

export async function create(ctx: Context): Promise<Doc> {
  const ns = namespace(ctx);
  let options: Doc = new Map();
  for (const [field, value] of [...ctx.body].slice(1)) {
    const refused = REFUSED[field];
    if (refused !== undefined && value !== false && value !== null) {
      throw fault(
        'CommandNotSupported',
        `${refused} is not supported by embedded-mongodb. Use a MongoDB server for it.`,
      );
    }
    if (OPTIONS.has(field) && value !== null) options.set(field, value);
    else if (!NEUTRAL.has(field) && refused === undefined && !GENERIC_FIELDS.has(field)) {
      throw fault(40415, `BSON field 'create.${field}' is an unknown field.`);
    }
  }
  checkOptions(options);
  if (boolField(ctx.body, 'capped'))
    for (const [field, value] of cappedOptions(ctx.body)) options.set(field, value);
  else if (ctx.body.has('size') || ctx.body.has('max')) {
    throw fault('InvalidOptions', "the 'size' and 'max' fields are only for capped collections");
  }
  const clustered = clusteredOption(ctx.body);
  if (clustered !== undefined) options.set('clusteredIndex', clustered);
  if (typeof ctx.body.get('viewOn') === 'string') {
    options = await viewDefinition(ctx, ns.slice(ns.indexOf('.') + 1), ctx.body);
  } else if (ctx.body.has('pipeline')) {
    throw fault('InvalidOptions', "'pipeline' requires 'viewOn' to also be specified");
  }
  const existing = ctx.server.catalog.get(ns, ctx.transaction);
  if (existing !== undefined) {
    if (sameOptions(existing.options, options)) return doc();
    throw fault('NamespaceExists', `namespace ${ns} already exists, but with different options`);
  }
  const dot = ns.indexOf('.');
  await attempt(ctx, () => createCollection(ctx, ns.slice(0, dot), ns.slice(dot + 1), options));
  return doc();
}

export function checkOptions(options: Doc): void {
  const collation = options.get('collation');
  if (collation !== undefined) {
    if (!(collation instanceof Map)) throw wrongType('create.collation', 'object', collation);
    makeCollator(collation);
  }
  const validator = options.get('validator');
  if (validator !== undefined) {
    if (!(validator instanceof Map)) throw wrongType('create.validator', 'object', validator);
    compileFilter(validator, {});
  }
  const level = options.get('validationLevel');
  if (level !== undefined && !['off', 'strict', 'moderate'].includes(level as string)) {
    throw fault(
      'BadValue',
      `Enumeration value '${level}' for field 'create.validationLevel' is not a valid value.`,
    );
  }
  const action = options.get('validationAction');
  if (action !== undefined && !['error', 'warn'].includes(action as string)) {
    throw fault(
      'BadValue',
      `Enumeration value '${action}' for field 'create.validationAction' is not a valid value.`,
    );
  }
}

function sameOptions(a: Doc, b: Doc): boolean {
  return show(a) === show(b);
}

export async function drop(ctx: Context): Promise<Doc> {
  const collection = findCollection(ctx);
  if (collection === undefined) return doc();
  const count = collection.indexes.length;
  await untilUnheld(ctx);
  if (!collection.isDropped) dropCollection(ctx, collection);
  return doc(['nIndexesWas', int(count)], ['ns', collection.ns]);
}

export function dropCollection(ctx: Context, collection: Collection): void {
  ctx.server.catalog.drop(collection);
  ctx.server.changes.dropped(collection);
}

export async function dropDatabase(ctx: Context): Promise<Doc> {
  const collections = ctx.server.catalog.list(ctx.db);
  await untilUnheld(ctx);
  for (const collection of collections) if (!collection.isDropped) dropCollection(ctx, collection);
  if (collections.length > 0) ctx.server.changes.droppedDatabase(ctx.db);
  return collections.length > 0 ? doc(['dropped', ctx.db]) : doc();
}

export async function listCollections(ctx: Context): Promise<Doc> {
  const filter = docField(ctx.body, 'filter') ?? new Map();
  const matches = compileFilter(filter, {});
  const nameOnly = boolField(ctx.body, 'nameOnly');
  const all = ctx.server.catalog
    .list(ctx.db)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((collection) => describe(collection))
    .filter(matches)
    .map((entry) => (nameOnly ? new Map([...entry].filter(([k]) => k === 'name' || k === 'type')) : entry));
  const batchSize = intValue(docField(ctx.body, 'cursor')?.get('batchSize'));
  return openCursor(ctx, `${ctx.db}.$cmd.listCollections`, fromArray(all), { batchSize });
}

function describe(collection: Collection): Doc {
  if (isView(collection)) {
    return doc(
      ['name', collection.name],
      ['type', 'view'],
      ['options', collection.options],
      ['info', doc(['readOnly', true])],
    );
  }
  const described = doc(
    ['name', collection.name],
    ['type', 'collection'],
    ['options', collection.options],
    ['info', doc(['readOnly', false], ['uuid', collection.uuid])],
  );
  if (clusteredSpec(collection) === undefined) described.set('idIndex', collection.indexes[0]!.spec);
  return described;
}

/** Results that are already there. */
export function fromArray(documents: Doc[]): AsyncIterator<Doc> & { isExhausted(): boolean } {
  let at = 0;
  return {
    next: async () =>
      at < documents.length ? { done: false, value: documents[at++]! } : { done: true, value: undefined },
    isExhausted: () => at >= documents.length,
  };
}

export function listDatabases(ctx: Context): Doc {
  const matches = compileFilter(docField(ctx.body, 'filter') ?? new Map(), {});
  const nameOnly = boolField(ctx.body, 'nameOnly');
  const names = [...new Set(ctx.server.catalog.list().map((collection) => collection.db))].sort();
  let total = 0;
  const databases: Value[] = [];
  for (const name of names) {
    const size = ctx.server.catalog.list(name).reduce((sum, c) => sum + collectionBytes(ctx, c).records, 0);
    total += size;
    const entry = doc(['name', name], ['sizeOnDisk', BigInt(size)], ['empty', false]);
    if (matches(entry)) databases.push(nameOnly ? doc(['name', name]) : entry);
  }
  const reply = doc(['databases', databases]);
  if (!nameOnly) {
    reply.set('totalSize', BigInt(total));
    reply.set('totalSizeMb', BigInt(Math.floor(total / 1048576)));
  }
  return reply;
}

export async function renameCollection(ctx: Context): Promise<Doc> {
  const from = ctx.body.get('renameCollection');
  const to = ctx.body.get('to');
  if (typeof from !== 'string' || typeof to !== 'string' || !to.includes('.')) {
    throw fault('InvalidNamespace', 'renameCollection needs full names: database.collection');
  }
  const { catalog } = ctx.server;
  const collection = catalog.get(from);
  if (collection === undefined) throw fault('NamespaceNotFound', `Source collection ${from} does not exist`);
  if (isView(collection)) throw notOnView(from);
  if (from === to) throw fault('IllegalOperation', "Can't rename a collection to itself");
  await untilUnheld(ctx);
  const target = catalog.get(to);
  if (target !== undefined) {
    if (isView(target) || !boolField(ctx.body, 'dropTarget'))
      throw fault('NamespaceExists', 'target namespace exists');
    catalog.drop(target);
  }
  const dot = to.indexOf('.');
  catalog.rename(collection, to.slice(0, dot), to.slice(dot + 1));
  ctx.server.changes.renamed(from, collection, target);
  return doc();
}

export function collectionBytes(ctx: Context, collection: Collection): { count: number; records: number } {
  const count = ctx.server.store.counts.get(collection.id) ?? 0;
  // From a sample: measuring every document would read the whole collection.
  const sample = ctx.server.store.view.scan(...recordRange(collection), false, 100);
  const bytes = sample.reduce((sum, entry) => sum + entry.value.length, 0);
  return { count, records: sample.length === 0 ? 0 : Math.round((bytes / sample.length) * count) };
}

export function collStats(ctx: Context): Doc {
  const ns = namespace(ctx);
  const collection = findCollection(ctx);
  const scale = intValue(ctx.body.get('scale')) ?? 1;
  if (collection === undefined) {
    return doc(
      ['ns', ns],
      ['size', int(0)],
      ['count', int(0)],
      ['storageSize', int(0)],
      ['totalIndexSize', int(0)],
      ['nindexes', int(0)],
      ['indexSizes', doc()],
      ['scaleFactor', int(scale)],
    );
  }
  const { count, records } = collectionBytes(ctx, collection);
  const sizes = doc(...collection.indexes.map((index): [string, Value] => [index.name, int(0)]));
  let indexBytes = 0;
  for (const index of collection.indexes) {
    const sample = ctx.server.store.view.scan(...indexRange(index), false, 100);
    const bytes = sample.reduce((sum, entry) => sum + entry.key.length + entry.value.length, 0);
    const estimate = sample.length === 0 ? 0 : Math.round((bytes / sample.length) * count);
    indexBytes += estimate;
    sizes.set(index.name, int(Math.round(estimate / scale)));
  }
  return doc(
    ['ns', ns],
    ['size', Math.round(records / scale)],
    ['count', int(count)],
    ['avgObjSize', count === 0 ? int(0) : int(Math.round(records / count))],
    ['storageSize', Math.round(records / scale)],
    ['nindexes', int(collection.indexes.length)],
    ['totalIndexSize', Math.round(indexBytes / scale)],
    ['totalSize', Math.round((records + indexBytes) / scale)],
    ['indexSizes', sizes],
    ['capped', isCapped(collection)],
    ...cappedStats(collection),
    ['scaleFactor', int(scale)],
  );
}

export function dbStats(ctx: Context): Doc {
  const collections = ctx.server.catalog.list(ctx.db);
  const sums = collections.map((collection) => collectionBytes(ctx, collection));
  const bytes = sums.reduce((sum, item) => sum + item.records, 0);
  const objects = sums.reduce((sum, item) => sum + item.count, 0);
  const scale = intValue(ctx.body.get('scale')) ?? 1;
  return doc(
    ['db', ctx.db],
    ['collections', int(collections.filter((collection) => !isView(collection)).length)],
    ['views', int(collections.filter(isView).length)],
    ['objects', int(objects)],
    ['avgObjSize', objects === 0 ? 0 : bytes / objects],
    ['dataSize', bytes / scale],
    ['storageSize', bytes / scale],
    ['indexes', int(collections.reduce((sum, one) => sum + (isView(one) ? 0 : one.indexes.length), 0))],
    ['totalSize', ctx.server.store.kv.size() / scale],
    ['scaleFactor', int(scale)],
    ['fsUsedSize', 0],
    ['fsTotalSize', 0],
  );
}
