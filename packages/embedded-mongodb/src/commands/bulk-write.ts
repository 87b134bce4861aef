import { type Doc, decode, int, intValue, type Value } from '../bson/index.ts';
import { fault, MongoServerFault } from '../errors.ts';
import { fromArray } from './collections.ts';
import { boolField, type Context, doc, docField, ensureCollection } from './context.ts';
import { openCursor } from './cursors.ts';
import { deleteDocuments } from './delete.ts';
import { documentsOf } from './insert.ts';
import { parseStatement, readOutcome, updateDocuments } from './update.ts';
import { variablesOf } from './variables.ts';
import { isView, notOnView } from './views.ts';
import { attempt, insertOne, recorded, statementId, writeError } from './write.ts';

interface Totals {
  inserted: number;
  matched: number;
  modified: number;
  upserted: number;
  deleted: number;
}

/** `bulkWrite`: operations on several collections in one command, each reported by itself. */
export async function bulkWrite(ctx: Context): Promise<Doc> {
  const namespaces = namespacesOf(ctx);
  const operations = documentsOf(ctx, 'ops');
  const isOrdered = ctx.body.get('ordered') !== false;
  const errorsOnly = boolField(ctx.body, 'errorsOnly');
  const totals: Totals = { inserted: 0, matched: 0, modified: 0, upserted: 0, deleted: 0 };
  const results: Doc[] = [];
  const retried: Value[] = [];
  let errors = 0;
  for (let i = 0; i < operations.length; i++) {
    const id = statementId(ctx, i);
    try {
      const known = recorded(ctx, id);
      if (known !== undefined) retried.push(int(id));
      const result = await runOperation(ctx, operations[i]!.document(), namespaces, id, known, totals);
      if (!errorsOnly) results.push(new Map<string, Value>([['ok', 1], ['idx', int(i)], ...result]));
    } catch (error) {
      if (!(error instanceof MongoServerFault)) throw error;
      const entry = writeError(ctx, i, error);
      entry.delete('index');
      results.push(new Map<string, Value>([['ok', 0], ['idx', int(i)], ...entry, ['n', int(0)]]));
      errors++;
      if (isOrdered) break;
    }
  }
  const batchSize = intValue(docField(ctx.body, 'cursor')?.get('batchSize'));
  const reply = await openCursor(ctx, 'admin.$cmd.bulkWrite', fromArray(results), {
    batchSize: batchSize ?? Number.POSITIVE_INFINITY,
  });
  reply.set('nErrors', int(errors));
  reply.set('nInserted', int(totals.inserted));
  reply.set('nMatched', int(totals.matched));
  reply.set('nModified', int(totals.modified));
  reply.set('nUpserted', int(totals.upserted));
  reply.set('nDeleted', int(totals.deleted));
  if (retried.length > 0) reply.set('retriedStmtIds', retried);
  return reply;
}

function namespacesOf(ctx: Context): string[] {
  const infos = ctx.sequences.get('nsInfo')?.map((bytes) => decode(bytes)) ?? ctx.body.get('nsInfo');
  if (!Array.isArray(infos))
    throw fault(40414, "BSON field 'bulkWrite.nsInfo' is missing but a required field");
  return infos.map((info) => {
    const ns = info instanceof Map ? info.get('ns') : undefined;
    if (typeof ns !== 'string' || !ns.includes('.'))
      throw fault('InvalidNamespace', `Invalid namespace specified for bulkWrite: '${String(ns)}'`);
    return ns;
  });
}

async function runOperation(
  ctx: Context,
  operation: Doc,
  namespaces: string[],
  id: number,
  known: Doc | undefined,
  totals: Totals,
): Promise<[string, Value][]> {
  const [kind, target] = operation.entries().next().value ?? ['', null];
  const ns = namespaces[intValue(target) ?? -1];
  if (ns === undefined) throw fault('BadValue', `BulkWrite ops entry ${kind} has an invalid nsInfo index.`);
  if (isView(ctx.server.catalog.get(ns, ctx.transaction))) throw notOnView(ns);
  const dot = ns.indexOf('.');
  const inner: Context = {
    ...ctx,
    name: kind,
    db: ns.slice(0, dot),
    body: new Map([...ctx.body, [kind, ns.slice(dot + 1)]]),
  };
  switch (kind) {
    case 'insert': {
      const document = docField(operation, 'document');
      if (document === undefined)
        throw fault(40414, "BSON field 'insert.document' is missing but a required field");
      if (known === undefined) {
        await attempt(inner, () =>
          insertOne(inner, ensureCollection(inner, ns), document, undefined, {
            id,
            result: doc(['n', int(1)]),
          }),
        );
      }
      totals.inserted++;
      return [['n', int(1)]];
    }
    case 'update': {
      const statement = new Map(operation);
      statement.delete('update');
      statement.set('q', operation.get('filter')!);
      statement.set('u', operation.get('updateMods')!);
      for (const field of ['filter', 'updateMods']) statement.delete(field);
      if (statement.has('constants')) {
        statement.set('c', statement.get('constants')!);
        statement.delete('constants');
      }
      const outcome =
        known !== undefined
          ? readOutcome(known)
          : await updateDocuments(inner, parseStatement(inner, statement, variablesOf(ctx)), id);
      const upserts = outcome.upsertedId === undefined ? 0 : 1;
      totals.matched += outcome.matched;
      totals.modified += outcome.modified;
      totals.upserted += upserts;
      const result: [string, Value][] = [
        ['n', int(outcome.matched + upserts)],
        ['nModified', int(outcome.modified)],
      ];
      if (outcome.upsertedId !== undefined) result.push(['upserted', doc(['_id', outcome.upsertedId])]);
      return result;
    }
    case 'delete': {
      const statement = doc(
        ['q', operation.get('filter')!],
        ['limit', int(boolField(operation, 'multi') ? 0 : 1)],
      );
      for (const field of ['hint', 'collation']) {
        const value = operation.get(field);
        if (value !== undefined) statement.set(field, value);
      }
      const n = known !== undefined ? intValue(known.get('n'))! : await deleteDocuments(inner, statement, id);
      totals.deleted += n;
      return [['n', int(n)]];
    }
    default:
      throw fault('FailedToParse', `Unrecognized bulkWrite operation '${kind}'`);
  }
}
