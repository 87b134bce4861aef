import { createHash } from 'node:crypto';
import { Binary, BsonDate, type Doc, decode, encode, int, intValue, type Value } from '../bson/index.ts';
import { fault } from '../errors.ts';
import { prefixEnd } from '../storage/bytes.ts';
import { Space } from '../storage/keys.ts';
import type { Change, Store } from '../storage/store.ts';
import { TRANSIENT, Transaction } from './transaction.ts';

export const TRANSACTION_LIFETIME_MS = 60_000;
export const SESSION_TIMEOUT_MINUTES = 30;
/** How long a transaction waits for its client to come back on another connection, to commit it. */
export const ABANDONED_MS = 3000;

/** A logical session: its open transaction, and the results of its last retryable write. */
export interface Session {
  key: Uint8Array;
  txnNumber: bigint;
  state: 'none' | 'open' | 'committed' | 'aborted';
  transaction?: Transaction;
  /** The connection that the open transaction was last heard of on. */
  clientId?: number;
  /** Since when that connection has been closed, and the transaction not been heard of on another. */
  abandonedAt?: number;
  /** Results of the statements of the retryable write `txnNumber`, by statement id. */
  results: Map<number, Doc>;
  lastUse: number;
  /** Is there a record in the file? */
  isStored: boolean;
}

/** Sessions in use, read from the file when they come back after a restart. */
export class Sessions {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #byId = new Map<string, Session>();

  constructor(store: Store, now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
  }

  get(lsid: Doc): Session {
    const id = lsid.get('id');
    if (!(id instanceof Binary)) throw fault('BadValue', "BSON field 'lsid.id' must be a UUID");
    const name = Buffer.from(id.bytes).latin1Slice();
    let session = this.#byId.get(name);
    if (session === undefined) {
      session = this.#load(id.bytes);
      this.#byId.set(name, session);
    }
    session.lastUse = this.#now();
    session.abandonedAt = undefined;
    return session;
  }

