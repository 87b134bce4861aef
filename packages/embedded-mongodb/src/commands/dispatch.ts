import { authorize, restrictReply } from '../auth/authorize.ts';
import { Binary, type Doc, int, intValue, Timestamp, type Value } from '../bson/index.ts';
import { fault, MongoServerFault } from '../errors.ts';
import { DamagedFileError } from '../storage/kv.ts';
import { DuplicateKeyFault } from '../storage/records.ts';
import { TRANSIENT } from '../txn/transaction.ts';
import type { Request } from '../wire/messages.ts';
import { boolField, type Client, type Command, type Context, doc, type ServerState } from './context.ts';
import { GENERIC_FIELDS } from './generic-fields.ts';
import { refusedCommands } from './refused.ts';
import { refuseDamaged } from './scrubbing.ts';
import { readSnapshot } from './snapshot-reads.ts';
import { commands } from './table.ts';
import { runOnView, viewOf } from './views.ts';
import { assertUnbroken } from './write.ts';

/** Runs one command to its reply; never throws. Without a reply the connection is to be closed. */
export async function dispatch(
  server: ServerState,
  client: Client,
  request: Request,
): Promise<Doc | undefined> {
  const { body } = request;
  const name = body.keys().next().value ?? '';
  let ctx: Context | undefined;
  try {
    const command = lookUp(name);
    authorize(server, client, name, request);
    refuseDamaged(server, name);
    const failing = server.failPoint?.take(name, body, client.appName);
    if (failing !== undefined && failing.blockMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, failing.blockMs));
    }
    if (failing?.closeConnection) return undefined;
    if (failing?.reply !== undefined) return finish(server, withLabels(failing.reply, failing.labels));
    ctx = prepare(server, client, request, name, command);
    const addTime = readSnapshot(ctx);
    const view = viewOf(ctx);
    const reply = (view && (await runOnView(ctx, view))) ?? (await command.run(ctx));
    restrictReply(server, client, name, reply);
    if (ctx.isCutOff) return undefined;
    addTime?.(reply);
    if (command.isRetryableWrite) assertUnbroken(ctx);
    const unmet = failing?.writeConcernError ?? writeConcernError(body);
    if (unmet !== undefined) reply.set('writeConcernError', unmet);
    return finish(server, withLabels(reply, failing?.labels ?? []));
  } catch (error) {
    if (ctx?.isCutOff) return undefined;
    return finish(server, failure(server, ctx, body, error));
  }
}

function withLabels(reply: Doc, labels: string[]): Doc {
  return labels.length === 0 ? reply : new Map<string, Value>([...reply, ['errorLabels', labels]]);
}

function lookUp(name: string): Command {
  const command = commands[name];
  if (command === undefined || !Object.hasOwn(commands, name)) {
    if (refusedCommands.has(name)) {
      throw fault(
        'CommandNotSupported',
        `${name} is not supported by embedded-mongodb. Use a MongoDB server for it.`,
      );
    }
    throw fault('CommandNotFound', `no such command: '${name}'`);
  }
  return command;
}

function prepare(
  server: ServerState,
  client: Client,
  request: Request,
  name: string,
  command: Command,
): Context {
  const { body } = request;
  const db = body.get('$db');
  if (typeof db !== 'string') throw fault(40571, 'OP_MSG requests require a $db argument');
  if (command.adminOnly && db !== 'admin') {
    throw fault('Unauthorized', `${name} may only be run against the admin database.`);
  }
  if (command.fields !== undefined) {
    let isFirst = true;
    for (const field of body.keys()) {
      if (!isFirst && !GENERIC_FIELDS.has(field) && !command.fields.includes(field)) {
        throw fault(40415, `BSON field '${name}.${field}' is an unknown field.`);
      }
      isFirst = false;
    }
  }
  checkApiVersion(body);
  checkReadConcern(body);
  const count = server.counters.commands;
  count.set(name, (count.get(name) ?? 0) + 1);
  const maxTime = intValue(body.get('maxTimeMS')) ?? 0;
  const tailing = name === 'getMore';
  const ctx: Context = {
    server,
    client,
    name,
    db,
    body,
    sequences: request.sequences,
    view: server.store.view,
    writer: server.store,
    isRetryable: false,
    failures: server.store.failures,
    deadline: maxTime > 0 && !tailing ? server.now() + maxTime : Number.POSITIVE_INFINITY,
  };
  joinSession(ctx, command);
  return ctx;
}

