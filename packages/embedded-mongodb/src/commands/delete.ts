import { type Doc, int, intValue, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { load } from '../planner/scan.ts';
import { type Context, doc, docField, findCollection, namespace, TimeSlice } from './context.ts';
import { documentsOf } from './insert.ts';
import { findAll, findFirst, locate } from './locate.ts';
import { variablesOf } from './variables.ts';
import { attempt, deleteStored, recorded, statementId, writeError } from './write.ts';

/** `delete`: each statement removes one document (`limit: 1`) or all that match (`limit: 0`). */
export async function remove(ctx: Context): Promise<Doc> {
  const statements = documentsOf(ctx, 'deletes');
  const errors: Value[] = [];
  const retried: Value[] = [];
  let removed = 0;
  namespace(ctx);
  for (let i = 0; i < statements.length; i++) {
    const id = statementId(ctx, i);
    try {
      const known = recorded(ctx, id);
      if (known !== undefined) {
        retried.push(int(id));
        removed += intValue(known.get('n'))!;
      } else removed += await deleteDocuments(ctx, statements[i]!.document(), id);
    } catch (error) {
      errors.push(writeError(ctx, i, error));
      if (ctx.body.get('ordered') !== false) break;
    }
  }
  const reply = doc(['n', int(removed)]);
  if (errors.length > 0) reply.set('writeErrors', errors);
  if (retried.length > 0) reply.set('retriedStmtIds', retried);
  return reply;
}

export async function deleteDocuments(ctx: Context, statement: Doc, id: number): Promise<number> {
  const filter = docField(statement, 'q');
  if (filter === undefined)
    throw fault(40414, "BSON field 'delete.deletes.q' is missing but a required field");
  const limit = intValue(statement.get('limit'));
  if (limit === undefined) {
    throw fault(40414, "BSON field 'delete.deletes.limit' is missing but a required field");
  }
  if (limit !== 0 && limit !== 1) {
    throw fault('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  }
  if (limit === 0 && ctx.isRetryable) {
    throw fault('InvalidOptions', 'Cannot use (or request) retryable writes with limit=0');
  }
  const collection = findCollection(ctx);
  const fields = {
    filter,
    collation: docField(statement, 'collation'),
    hint: statement.get('hint'),
    variables: variablesOf(ctx),
  };
  const located = locate(ctx, collection, fields);
  if (collection === undefined) return 0;
  if (limit === 1) {
    return attempt(ctx, async () => {
      const found = await findFirst(ctx, collection, locate(ctx, collection, fields));
      if (found === undefined) return 0;
      deleteStored(ctx, collection, found, { id, result: doc(['n', int(1)]) });
      return 1;
    });
  }
  let removed = 0;
  const slice = new TimeSlice(ctx);
  for (const record of await findAll(ctx, collection, located)) {
    await attempt(ctx, () => {
      const stored = load(ctx.view, collection, record);
      if (stored === undefined || !located.matches(stored.doc)) return;
      deleteStored(ctx, collection, stored);
      removed++;
    });
    const pause = slice.pause();
    if (pause !== undefined) await pause;
  }
  return removed;
}