  /** The transaction a command belongs to: begun, continued, or refused. */
  transaction(session: Session, txnNumber: bigint, isStart: boolean): Transaction {
    this.#refuseOld(session, txnNumber);
    if (isStart) {
      if (txnNumber === session.txnNumber && session.state !== 'none') {
        throw fault(
          117,
          `Only servers in a sharded cluster can start a new transaction at the active transaction number`,
        );
      }
      this.abort(session);
      session.txnNumber = txnNumber;
      session.results.clear();
      session.state = 'open';
      session.transaction = new Transaction(this.#store, this.#now());
      return session.transaction;
    }
    if (txnNumber === session.txnNumber && session.state === 'open') return session.transaction!;
    if (txnNumber === session.txnNumber && session.state === 'committed') {
      throw fault('TransactionCommitted', `Transaction with { txnNumber: ${txnNumber} } has been committed.`);
    }
    if (txnNumber === session.txnNumber && session.state === 'aborted') {
      throw fault('NoSuchTransaction', `Transaction with { txnNumber: ${txnNumber} } has been aborted.`, [
        TRANSIENT,
      ]);
    }
    throw fault(
      'NoSuchTransaction',
      `Given transaction number ${txnNumber} does not match any in-progress transactions. The active transaction number is ${session.txnNumber}`,
      [TRANSIENT],
    );
  }

  /** Prepares for a retryable write; results of an earlier try are in `session.results`. */
  retryable(session: Session, txnNumber: bigint): void {
    this.#refuseOld(session, txnNumber);
    if (txnNumber > session.txnNumber) {
      this.abort(session);
      session.txnNumber = txnNumber;
      session.state = 'none';
      session.results.clear();
    } else if (session.state !== 'none') {
      throw fault(
        50768,
        `Transaction number ${txnNumber} was used by a transaction, not by a retryable write.`,
      );
    }
  }

  /** The session as it goes into the file, in the same commit as what it describes. */
  record(session: Session): Change {
    session.isStored = true;
    const results = [...session.results].map(
      ([id, result]): Doc =>
        new Map<string, Value>([
          ['s', int(id)],
          ['r', result],
        ]),
    );
    const entry: Doc = new Map<string, Value>([
      ['n', session.txnNumber],
      ['state', session.state],
      ['at', new BsonDate(session.lastUse)],
      ['results', results],
    ]);
    return { key: session.key, value: encode(entry) };
  }

  commit(session: Session): void {
    const transaction = session.transaction!;
    session.transaction = undefined;
    session.state = 'committed';
    // A transaction that only read leaves nothing that a retry could damage.
    if (transaction.isDirty) transaction.commit([this.record(session)]);
    else transaction.abort();
  }

  abort(session: Session): void {
    if (session.transaction === undefined) return;
    session.transaction.abort();
    session.transaction = undefined;
    session.state = 'aborted';
  }

  /**
   * A connection closed: unless the session comes back on another one, what it left open is rolled back soon, so
   * that a process that was killed does not hold up others for the transaction's lifetime.
   */
  abandon(clientId: number): void {
    for (const session of this.#byId.values()) {
      if (session.transaction !== undefined && session.clientId === clientId)
        session.abandonedAt = this.#now();
    }
  }

  end(lsid: Doc): void {
    const session = this.get(lsid);
    this.abort(session);
    if (session.isStored) this.#store.commitUnits([{ changes: [{ key: session.key, value: null }] }]);
    this.#byId.delete(Buffer.from((lsid.get('id') as Binary).bytes).latin1Slice());
  }

  /** Ends what has outlived its time. Called about once a second. */
  sweep(): void {
    const now = this.#now();
    const tooOld = now - SESSION_TIMEOUT_MINUTES * 60_000;
    for (const [name, session] of this.#byId) {
      const { transaction, abandonedAt = now } = session;
      const isOver = transaction !== undefined && now - transaction.startedAt >= TRANSACTION_LIFETIME_MS;
      if (isOver || now - abandonedAt >= ABANDONED_MS) this.abort(session);
      if (session.transaction === undefined && session.lastUse < tooOld) this.#byId.delete(name);
    }
  }

  /** Deletes stored sessions that nobody has used for half an hour. */
  purgeStored(): void {
    const from = Buffer.of(Space.session);
    const tooOld = this.#now() - SESSION_TIMEOUT_MINUTES * 60_000;
    const changes: Change[] = [];
    for (const entry of this.#store.view.scan(from, prefixEnd(from), false, 5000)) {
      const at = decode(entry.value).get('at') as BsonDate;
      const known = this.#byId.get(Buffer.from(entry.key.subarray(1)).latin1Slice());
      if (at.ms < tooOld && known === undefined) changes.push({ key: entry.key, value: null });
    }
    if (changes.length > 0) this.#store.commitUnits([{ changes }]);
  }

  /** What `$listLocalSessions` shows. */
  list(): Doc[] {
    return [...this.#byId].map(
      ([name, session]): Doc =>
        new Map<string, Value>([
          ['_id', new Map([['id', new Binary(Buffer.from(name, 'latin1'), 4)]])],
          ['lastUse', new BsonDate(session.lastUse)],
        ]),
    );
  }

  abortAll(): void {
    for (const session of this.#byId.values()) this.abort(session);
  }

  /** A batch could not be written: what is in memory may be ahead of the file. */
  reset(): void {
    this.abortAll();
    this.#byId.clear();
  }

  #refuseOld(session: Session, txnNumber: bigint): void {
    if (txnNumber < session.txnNumber) {
      throw fault(
        'TransactionTooOld',
        `Cannot start transaction ${txnNumber} on session because a newer transaction ${session.txnNumber} has already started.`,
      );
    }
  }

  #load(id: Uint8Array): Session {
    const name = id.length === 16 ? id : createHash('md5').update(id).digest();
    const key = Buffer.concat([Buffer.of(Space.session), name]);
    const session: Session = {
      key,
      txnNumber: -1n,
      state: 'none',
      results: new Map(),
      lastUse: 0,
      isStored: false,
    };
    const stored = this.#store.view.get(key);
    if (stored !== undefined) {
      const entry = decode(stored);
      session.isStored = true;
      session.txnNumber = entry.get('n') as bigint;
      session.state = entry.get('state') as Session['state'];
      for (const item of entry.get('results') as Doc[]) {
        session.results.set(intValue(item.get('s'))!, item.get('r') as Doc);
      }
    }
    return session;
  }
}
