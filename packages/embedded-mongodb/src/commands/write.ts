import { assertDocumentSize, type Doc, encode, int, ObjectId, type Value } from '../bson/index.ts';
import { fault, MongoServerFault } from '../errors.ts';
import type { Collection } from '../storage/catalog.ts';
import {
  DuplicateKeyFault,
  deleteUnit,
  insertUnit,
  type Stored,
  updateUnit,
  type WriteUnit,
} from '../storage/records.ts';
import { HeldByTransaction } from '../storage/store.ts';
import { keepWithinCap, refuseInTransaction } from './capped.ts';
import { type Context, doc } from './context.ts';
import { untilEnded } from './wait.ts';

/** Runs a piece of writing that does not pause; when a transaction holds what it touches, waits and tries again. */
export async function attempt<T>(
  ctx: Context,
  work: () => T | Promise<T>,
  beforeWaiting?: () => void,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof HeldByTransaction)) throw error;
      beforeWaiting?.();
      await untilEnded(ctx, error.holder.ended);
    }
  }
}

/** A result that a repeated retryable write gets instead of writing again. */
export function recorded(ctx: Context, statement: number): Doc | undefined {
  return ctx.isRetryable ? ctx.session!.results.get(statement) : undefined;
}

/** Statement ids as the client gave them, or counted. */
export function statementId(ctx: Context, index: number): number {
  const ids = ctx.body.get('stmtIds');
  if (Array.isArray(ids)) return Number((ids[index] as { value?: number } | undefined)?.value ?? index);
  const first = ctx.body.get('stmtId') as { value?: number } | undefined;
  return (first?.value ?? 0) + index;
}

export interface Statement {
  id: number;
  result: Doc;
}

/** Inserts one document, checked and with its `_id` in front. Returns what was stored. */
export function insertOne(
  ctx: Context,
  collection: Collection,
  given: Doc,
  raw?: Uint8Array,
  statement?: Statement,
): Doc {
  const document = withIdFirst(given);
  const bytes = document === given && raw !== undefined ? raw : encode(document);
  assertDocumentSize(bytes);
  refuseInTransaction(ctx, collection);
  ctx.server.validate(ctx, collection, document);
  const unit = insertUnit(ctx.view, collection, document, bytes);
  unit.log = ctx.server.changes.inserted(collection, document);
  applyUnit(ctx, collection, unit, statement);
  keepWithinCap(ctx, collection, bytes.length);
  return document;
}

export function replaceStored(
  ctx: Context,
  collection: Collection,
  old: Stored,
  updated: Doc,
  isReplacement: boolean,
  statement?: Statement,
): void {
  const unit = updateUnit(ctx.view, collection, old, updated);
  assertDocumentSize(unit.changes[0]!.value!);
  refuseInTransaction(ctx, collection);
  ctx.server.validate(ctx, collection, updated, old.doc);
  unit.log = ctx.server.changes.updated(collection, old.doc, updated, isReplacement);
  const grown = unit.changes[0]!.value!.length - old.size;
  applyUnit(ctx, collection, unit, statement);
  keepWithinCap(ctx, collection, grown);
}

export function deleteStored(ctx: Context, collection: Collection, old: Stored, statement?: Statement): void {
  refuseInTransaction(ctx, collection);
  const unit = deleteUnit(collection, old);
  unit.log = ctx.server.changes.deleted(collection, old.doc);
  applyUnit(ctx, collection, unit, statement);
  keepWithinCap(ctx, collection, -old.size);
}

/** A result with nothing written, which a retry must get as well. */
export function recordOnly(ctx: Context, statement: Statement): void {
  if (!ctx.isRetryable) return;
  ctx // A copy: the reply itself is given time stamps and more.
    .session!.results.set(statement.id, new Map(statement.result));
  saveResults(ctx);
}

/** Results of several statements, kept by the caller in the session, go into the file with what they wrote. */
export function saveResults(ctx: Context): void {
  if (!ctx.isRetryable) return;
  assertUnbroken(ctx);
  ctx.server.store.commitUnits([{ changes: [ctx.server.sessions.record(ctx.session!)] }]);
}

/** A command that spans a batch which could not be written has lost a part of what it wrote. */
export function assertUnbroken(ctx: Context): void {
  const { store } = ctx.server;
  if (ctx.failures !== store.failures && store.lastFailure !== undefined) throw store.lastFailure;
}

function applyUnit(ctx: Context, collection: Collection, unit: WriteUnit, statement?: Statement): void {
  assertUnbroken(ctx);
  const { session, server } = ctx;
  const isRecorded = ctx.isRetryable && statement !== undefined;
  if (isRecorded) {
    // A copy: the reply itself is given time stamps and more.
    session!.results.set(statement.id, new Map(statement.result));
    unit.changes.push(server.sessions.record(session!));
  }
  try {
    if (collection.isDropped) throw fault(175, `collection dropped: '${collection.ns}'`);
    const failing = ctx.isRetryable ? ctx.server.failPoint?.takeWrite() : undefined;
    if (failing?.closeConnection) ctx.isCutOff = true;
    if (failing?.code !== undefined)
      throw fault(failing.code, "Failing write via 'onPrimaryTransactionalWrite'");
    ctx.writer.apply(unit);
  } catch (error) {
    if (isRecorded) session!.results.delete(statement.id);
    throw error;
  }
  if (unit.turned.length > 0) {
    for (const index of unit.turned) index.isMultikey = true;
    server.catalog.save(collection);
  }
}

export function withIdFirst(document: Doc): Doc {
  const id = document.get('_id');
  if (id === undefined) {
    return new Map<string, Value>([['_id', ObjectId.generate()], ...document]);
  }
  assertId(id);
  if (document.keys().next().value === '_id') return document;
  const ordered: Doc = new Map([['_id', id]]);
  for (const [field, value] of document) ordered.set(field, value);
  return ordered;
}

export function assertId(id: Value): void {
  const type = (id as { bsonType?: number } | null)?.bsonType;
  if (Array.isArray(id)) throw fault('InvalidIdField', "The '_id' value cannot be of type array");
  if (type === 11) throw fault('InvalidIdField', "The '_id' value cannot be of type regex");
  if (type === 6) throw fault('InvalidIdField', "The '_id' value cannot be of type undefined");
  if (id instanceof Map) {
    for (const field of id.keys()) {
      if (field.startsWith('$')) {
        throw fault(
          'DollarPrefixedFieldName',
          `_id fields may not contain '$'-prefixed fields: ${field} is not valid for storage.`,
        );
      }
    }
  }
}

/** An error of one statement, in the form of `writeErrors`. Rethrows what must end the whole command. */
export function writeError(ctx: Context, index: number, error: unknown): Doc {
  if (!(error instanceof MongoServerFault)) throw error;
  const endsCommand = error.code === 112 || error.code === 251 || error.code === 50;
  if (endsCommand && ctx.transaction !== undefined) throw error;
  const entry = doc(['index', int(index)], ['code', int(error.code)], ['errmsg', error.message]);
  if (error instanceof DuplicateKeyFault) {
    entry.set('keyPattern', error.keyPattern);
    entry.set('keyValue', error.keyValue);
  }
  const { errInfo } = error as { errInfo?: Doc };
  if (errInfo !== undefined) entry.set('errInfo', errInfo);
  if (ctx.transaction !== undefined && ctx.session !== undefined) ctx.server.sessions.abort(ctx.session);
  return entry;
}
