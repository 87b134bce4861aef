import { type Doc, int, Timestamp, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { load } from '../planner/scan.ts';
import { compilePositional } from '../query/index.ts';
import type { Collection } from '../storage/catalog.ts';
import { compileUpdate, upsertSeed } from '../update/index.ts';
import {
  boolField,
  type Context,
  doc,
  docField,
  ensureCollection,
  findCollection,
  namespace,
  TimeSlice,
} from './context.ts';
import { documentsOf } from './insert.ts';
import { findAll, findFirst, type Located, locate } from './locate.ts';
import { variablesOf } from './variables.ts';
import {
  attempt,
  insertOne,
  recorded,
  recordOnly,
  replaceStored,
  statementId,
  withIdFirst,
  writeError,
} from './write.ts';

/** One statement of `update`, or the update half of `findAndModify`. */
export interface UpdateStatement {
  filter: Doc;
  update: Doc | Value[];
  isMulti: boolean;
  isUpsert: boolean;
  arrayFilters?: Doc[];
  collation?: Doc;
  hint?: Value;
  sort?: Doc;
  variables?: Doc;
}

export interface UpdateOutcome {
  matched: number;
  modified: number;
  upsertedId?: Value;
}

export async function update(ctx: Context): Promise<Doc> {
  const statements = documentsOf(ctx, 'updates');
  const variables = variablesOf(ctx);
  const errors: Value[] = [];
  const upserted: Value[] = [];
  const retried: Value[] = [];
  const total = { matched: 0, modified: 0 };
  namespace(ctx);
  for (let i = 0; i < statements.length; i++) {
    const id = statementId(ctx, i);
    try {
      const known = recorded(ctx, id);
      if (known !== undefined) retried.push(int(id));
      const outcome =
        known !== undefined
          ? readOutcome(known)
          : await updateDocuments(ctx, parseStatement(ctx, statements[i]!.document(), variables), id);
      total.matched += outcome.matched;
      total.modified += outcome.modified;
      if (outcome.upsertedId !== undefined)
        upserted.push(doc(['index', int(i)], ['_id', outcome.upsertedId]));
    } catch (error) {
      errors.push(writeError(ctx, i, error));
      if (ctx.body.get('ordered') !== false) break;
    }
  }
  const reply = doc(['n', int(total.matched + upserted.length)], ['nModified', int(total.modified)]);
  if (upserted.length > 0) reply.set('upserted', upserted);
  if (errors.length > 0) reply.set('writeErrors', errors);
  if (retried.length > 0) reply.set('retriedStmtIds', retried);
  return reply;
}

const STATEMENT_FIELDS = new Set([
  'q',
  'u',
  'c',
  'upsert',
  'multi',
  'arrayFilters',
  'collation',
  'hint',
  'sort',
  'sampleId',
  'upsertSupplied',
]);

export function parseStatement(ctx: Context, statement: Doc, variables: Doc | undefined): UpdateStatement {
  for (const field of statement.keys()) {
    if (!STATEMENT_FIELDS.has(field)) {
      throw fault(40415, `BSON field 'update.updates.${field}' is an unknown field.`);
    }
  }
  const filter = docField(statement, 'q');
  if (filter === undefined)
    throw fault(40414, "BSON field 'update.updates.q' is missing but a required field");
  const change = statement.get('u');
  if (!(change instanceof Map) && !Array.isArray(change)) {
    throw fault('FailedToParse', 'Update argument must be either an object or an array');
  }
  const isMulti = boolField(statement, 'multi');
  if (isMulti && ctx.isRetryable) {
    throw fault('InvalidOptions', 'Cannot use (or request) retryable writes with multi=true');
  }
  const constants = docField(statement, 'c');
  return {
    filter,
    update: change,
    isMulti,
    isUpsert: boolField(statement, 'upsert'),
    arrayFilters: arrayFiltersOf(statement),
    collation: docField(statement, 'collation'),
    hint: statement.get('hint'),
    sort: docField(statement, 'sort'),
    variables: constants || variables ? new Map([...(variables ?? []), ...(constants ?? [])]) : undefined,
  };
}

export function arrayFiltersOf(body: Doc): Doc[] | undefined {
  const filters = body.get('arrayFilters');
  if (filters === undefined || filters === null) return undefined;
  if (!Array.isArray(filters)) throw fault('TypeMismatch', 'arrayFilters must be an array');
  return filters.map((filter) => {
    if (!(filter instanceof Map)) throw fault('TypeMismatch', 'Each array filter must be an object');
    return filter;
  });
}

/** An update ready to be applied to what was found. */
export interface Updater {
  isReplacement: boolean;
  /** Undefined when nothing changes. */
  apply(document: Doc): Doc | undefined;
  /** The document an upsert inserts. */
  insert(): Doc;
}

export function compile(ctx: Context, located: Located, statement: UpdateStatement): Updater {
  const options = { collation: located.collator, let: statement.variables, now: ctx.server.now() };
  const run = compileUpdate(statement.update as Doc | Doc[], {
    ...options,
    arrayFilters: statement.arrayFilters,
  });
  if (run.kind === 'replacement' && statement.isMulti) {
    throw fault('FailedToParse', 'multi update is not supported for replacement-style update');
  }
  const position = run.needsPosition ? compilePositional(statement.filter, options) : undefined;
  const timestamp = (): Value => {
    const { seconds, increment } = ctx.server.store.clock.tick();
    return new Timestamp(seconds, increment);
  };
  const context = { now: options.now, timestamp };
  return {
    isReplacement: run.kind === 'replacement',
    apply: (document) => {
      const { doc: after, modified } = run(document, { ...context, matchedArrayIndex: position?.(document) });
      return modified ? after : undefined;
    },
    insert: () => run(upsertSeed(statement.filter), { ...context, isInsert: true }).doc,
  };
}

/** Runs one statement; `id` is where its result is remembered for a retry. */
export async function updateDocuments(
  ctx: Context,
  statement: UpdateStatement,
  id: number,
): Promise<UpdateOutcome> {
  const existing = findCollection(ctx);
  const probe = locate(ctx, existing, statement);
  compile(ctx, probe, statement);
  if (existing === undefined && !statement.isUpsert) return remember(ctx, id, { matched: 0, modified: 0 });
  const collection = existing ?? (await attempt(ctx, () => ensureCollection(ctx)));
  if (statement.isMulti) return updateMany(ctx, collection, statement, id);
  return attempt(ctx, async () => {
    const located = locate(ctx, collection, statement);
    const updater = compile(ctx, located, statement);
    const found = await findFirst(ctx, collection, located);
    if (found === undefined) return upsertOrNothing(ctx, collection, statement, updater, id);
    const outcome = { matched: 1, modified: 1 };
    const after = updater.apply(found.doc);
    if (after === undefined) return remember(ctx, id, { matched: 1, modified: 0 });
    replaceStored(ctx, collection, found, after, updater.isReplacement, { id, result: outcomeDoc(outcome) });
    return outcome;
  });
}

async function updateMany(
  ctx: Context,
  collection: Collection,
  statement: UpdateStatement,
  id: number,
): Promise<UpdateOutcome> {
  const located = locate(ctx, collection, statement);
  const updater = compile(ctx, located, statement);
  const records = await findAll(ctx, collection, located);
  if (records.length === 0) {
    return attempt(ctx, () => upsertOrNothing(ctx, collection, statement, updater, id));
  }
  const outcome = { matched: 0, modified: 0 };
  const slice = new TimeSlice(ctx);
  for (const record of records) {
    await attempt(ctx, () => {
      const stored = load(ctx.view, collection, record);
      if (stored === undefined || !located.matches(stored.doc)) return;
      const after = updater.apply(stored.doc);
      if (after !== undefined) {
        replaceStored(ctx, collection, stored, after, false);
        outcome.modified++;
      }
      outcome.matched++;
    });
    const pause = slice.pause();
    if (pause !== undefined) await pause;
  }
  return outcome;
}

function upsertOrNothing(
  ctx: Context,
  collection: Collection,
  statement: UpdateStatement,
  updater: Updater,
  id: number,
): UpdateOutcome {
  if (!statement.isUpsert) return remember(ctx, id, { matched: 0, modified: 0 });
  const document = withIdFirst(updater.insert());
  const outcome: UpdateOutcome = { matched: 0, modified: 0, upsertedId: document.get('_id')! };
  insertOne(ctx, collection, document, undefined, { id, result: outcomeDoc(outcome) });
  return outcome;
}

function remember(ctx: Context, id: number, outcome: UpdateOutcome): UpdateOutcome {
  if (outcome.modified > 0 || outcome.upsertedId !== undefined)
    recordOnly(ctx, { id, result: outcomeDoc(outcome) });
  return outcome;
}

function outcomeDoc(outcome: UpdateOutcome): Doc {
  const result = doc(['n', int(outcome.matched)], ['m', int(outcome.modified)]);
  if (outcome.upsertedId !== undefined) result.set('u', outcome.upsertedId);
  return result;
}

export function readOutcome(result: Doc): UpdateOutcome {
  const number = (field: string): number => (result.get(field) as { value: number } | undefined)?.value ?? 0;
  return { matched: number('n'), modified: number('m'), upsertedId: result.get('u') };
}
