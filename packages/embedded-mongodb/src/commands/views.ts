import {
  type Doc,
  int,
  keyBytes,
  makeCollator,
  parsePath,
  show,
  type Value,
  visitPath,
} from '../bson/index.ts';
import { fault } from '../errors.ts';
import type { Collection } from '../storage/catalog.ts';
import { aggregate, pipelineResults } from './aggregate.ts';
import { boolField, type Context, doc, docField, intField } from './context.ts';
import { explain } from './explain.ts';

/** Longer chains of views on views are refused, as MongoDB does. */
const MAX_DEPTH = 20;
const SIMPLE: Doc = new Map([['locale', 'simple']]);

export function isView(collection: Collection | undefined): boolean {
  return collection?.options.has('viewOn') === true;
}

/** The view that a command names, if it names one. */
export function viewOf(ctx: Context): Collection | undefined {
  const { body, name } = ctx;
  const target = name === 'explain' ? docField(body, 'explain')?.values().next().value : body.get(name);
  if (typeof target !== 'string') return undefined;
  const found = ctx.server.catalog.get(`${ctx.db}.${target}`, ctx.transaction);
  return isView(found) ? found : undefined;
}

/** A command on a view: reads become a pipeline over what it is on; what would write is refused. */
export async function runOnView(ctx: Context, view: Collection): Promise<Doc | undefined> {
  switch (ctx.name) {
    case 'aggregate':
      return open(ctx, view, ctx.body, stagesIn(ctx.body));
    case 'find':
      return find(ctx, view);
    case 'count':
      return count(ctx, view);
    case 'distinct':
      return distinct(ctx, view);
    case 'explain':
      return explainView(ctx, view);
    // These are about the view itself.
    case 'create':
    case 'drop':
    case 'collMod':
      return undefined;
    default:
      throw notOnView(view.ns);
  }
}

export function notOnView(ns: string): Error {
  return fault('CommandNotSupportedOnView', `Namespace ${ns} is a view, not a collection`);
}

/** What a view comes down to: a collection, and the stages over it. */
export interface Resolved {
  base: string;
  stages: Doc[];
  collation: Doc;
}

export function resolveView(ctx: Context, view: Collection): Resolved {
  let stages: Doc[] = [];
  let at: Collection | undefined = view;
  let base = view.name;
  for (let depth = 0; at !== undefined && isView(at); depth++) {
    if (depth > MAX_DEPTH)
      throw fault('ViewDepthLimitExceeded', `View depth too deep or a cycle: ${view.ns}`);
    stages = [...(at.options.get('pipeline') as Doc[]), ...stages];
    base = at.options.get('viewOn') as string;
    at = ctx.server.catalog.get(`${view.db}.${base}`, ctx.transaction);
  }
  return { base, stages, collation: collationOf(view) };
}

function collationOf(view: Collection): Doc {
  const collation = view.options.get('collation');
  return collation instanceof Map ? collation : SIMPLE;
}

/** The same command as a pipeline over the collection below. */
function overBase(ctx: Context, view: Collection, body: Doc, stages: Doc[]): Context {
  const given = docField(body, 'collation');
  const { base, stages: own, collation } = resolveView(ctx, view);
  if (given !== undefined && show(given) !== show(collation)) {
    throw fault('OptionNotSupportedOnView', "Cannot override a view's default collation");
  }
  const inner: Doc = new Map<string, Value>([
    ['aggregate', base],
    ['pipeline', [...own, ...stages]],
    ['cursor', new Map()],
    ['collation', collation],
  ]);
  for (const field of ['cursor', 'hint', 'let', 'allowDiskUse', 'readConcern', 'maxTimeMS']) {
    const value = body.get(field);
    if (value !== undefined && value !== null) inner.set(field, value);
  }
  return { ...ctx, name: 'aggregate', body: inner };
}

async function open(ctx: Context, view: Collection, body: Doc, stages: Doc[]): Promise<Doc> {
  if (stages[0]?.has('$changeStream')) throw notOnView(view.ns);
  const inner = overBase(ctx, view, body, stages);
  if (ctx.name === 'aggregate' && boolField(body, 'explain')) inner.body.set('explain', true);
  const reply = await aggregate(inner);
  if (inner.body.has('explain')) return reply;
  const cursor = reply.get('cursor') as Doc;
  cursor.set('ns', view.ns);
  const id = cursor.get('id') as bigint;
  if (id !== 0n) ctx.server.cursors.get(id).ns = view.ns;
  return reply;
}

async function find(ctx: Context, view: Collection): Promise<Doc> {
  const body = new Map(ctx.body);
  const batchSize = body.get('batchSize');
  if (batchSize !== undefined) body.set('cursor', doc(['batchSize', batchSize]));
  const reply = await open(ctx, view, body, findStages(ctx.body));
  const cursor = reply.get('cursor') as Doc;
  if (boolField(body, 'singleBatch')) {
    ctx.server.cursors.kill(cursor.get('id') as bigint);
    cursor.set('id', 0n);
  }
  return reply;
}

