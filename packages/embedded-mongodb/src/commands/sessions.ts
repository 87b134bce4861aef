import { Binary, type Doc, int, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { TRANSIENT } from '../txn/transaction.ts';
import { type Context, doc } from './context.ts';

export function startSession(): Doc {
  const id = new Binary(Buffer.from(crypto.randomUUID().replaceAll('-', ''), 'hex'), 4);
  return doc(['id', doc(['id', id])], ['timeoutMinutes', int(30)]);
}

export function endSessions(ctx: Context): Doc {
  for (const lsid of sessionList(ctx)) {
    if (!(lsid instanceof Map)) continue;
    const session = ctx.server.sessions.get(lsid);
    ctx.server.cursors.killOf((cursor) => cursor.session === session);
    ctx.server.sessions.end(lsid);
  }
  return doc();
}

/** Ends what the sessions have open: transactions and cursors. `killAllSessions: []` means everybody's. */
export function killSessions(ctx: Context): Doc {
  const { sessions, cursors } = ctx.server;
  const list = sessionList(ctx);
  if (ctx.name === 'killAllSessions') {
    if (list.length > 0) throw fault('CommandNotSupported', 'killAllSessions takes no users here: pass [].');
    cursors.killOf(() => true);
    sessions.abortAll();
    return doc();
  }
  for (const lsid of list) {
    if (!(lsid instanceof Map)) continue;
    const session = sessions.get(lsid);
    cursors.killOf((cursor) => cursor.session === session);
    sessions.abort(session);
  }
  return doc();
}

export function refreshSessions(ctx: Context): Doc {
  for (const lsid of sessionList(ctx)) if (lsid instanceof Map) ctx.server.sessions.get(lsid);
  return doc();
}

function sessionList(ctx: Context): Value[] {
  const list = ctx.body.get(ctx.name);
  if (!Array.isArray(list)) throw fault('TypeMismatch', `BSON field '${ctx.name}' must be an array`);
  return list;
}

export function commitTransaction(ctx: Context): Doc {
  const { session, server } = ctx;
  const number = transactionNumber(ctx);
  if (session!.txnNumber === number && session!.state === 'committed') return doc();
  server.sessions.transaction(session!, number, false);
  closeCursors(ctx);
  server.sessions.commit(session!);
  return doc();
}

export function abortTransaction(ctx: Context): Doc {
  const { session, server } = ctx;
  server.sessions.transaction(session!, transactionNumber(ctx), false);
  closeCursors(ctx);
  server.sessions.abort(session!);
  return doc();
}

function transactionNumber(ctx: Context): bigint {
  const number = ctx.body.get('txnNumber');
  if (ctx.session === undefined || typeof number !== 'bigint' || ctx.body.get('autocommit') !== false) {
    throw fault('NoSuchTransaction', `${ctx.name} must be run within a transaction`, [TRANSIENT]);
  }
  if (ctx.db !== 'admin')
    throw fault('Unauthorized', `${ctx.name} may only be run against the admin database.`);
  return number;
}

function closeCursors(ctx: Context): void {
  const { session } = ctx;
  ctx.server.cursors.killOf((cursor) => cursor.session === session && cursor.txnNumber !== undefined);
}
