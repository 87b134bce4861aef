import { type Doc, int, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { compileProjection } from '../query/index.ts';
import {
  boolField,
  type Context,
  doc,
  docField,
  ensureCollection,
  findCollection,
  namespace,
} from './context.ts';
import { findFirst, locate } from './locate.ts';
import { arrayFiltersOf, compile, type UpdateStatement } from './update.ts';
import { variablesOf } from './variables.ts';
import {
  attempt,
  deleteStored,
  insertOne,
  recorded,
  recordOnly,
  replaceStored,
  statementId,
  withIdFirst,
} from './write.ts';

/** `findAndModify`: changes or removes one document and returns it, as it was or as it became. */
export async function findAndModify(ctx: Context): Promise<Doc> {
  namespace(ctx);
  const id = statementId(ctx, 0);
  const known = recorded(ctx, id);
  if (known !== undefined) {
    return new Map([...known, ['retriedStmtId', int(id)]]);
  }
  return boolField(ctx.body, 'remove') ? removeOne(ctx, id) : updateOne(ctx, id);
}

function fieldsOf(ctx: Context) {
  return {
    filter: docField(ctx.body, 'query') ?? new Map(),
    sort: docField(ctx.body, 'sort'),
    collation: docField(ctx.body, 'collation'),
    hint: ctx.body.get('hint'),
    variables: variablesOf(ctx),
  };
}

async function removeOne(ctx: Context, id: number): Promise<Doc> {
  const { body } = ctx;
  if (body.has('update')) throw fault('FailedToParse', 'Cannot specify both an update and remove=true');
  if (boolField(body, 'upsert'))
    throw fault('FailedToParse', 'Cannot specify both upsert=true and remove=true');
  if (boolField(body, 'new')) {
    throw fault(
      'FailedToParse',
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  }
  const fields = fieldsOf(ctx);
  const collection = findCollection(ctx);
  const project = projector(ctx, fields);
  locate(ctx, collection, fields);
  const nothing = doc(['lastErrorObject', doc(['n', int(0)])], ['value', null]);
  if (collection === undefined) return nothing;
  return attempt(ctx, async () => {
    const found = await findFirst(ctx, collection, locate(ctx, collection, fields));
    if (found === undefined) return nothing;
    const reply = doc(['lastErrorObject', doc(['n', int(1)])], ['value', project(found.doc)]);
    deleteStored(ctx, collection, found, { id, result: reply });
    return reply;
  });
}

async function updateOne(ctx: Context, id: number): Promise<Doc> {
  const { body } = ctx;
  const given = body.get('update');
  if (given === undefined) throw fault('FailedToParse', 'Either an update or remove=true must be specified');
  if (!(given instanceof Map) && !Array.isArray(given)) {
    throw fault('FailedToParse', 'Update argument must be either an object or an array');
  }
  const fields = fieldsOf(ctx);
  const statement: UpdateStatement = {
    ...fields,
    update: given,
    isMulti: false,
    isUpsert: boolField(body, 'upsert'),
    arrayFilters: arrayFiltersOf(body),
  };
  const isAfter = boolField(body, 'new');
  const project = projector(ctx, fields);
  const existing = findCollection(ctx);
  compile(ctx, locate(ctx, existing, fields), statement);
  if (existing === undefined && !statement.isUpsert) return updated(0, false, null);
  const collection = existing ?? (await attempt(ctx, () => ensureCollection(ctx)));
  return attempt(ctx, async () => {
    const located = locate(ctx, collection, fields);
    const updater = compile(ctx, located, statement);
    const found = await findFirst(ctx, collection, located);
    if (found === undefined) {
      if (!statement.isUpsert) return updated(0, false, null);
      const document = withIdFirst(updater.insert());
      const reply = updated(1, false, isAfter ? project(document) : null, document.get('_id'));
      insertOne(ctx, collection, document, undefined, { id, result: reply });
      return reply;
    }
    const after = updater.apply(found.doc);
    const reply = updated(1, true, project(isAfter ? (after ?? found.doc) : found.doc));
    if (after === undefined) recordOnly(ctx, { id, result: reply });
    else replaceStored(ctx, collection, found, after, updater.isReplacement, { id, result: reply });
    return reply;
  });
}

function updated(n: number, isExisting: boolean, value: Value, upserted?: Value): Doc {
  const last = doc(['n', int(n)], ['updatedExisting', isExisting]);
  if (upserted !== undefined) last.set('upserted', upserted);
  return doc(['lastErrorObject', last], ['value', value]);
}

function projector(ctx: Context, { filter }: { filter: Doc }): (document: Doc) => Doc {
  const fields = docField(ctx.body, 'fields');
  if (fields === undefined || fields.size === 0) return (document) => document;
  return compileProjection(fields, { filter, now: ctx.server.now() });
}