const UNSUPPORTED = ['min', 'max', 'returnKey', 'showRecordId', 'tailable', 'awaitData', 'noCursorTimeout'];

function findStages(body: Doc): Doc[] {
  for (const option of UNSUPPORTED) {
    const value = body.get(option);
    if (value !== undefined && value !== null && value !== false) {
      throw fault('InvalidPipelineOperator', `Option ${option} not supported in aggregation.`);
    }
  }
  const stages: Doc[] = [];
  const filter = docField(body, 'filter');
  const sort = docField(body, 'sort');
  const skip = intField(body, 'skip') ?? 0;
  const limit = intField(body, 'limit') ?? 0;
  const projection = docField(body, 'projection');
  if (sort?.has('$natural'))
    throw fault('InvalidPipelineOperator', 'Sort option $natural not supported on views.');
  if (filter !== undefined && filter.size > 0) stages.push(doc(['$match', filter]));
  if (sort !== undefined && sort.size > 0) stages.push(doc(['$sort', sort]));
  if (skip !== 0) stages.push(doc(['$skip', int(skip)]));
  if (limit !== 0) stages.push(doc(['$limit', int(limit)]));
  if (projection !== undefined && projection.size > 0) stages.push(doc(['$project', projection]));
  return stages;
}

async function count(ctx: Context, view: Collection): Promise<Doc> {
  const fields = new Map(ctx.body);
  fields.set('filter', fields.get('query') ?? new Map());
  for (const field of ['projection', 'sort']) fields.delete(field);
  fields.set('limit', int(Math.abs(intField(fields, 'limit') ?? 0)));
  const stages = [...findStages(fields), doc(['$count', 'n'])];
  const found = await results(ctx, view, stages);
  const { value } = await found.next();
  return doc(['n', value?.get('n') ?? int(0)]);
}

async function distinct(ctx: Context, view: Collection): Promise<Doc> {
  const key = ctx.body.get('key');
  if (typeof key !== 'string') throw fault('TypeMismatch', "BSON field 'distinct.key' must be a string");
  const filter = docField(ctx.body, 'query') ?? new Map();
  const found = await results(ctx, view, [doc(['$match', filter])]);
  const collator = makeCollator(collationOf(view));
  const values = new Map<string, Value>();
  const path = parsePath(key);
  for (let step = await found.next(); !step.done; step = await found.next()) {
    visitPath(step.value, path, 'expand', (value) => {
      if (value === undefined || Array.isArray(value)) return false;
      const name = Buffer.from(keyBytes([value], [1], collator)).latin1Slice();
      if (!values.has(name)) values.set(name, value);
      return false;
    });
  }
  return doc(['values', [...values.values()]]);
}

function explainView(ctx: Context, view: Collection): Promise<Doc> {
  const command = docField(ctx.body, 'explain')!;
  const name = command.keys().next().value;
  if (name !== 'find' && name !== 'aggregate' && name !== 'count' && name !== 'distinct') {
    throw notOnView(view.ns);
  }
  const query =
    name === 'count' || name === 'distinct' ? doc(['filter', command.get('query') ?? new Map()]) : command;
  const stages = name === 'aggregate' ? stagesIn(command) : findStages(query);
  const { body } = overBase(ctx, view, command, stages);
  return explain({ ...ctx, body: new Map([...ctx.body, ['explain', body]]) });
}

/** What a view gives, one by one. */
function results(ctx: Context, view: Collection, stages: Doc[]): Promise<AsyncIterator<Doc>> {
  const inner = overBase(ctx, view, ctx.body, stages);
  const base = `${ctx.db}.${inner.body.get('aggregate') as string}`;
  const collection = ctx.server.catalog.get(base, ctx.transaction);
  return pipelineResults(inner, collection, inner.body.get('pipeline') as Doc[]);
}

/** A view's documents that match, for a `$lookup` and its like in another collection's pipeline. */
export async function* documentsOfView(ctx: Context, view: Collection, filter: Doc): AsyncGenerator<Doc> {
  const plain: Context = { ...ctx, db: view.db, body: new Map() };
  const found = await results(plain, view, filter.size === 0 ? [] : [doc(['$match', filter])]);
  for (let step = await found.next(); !step.done; step = await found.next()) yield step.value;
}

function stagesIn(body: Doc): Doc[] {
  const pipeline = body.get('pipeline');
  if (!Array.isArray(pipeline))
    throw fault('TypeMismatch', "BSON field 'aggregate.pipeline' must be an array");
  return pipeline as Doc[];
}
