import { type Doc, int, show, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { readIndex } from '../storage/index-spec.ts';
import { checkOptions } from './collections.ts';
import { type Context, doc, findCollection, namespace, wrongType } from './context.ts';
import { GENERIC_FIELDS } from './generic-fields.ts';
import { buildIndex } from './index-build.ts';
import { findIndex } from './indexes.ts';
import { duplicatesIn } from './unique-violations.ts';
import { viewDefinition } from './view-definition.ts';
import { isView } from './views.ts';
import { untilUnheld } from './wait.ts';

const OPTIONS = ['validator', 'validationLevel', 'validationAction', 'changeStreamPreAndPostImages'];
const NOT_HERE = ['cappedSize', 'cappedMax', 'timeseries', 'expireAfterSeconds', 'viewOn', 'pipeline'];

/** `collMod`: the validator, an index's expiry, visibility or uniqueness, a view's definition. */
export async function collMod(ctx: Context): Promise<Doc> {
  const ns = namespace(ctx);
  const collection = findCollection(ctx);
  if (collection === undefined) throw fault('NamespaceNotFound', `ns does not exist: ${ns}`);
  const given = [...ctx.body].slice(1).filter(([field]) => !GENERIC_FIELDS.has(field));
  if (isView(collection)) {
    const other = given.find(([field]) => field !== 'viewOn' && field !== 'pipeline');
    if (other !== undefined) throw fault('InvalidOptions', `option not supported on a view: ${other[0]}`);
    const definition = new Map([...collection.options, ...ctx.body]);
    collection.options = await viewDefinition(ctx, collection.name, definition);
    ctx.server.catalog.save(collection);
    return doc();
  }
  for (const [field] of given) {
    if (NOT_HERE.includes(field)) {
      throw fault('CommandNotSupported', `collMod with '${field}' is not supported by embedded-mongodb.`);
    }
    if (field !== 'index' && !OPTIONS.includes(field)) {
      throw fault(40415, `BSON field 'collMod.${field}' is an unknown field.`);
    }
  }
  const options = new Map([...collection.options, ...given.filter(([field]) => OPTIONS.includes(field))]);
  checkOptions(options);
  const reply = doc();
  const change = ctx.body.get('index');
  if (change !== undefined) await modifyIndex(ctx, collection, change, reply);
  collection.options = options;
  ctx.server.catalog.save(collection);
  ctx.server.changes.modified(collection, new Map(given));
  return reply;
}

async function modifyIndex(ctx: Context, collection: Collection, change: Value, reply: Doc): Promise<void> {
  if (!(change instanceof Map)) throw wrongType('collMod.index', 'object', change);
  const which = change.get('name') ?? change.get('keyPattern');
  const index = findIndex(collection, which);
  if (index === undefined) {
    throw fault('IndexNotFound', `cannot find index ${show(which)} for ns ${collection.ns}`);
  }
  if (change.get('unique') === true && !index.unique) {
    await makeUnique(ctx, collection, index);
    reply.set('unique_new', true);
    return;
  }
  const spec: Doc = new Map(index.spec);
  for (const option of ['expireAfterSeconds', 'hidden', 'prepareUnique']) {
    const value = change.get(option);
    if (value === undefined) continue;
    const isFlag = option !== 'expireAfterSeconds';
    const old = spec.get(option);
    if (isFlag && value === false) spec.delete(option);
    else spec.set(option, value);
    reply.set(`${option}_old`, old ?? (isFlag ? false : int(0)));
    reply.set(`${option}_new`, value);
  }
  const { hidden, expireAfterSeconds, prepareUnique } = readIndex(spec, collection.id, index.id);
  Object.assign(index, { spec, hidden, expireAfterSeconds, prepareUnique });
}

/** The index is built anew as a unique one, and takes the old one's place when that has worked. */
async function makeUnique(ctx: Context, collection: Collection, index: Index): Promise<void> {
  if (!index.prepareUnique) {
    throw fault(
      'InvalidOptions',
      `Cannot make index ${index.name} unique with collMod: run collMod with prepareUnique: true first`,
    );
  }
  const violations = await duplicatesIn(ctx, collection, index);
  if (violations.length > 0) {
    const found = fault(
      359,
      'Cannot convert the index to unique. Please resolve conflicting documents first.',
    );
    throw Object.assign(found, { extra: { violations } });
  }
  const spec: Doc = new Map(index.spec);
  spec.delete('prepareUnique');
  spec.set('unique', true);
  const unique = readIndex(spec, collection.id, collection.nextIndex++);
  collection.indexes.push(unique);
  ctx.server.catalog.save(collection);
  try {
    await untilUnheld(ctx);
    await buildIndex(ctx, collection, unique);
  } catch (error) {
    ctx.server.catalog.dropIndex(collection, unique);
    throw error;
  }
  unique.since = ctx.server.store.commitNumber;
  unique.isReady = true;
  ctx.server.catalog.dropIndex(collection, index);
}
