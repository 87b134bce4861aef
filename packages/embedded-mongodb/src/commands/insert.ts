import { type Doc, decode, int, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { boolField, type Context, doc, ensureCollection, TimeSlice, wrongType } from './context.ts';
import { attempt, insertOne, recorded, saveResults, statementId, writeError } from './write.ts';

const INSERTED = doc(['n', int(1)]);

/** `insert`: documents in order; `ordered: false` goes on after an error. */
export async function insert(ctx: Context): Promise<Doc> {
  const documents = documentsOf(ctx, 'documents');
  const isOrdered = ctx.body.get('ordered') !== false;
  const errors: Value[] = [];
  const retried: Value[] = [];
  const slice = new TimeSlice(ctx);
  let inserted = 0;
  let isUnsaved = false;
  let collection = await attempt(ctx, () => ensureCollection(ctx));
  // What was written is remembered for a retry before others get a turn, so in the same commit.
  const save = (): void => {
    if (isUnsaved) saveResults(ctx);
    isUnsaved = false;
  };
  for (let i = 0; i < documents.length; i++) {
    const statement = statementId(ctx, i);
    if (recorded(ctx, statement) !== undefined) {
      retried.push(int(statement));
      inserted++;
      continue;
    }
    try {
      const { document, raw } = documents[i]!;
      const write = (): void => {
        if (collection.isDropped) collection = ensureCollection(ctx);
        insertOne(ctx, collection, document(), raw);
      };
      await attempt(ctx, write, save);
      inserted++;
      if (ctx.isRetryable) {
        ctx.session!.results.set(statement, INSERTED);
        isUnsaved = true;
      }
    } catch (error) {
      errors.push(writeError(ctx, i, error));
      if (isOrdered) break;
    }
    const pause = slice.pause();
    if (pause !== undefined) {
      save();
      await pause;
    }
  }
  save();
  const reply = doc(['n', int(inserted)]);
  if (errors.length > 0) reply.set('writeErrors', errors);
  if (retried.length > 0) reply.set('retriedStmtIds', retried);
  return reply;
}

interface Given {
  document: () => Doc;
  raw?: Uint8Array;
}

/** The documents of a batch, from beside the body or from within it. */
export function documentsOf(ctx: Context, field: string): Given[] {
  const sequence = ctx.sequences.get(field);
  let given: Given[];
  if (sequence !== undefined) {
    given = sequence.map((raw) => ({ document: () => decode(raw), raw }));
  } else {
    const list = ctx.body.get(field);
    if (list === undefined) {
      throw fault(40414, `BSON field '${ctx.name}.${field}' is missing but a required field`);
    }
    if (!Array.isArray(list)) throw wrongType(`${ctx.name}.${field}`, 'array', list);
    given = list.map((item) => {
      if (!(item instanceof Map)) throw wrongType(`${ctx.name}.${field}.0`, 'object', item);
      return { document: () => item };
    });
  }
  if (given.length < 1 || given.length > 100_000) {
    throw fault(
      'InvalidLength',
      `Write batch sizes must be between 1 and 100000. Got ${given.length} operations.`,
    );
  }
  boolField(ctx.body, 'ordered');
  return given;
}
