import { randomInt } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { toText } from './bytes.ts';
import { settingKey } from './keys.ts';
import { LogSync } from './log-sync.ts';
import { PendingWrites } from './pending-writes.ts';
import { MAX_RECORD_BYTES, RedoLog, type RedoState } from './redo-log.ts';

/** The disk could not say that it has what was written: nothing more is written until the file is opened anew. */
export class LostWriteError extends Error {}

/** The table of keys and values. */
export interface Table {
  get(key: Uint8Array): Uint8Array | undefined;
  /** Key and value lie behind one another. */
  put(pair: Buffer, keyLength: number): void;
  delete(key: Uint8Array): void;
  /** SQLite went back to its last commit: what is remembered of the table is not true any more. */
  forget(): void;
}

const STATE = settingKey('redo');
/** So many commits, or bytes of them, stand in the redo log alone before SQLite has them too. */
const SETTLE_COMMITS = 256;
const SETTLE_BYTES = 512 * 1024;

/**
 * Makes commits durable. Each is acknowledged when the redo log has it on the disk. SQLite gets what was written
 * later, many commits at a time and of each key only the latest value: when somebody reads a range, and at the
 * latest when its transaction is committed. What a crash then takes from SQLite is done again from the redo
 * log when the file is opened. A commit too long for that log goes to SQLite's at once.
 */
export class CommitLog {
  readonly #db: DatabaseSync;
  readonly #table: Table;
  readonly #redo: RedoLog;
  readonly #log: LogSync;
  /** More writes than this are not kept from SQLite. */
  readonly #maxUnapplied: number;
  #state: RedoState = { salt: 0, sequence: 0 };
  #isBegun = false;
  #isOpen = false;
  /** Not yet committed by SQLite; all but the open commit is in the redo log. */
  readonly #pending = new PendingWrites();
  #failure: LostWriteError | undefined;

  constructor(db: DatabaseSync, path: string, table: Table, maxUnapplied: number) {
    this.#db = db;
    this.#table = table;
    this.#redo = new RedoLog(path);
    this.#log = new LogSync(path);
    this.#maxUnapplied = maxUnapplied;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Has this session a redo log of its own: has it written anything? */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** Is there something that SQLite's statements do not see? */
  get hasUnapplied(): boolean {
    return this.#pending.unapplied > 0;
  }

  /** To be called once, before anything else is read. */
  catchUp(): void {
    const bytes = this.#table.get(STATE);
    if (bytes === undefined) return;
    this.#state = decodeState(bytes);
    const missing = this.#redo.read(this.#state);
    if (missing.length === 0) return;
    for (const { sequence, writes } of missing) {
      for (const [key, value] of writes) this.#pending.add(toText(key), key, value);
      this.#pending.close();
      this.#state.sequence = sequence;
    }
    this.settle();
    this.#log.sync();
  }

  begin(): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#beginTable();
    this.#isOpen = true;
  }

  /** Belongs to the open commit; `text` is the key as text, an undefined value is a deletion. */
  write(text: string, key: Uint8Array, value: Uint8Array | undefined): void {
    this.#pending.add(text, key, value);
    if (this.#pending.unapplied > this.#maxUnapplied) this.apply();
  }

  /** The key's latest value, null when it is deleted; undefined when that is in the table. */
  latest(key: string): Uint8Array | null | undefined {
    return this.#pending.get(key);
  }

  /** Brings all that was written into SQLite's transaction, so that its statements see it. */
  apply(): void {
    if (!this.hasUnapplied) return;
    try {
      this.#beginTable();
      this.#pending.apply(this.#table);
    } catch (error) {
      this.#keepPending();
      throw error;
    }
  }

  /** Returns once the disk has it. When it throws, {@link rollback} is to be called. */
  commit(): void {
    if (this.#append()) {
      this.#state.sequence++;
      this.#pending.close();
    } else {
      this.apply();
      this.#commitTable(this.#isBegun ? this.#state : { salt: newSalt(), sequence: 0 });
      this.#confirm(() => this.#log.sync());
      // Everything so far is on the disk: the redo log begins anew.
      this.#redo.begin(this.#state.salt);
      this.#isBegun = true;
    }
    this.#isOpen = false;
    const { commits, closedBytes } = this.#pending;
    if (commits >= SETTLE_COMMITS || closedBytes >= SETTLE_BYTES) this.#trySettle();
  }

  /** Undoes the open commit. */
  rollback(): void {
    this.#isOpen = false;
    // What was acknowledged since SQLite's last commit goes with it, and is applied again.
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    this.#table.forget();
    this.#pending.abandonOpen();
  }

  /** SQLite commits what it has. Nobody waits for the disk: the redo log has it. */
  settle(): void {
    if (this.#isOpen || this.#pending.commits === 0) return;
    this.apply();
    this.#commitTable(this.#state);
  }

  close(): void {
    this.#redo.close();
    this.#log.close();
  }

  #beginTable(): void {
    if (!this.#db.isTransaction) this.#db.exec('BEGIN IMMEDIATE');
  }

  /** False when the redo log does not take it, and the commit must go by SQLite's log. */
  #append(): boolean {
    if (!this.#isBegun || this.#pending.openBytes > MAX_RECORD_BYTES) return false;
    const { bytes, from, end } = this.#pending.record;
    return this.#confirm(() => this.#redo.append(this.#state.sequence + 1, bytes, from, end));
  }

  #commitTable(state: RedoState): void {
    this.#table.put(Buffer.concat([STATE, encodeState(state)]), STATE.length);
    this.#db.exec('COMMIT');
    this.#state = state;
    this.#pending.clear();
  }

  /** What has been acknowledged stays, whether SQLite can take it now or not. */
  #trySettle(): void {
    try {
      this.settle();
    } catch {
      this.#keepPending();
    }
  }

  /** A full disk makes SQLite roll back by itself, and further than to the statement that failed. */
  #keepPending(): void {
    if (this.#db.isTransaction) return;
    this.#table.forget();
    this.#pending.requeue();
  }

  #confirm<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      // What the disk now has is unknown.
      this.#failure = new LostWriteError(
        `The disk did not confirm a write (${(error as Error).message}). Nothing more is written until a restart.`,
      );
      throw this.#failure;
    }
  }
}

const newSalt = (): number => randomInt(1, 2 ** 32);

function encodeState({ salt, sequence }: RedoState): Uint8Array {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(salt, 0);
  bytes.writeBigUInt64BE(BigInt(sequence), 4);
  return bytes;
}

function decodeState(bytes: Uint8Array): RedoState {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { salt: buffer.readUInt32BE(0), sequence: Number(buffer.readBigUInt64BE(4)) };
}