function joinSession(ctx: Context, command: Command): void {
  const { body, server } = ctx;
  const lsid = body.get('lsid');
  if (!(lsid instanceof Map)) return;
  ctx.session = server.sessions.get(lsid);
  const number = body.get('txnNumber');
  if (number === undefined) return;
  if (typeof number !== 'bigint') throw fault('TypeMismatch', "BSON field 'txnNumber' must be a long");
  if (body.get('autocommit') === false) {
    if (ctx.name === 'commitTransaction' || ctx.name === 'abortTransaction') return;
    if (!command.inTransaction) {
      throw fault(
        'OperationNotSupportedInTransaction',
        `Cannot run '${ctx.name}' in a multi-document transaction.`,
      );
    }
    const isStart = body.get('startTransaction') === true;
    ctx.transaction = server.sessions.transaction(ctx.session, number, isStart);
    ctx.session.clientId = ctx.client.id;
    ctx.view = ctx.transaction.view;
    ctx.writer = ctx.transaction;
  } else if (command.isRetryableWrite) {
    server.sessions.retryable(ctx.session, number);
    ctx.isRetryable = true;
  }
}

/** The commands of the Stable API, version 1. Source: MongoDB's manual. */
const STABLE_COMMANDS = new Set(
  `abortTransaction aggregate authenticate bulkWrite collMod commitTransaction count create createIndexes delete
  drop dropDatabase dropIndexes endSessions explain find findAndModify getMore hello insert killCursors
  killSessions listCollections listDatabases listIndexes ping refreshSessions update`.split(/\s+/),
);
/** Stages that are not. */
const UNSTABLE_STAGES = ['$collStats', '$currentOp', '$indexStats', '$listLocalSessions', '$listSessions'];

function checkApiVersion(body: Doc): void {
  const version = body.get('apiVersion');
  if (version === undefined) {
    if (boolField(body, 'apiStrict')) throw fault(322, 'apiStrict was given without apiVersion');
    return;
  }
  if (version !== '1') throw fault(322, `API version must be "1"`);
  if (!boolField(body, 'apiStrict')) return;
  const name = body.keys().next().value!;
  const stages = body.get('pipeline');
  const unstable = Array.isArray(stages)
    ? UNSTABLE_STAGES.find((stage) => stages.some((given) => given instanceof Map && given.has(stage)))
    : undefined;
  if (STABLE_COMMANDS.has(name) && unstable === undefined) return;
  throw new MongoServerFault(
    323,
    'APIStrictError',
    `Provided apiStrict:true, but ${unstable ?? `the command ${name}`} is not in API Version 1`,
  );
}

const READ_CONCERNS = new Set(['local', 'available', 'majority', 'linearizable', 'snapshot']);

/** One member acknowledges what is on its disk, so that all levels are the same but `snapshot`. */
function checkReadConcern(body: Doc): void {
  const concern = body.get('readConcern');
  if (!(concern instanceof Map)) return;
  const level = concern.get('level');
  if (level === undefined) return;
  if (typeof level !== 'string' || !READ_CONCERNS.has(level)) {
    throw fault(
      'FailedToParse',
      "Read concern level must be 'local', 'available', 'majority', 'linearizable' or 'snapshot'.",
    );
  }
}

