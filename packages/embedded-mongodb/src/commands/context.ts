import type { Conversation } from '../auth/sasl.ts';
import type { Users } from '../auth/users.ts';
import type { Doc, Value } from '../bson/index.ts';
import { intValue } from '../bson/index.ts';
import { fault } from '../errors.ts';
import type { Catalog, Collection } from '../storage/catalog.ts';
import type { View } from '../storage/kv.ts';
import { HeldByTransaction, type Store, type Writer } from '../storage/store.ts';
import type { Session, Sessions } from '../txn/sessions.ts';
import { type Transaction, writeConflict } from '../txn/transaction.ts';
import type { ChangeLog } from './change-log.ts';
import type { Cursors } from './cursors.ts';
import type { FailPoint } from './fail-point.ts';

/** What all commands share. */
export interface ServerState {
  store: Store;
  catalog: Catalog;
  users: Users;
  sessions: Sessions;
  cursors: Cursors;
  changes: ChangeLog;
  /** Set when commands for tests are allowed. */
  failPoint?: FailPoint;
  /** Throws DocumentValidationFailure (121) when the collection's validator refuses the document. */
  validate: (ctx: Context, collection: Collection, document: Doc, before?: Doc) => void;
  replicaSet: string;
  startedAt: number;
  dataDir: string;
  counters: {
    connections: number;
    totalConnections: number;
    commands: Map<string, number>;
    /** How often a long command has let others in. */
    pauses: number;
  };
  log: (line: string) => void;
  now: () => number;
}

/** One connection. */
export interface Client {
  id: number;
  address: string;
  appName?: string;
  /** `host:port`, or the socket's path: what this client must see as this member's name. */
  me: string;
  /** Need not authenticate. */
  isTrusted: boolean;
  /** Comes by the socket, which only this user may open. */
  isLocal: boolean;
  /** Who it has proven to be. */
  identity?: { db: string; name: string; id: Uint8Array };
  /** An authentication that has begun. */
  conversation?: Conversation;
}

/** One command being run. */
export interface Context {
  server: ServerState;
  client: Client;
  name: string;
  db: string;
  body: Doc;
  /** Documents that travelled beside the body, still encoded. */
  sequences: Map<string, Uint8Array[]>;
  /** Where it reads from and writes to: the store, or its transaction. */
  view: View;
  writer: Writer;
  /** For a read of a state of the past outside of transactions: the commit whose state that is. */
  readCommit?: number;
  session?: Session;
  transaction?: Transaction;
  /** `store.failures` when it began: once that has changed, some of its writes are lost and it must fail. */
  failures: number;
  /** The connection is to be closed instead of answering (a fail point). */
  isCutOff?: boolean;
  /** Set for a retryable write: results go to, and come from, its session. */
  isRetryable: boolean;
  /** Milliseconds since 1970 after which it is to stop (maxTimeMS). */
  deadline: number;
}

export type Run = (ctx: Context) => Doc | Promise<Doc>;

/** One row of the table of commands. */
export interface Command {
  run: Run;
  /** May it run inside a multi-document transaction? */
  inTransaction?: boolean;
  /** Does a transaction number without `autocommit: false` make it a retryable write? */
  isRetryableWrite?: boolean;
  /** Only on the database `admin`. */
  adminOnly?: boolean;
  /** Fields it knows beside the generic ones; anything else is refused. Undefined: not checked. */
  fields?: readonly string[];
}

/** `db.name` from a command whose first field names the collection. */
export function namespace(ctx: Context): string {
  const name = ctx.body.get(ctx.name);
  if (typeof name !== 'string') {
    throw fault('InvalidNamespace', `collection name has invalid type for command ${ctx.name}`);
  }
  if (name === '') throw fault('InvalidNamespace', `Invalid namespace specified '${ctx.db}.'`);
  return `${ctx.db}.${name}`;
}

export function findCollection(ctx: Context): Collection | undefined {
  return ctx.server.catalog.get(namespace(ctx), ctx.transaction);
}

/** The collection, made when it is not there yet. */
export function ensureCollection(ctx: Context, ns = namespace(ctx)): Collection {
  const { catalog } = ctx.server;
  const dot = ns.indexOf('.');
  const existing = catalog.get(ns, ctx.transaction);
  if (existing?.options.has('viewOn')) {
    throw fault('CommandNotSupportedOnView', `Namespace ${ns} is a view, not a collection`);
  }
  if (existing !== undefined) return existing;
  return createCollection(ctx, ns.slice(0, dot), ns.slice(dot + 1), new Map());
}

/** Within a transaction it is there for others with the commit. */
export function createCollection(ctx: Context, db: string, name: string, options: Doc): Collection {
  try {
    const collection = ctx.server.catalog.create(db, name, options, ctx.transaction);
    ctx.server.changes.created(ctx.writer, collection);
    return collection;
  } catch (error) {
    if (error instanceof HeldByTransaction && ctx.transaction !== undefined) throw writeConflict();
    throw error;
  }
}

export function docField(body: Doc, field: string): Doc | undefined {
  const value = body.get(field);
  if (value === undefined || value === null) return undefined;
  if (!(value instanceof Map)) throw wrongType(field, 'object', value);
  return value;
}

export function boolField(body: Doc, field: string): boolean {
  const value = body.get(field);
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  const number = intValue(value);
  if (number === undefined) throw wrongType(field, 'bool', value);
  return number !== 0;
}

export function intField(body: Doc, field: string): number | undefined {
  const value = body.get(field);
  if (value === undefined || value === null) return undefined;
  const number = intValue(value);
  if (number === undefined || !Number.isFinite(number)) throw wrongType(field, 'number', value);
  return Math.trunc(number);
}

export function wrongType(field: string, expected: string, value: Value): Error {
  const actual = value instanceof Map ? 'object' : Array.isArray(value) ? 'array' : typeof value;
  return fault(
    'TypeMismatch',
    `BSON field '${field}' is the wrong type '${actual}', expected type '${expected}'`,
  );
}

export function doc(...pairs: [string, Value][]): Doc {
  return new Map(pairs);
}

/** Lets other clients in when a command has run for a few milliseconds. */
export class TimeSlice {
  #start = performance.now();
  readonly #ctx: Pick<Context, 'deadline' | 'server' | 'transaction'>;

  constructor(ctx: Pick<Context, 'deadline' | 'server' | 'transaction'>) {
    this.#ctx = ctx;
  }

  /** Undefined while there is time left; otherwise wait for it. */
  pause(): Promise<void> | undefined {
    if (performance.now() - this.#start < 4) return undefined;
    this.#ctx.server.counters.pauses++;
    return new Promise((resolve, reject) => {
      setImmediate(() => {
        this.#start = performance.now();
        const { deadline, server, transaction } = this.#ctx;
        if (server.now() > deadline) {
          reject(fault('MaxTimeMSExpired', 'operation exceeded time limit'));
        } else if (transaction !== undefined && !transaction.isOpen) {
          reject(fault('NoSuchTransaction', 'Transaction has been aborted.', ['TransientTransactionError']));
        } else resolve();
      });
    });
  }
}