/** What cannot be waited for is told beside the result, as MongoDB does: the write itself has been done. */
function writeConcernError(body: Doc): Doc | undefined {
  const concern = body.get('writeConcern');
  const w = concern instanceof Map ? concern.get('w') : undefined;
  if (typeof w === 'string' && w !== 'majority') {
    return doc(
      ['code', int(79)],
      ['codeName', 'UnknownReplWriteConcern'],
      ['errmsg', `No write concern mode named '${w}' found in replica set configuration`],
    );
  }
  if ((intValue(w) ?? 1) > 1) {
    return doc(
      ['code', int(100)],
      ['codeName', 'UnsatisfiableWriteConcern'],
      ['errmsg', 'Not enough data-bearing nodes'],
    );
  }
  return undefined;
}

function failure(server: ServerState, ctx: Context | undefined, body: Doc, error: unknown): Doc {
  const name = body.keys().next().value ?? '';
  const known = error instanceof MongoServerFault ? error : asFault(error, server, name);
  const labels = new Set(known.labels ?? []);
  if (ctx?.transaction !== undefined && ctx.session?.transaction === ctx.transaction) {
    // Any error ends the transaction; only some are worth trying it again.
    server.sessions.abort(ctx.session);
  }
  if (body.get('autocommit') !== false) labels.delete(TRANSIENT);
  else if (TRANSIENT_CODES.has(known.code)) labels.add(TRANSIENT);
  const reply = doc(
    ['ok', 0],
    ['errmsg', known.message],
    ['code', int(known.code)],
    ['codeName', known.codeName],
  );
  if (known instanceof DuplicateKeyFault) {
    reply.set('keyPattern', known.keyPattern);
    reply.set('keyValue', known.keyValue);
  }
  for (const [field, value] of Object.entries((known as { extra?: Record<string, Value> }).extra ?? {})) {
    reply.set(field, value);
  }
  if (labels.size > 0) reply.set('errorLabels', [...labels]);
  return reply;
}

/** WriteConflict, NoSuchTransaction, LockTimeout, SnapshotUnavailable. */
const TRANSIENT_CODES = new Set([112, 251, 24, 246]);

/** Codes of SQLite that say something a person can act on. */
function asFault(error: unknown, server: ServerState, name: string): MongoServerFault {
  const { errcode, message, stack } = error as { errcode?: number; message?: string; stack?: string };
  const primary = errcode === undefined ? undefined : errcode & 0xff;
  if (error instanceof DamagedFileError || primary === 11) {
    server.log(`damaged data file: ${message}`);
    return fault(
      'InternalError',
      `The data file is damaged; nothing of what is damaged is given out. ${message}`,
    );
  }
  if (primary === 13) {
    return fault(
      14031,
      'The disk is full: nothing of this command was written. Free some space and try again.',
    );
  }
  // Not IllegalOperation, which drivers take for a server without retryable writes.
  if (primary === 8) {
    return fault(
      'FileStreamFailed',
      'Cannot execute a write operation in read-only mode: the data file or its disk is read-only. Nothing of this command was written.',
    );
  }
  if (primary === 10) {
    server.log(`the disk failed: ${message}`);
    return fault(
      'FileStreamFailed',
      `The disk failed (${message}): nothing of this command was written. Look at the disk, then check the store.`,
    );
  }
  server.log(`internal error in ${name}: ${stack ?? message}`);
  return fault('InternalError', `Internal error in ${name}: ${message}`);
}

export function storageFailure(server: ServerState, error: Error): Doc {
  return finish(server, failure(server, undefined, new Map([['write', 1]]), error));
}

const NO_SIGNATURE = doc(['hash', new Binary(new Uint8Array(20))], ['keyId', 0n]);

function finish(server: ServerState, reply: Doc): Doc {
  if (!reply.has('ok')) reply.set('ok', 1);
  const { seconds, increment } = server.store.clock.last;
  const time = new Timestamp(seconds, increment);
  reply.set('$clusterTime', doc(['clusterTime', time], ['signature', NO_SIGNATURE]));
  reply.set('operationTime', time);
  return reply;
}
