import { randomInt } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { settingKey } from './keys.ts';
import { LogSync } from './log-sync.ts';
import { MAX_RECORD_BYTES, RedoLog, type RedoState, type Write } from './redo-log.ts';

/** The disk could not say that it has what was written: nothing more is written until the file is opened anew. */
export class LostWriteError extends Error {}

/** The table of keys and values. */
export interface Table {
  get(key: Uint8Array): Uint8Array | undefined;
  put(key: Uint8Array, value: Uint8Array): void;
  delete(key: Uint8Array): void;
}

const STATE = settingKey('redo');
/** So many commits, or bytes of them, stand in the redo log alone before SQLite has them too. */
const SETTLE_COMMITS = 100;
const SETTLE_BYTES = 512 * 1024;

/**
 * Makes commits durable. Each is a savepoint in one transaction of SQLite, and is acknowledged when the redo log has
 * it on the disk; SQLite's transaction is committed after many of them. What a crash then takes from SQLite is
 * done again from the redo log when the file is opened. A commit too long for that log goes to SQLite's at once.
 */
export class CommitLog {
  readonly #db: DatabaseSync;
  readonly #table: Table;
  readonly #redo: RedoLog;
  readonly #log: LogSync;
  readonly #save: StatementSync;
  readonly #release: StatementSync;
  #state: RedoState = { salt: 0, sequence: 0 };
  /** Has this session a redo log of its own yet? */
  #isBegun = false;
  #isOpen = false;
  /** In the redo log, and not yet committed by SQLite. */
  #pending = 0;
  #pendingBytes = 0;
  /** Of the open commit. */
  #writes: Write[] = [];
  #writesBytes = 0;
  #failure: LostWriteError | undefined;

  constructor(db: DatabaseSync, path: string, table: Table) {
    this.#db = db;
    this.#table = table;
    this.#redo = new RedoLog(path);
    this.#log = new LogSync(path);
    this.#save = db.prepare('SAVEPOINT entry');
    this.#release = db.prepare('RELEASE entry');
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** To be called once, before anything else is read. */
  catchUp(): void {
    if (!this.#redoMissing()) return;
    this.settle();
    this.#log.sync();
  }

  begin(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#db.isTransaction) this.#db.exec('BEGIN IMMEDIATE');
    this.#save.run();
    this.#isOpen = true;
  }

  /** Belongs to the open commit; undefined is a deletion. */
  note(key: Uint8Array, value: Uint8Array | undefined): void {
    this.#writesBytes += key.length + (value?.length ?? 0);
    if (this.#writesBytes <= MAX_RECORD_BYTES) this.#writes.push([key, value]);
  }

  /** Returns once the disk has it. When it throws, {@link rollback} is to be called. */
  commit(): void {
    const bytes = this.#append();
    if (bytes === 0) {
      this.#commitTable(this.#isBegun ? this.#state : { salt: newSalt(), sequence: 0 });
      this.#confirm(() => this.#log.sync());
      // Everything so far is on the disk: the redo log begins anew.
      this.#redo.begin(this.#state.salt);
      this.#isBegun = true;
    } else {
      this.#release.run();
      this.#state.sequence++;
      this.#pending++;
      this.#pendingBytes += bytes;
    }
    this.#forgetOpen();
    if (this.#pending >= SETTLE_COMMITS || this.#pendingBytes >= SETTLE_BYTES) this.#trySettle();
  }

  /** Undoes the open commit. */
  rollback(): void {
    this.#forgetOpen();
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK TO entry; RELEASE entry');
    // A full disk makes SQLite roll back by itself, and further than to the savepoint.
    else if (this.#pending > 0) this.#restore();
  }

  /** SQLite commits what it has. Nobody waits for the disk: the redo log has it. */
  settle(): void {
    if (this.#db.isTransaction && !this.#isOpen) this.#commitTable(this.#state);
  }

  close(): void {
    this.#redo.close();
    this.#log.close();
  }

  /** Bytes of the record in the redo log; 0 when it has none and the commit must go by SQLite's log. */
  #append(): number {
    if (!this.#isBegun || this.#writesBytes > MAX_RECORD_BYTES) return 0;
    return this.#confirm(() => this.#redo.append(this.#state.sequence + 1, this.#writes));
  }

  #commitTable(state: RedoState): void {
    this.#table.put(STATE, encodeState(state));
    this.#db.exec('COMMIT');
    this.#state = state;
    this.#pending = 0;
    this.#pendingBytes = 0;
  }

  /** What has been acknowledged stays, whether SQLite can take it now or not. */
  #trySettle(): void {
    try {
      this.settle();
    } catch {
      if (!this.#db.isTransaction) this.#restore();
    }
  }

  #restore(): void {
    try {
      this.#redoMissing();
    } catch (error) {
      this.#failure = new LostWriteError(
        `The data file cannot be written (${(error as Error).message}). What was acknowledged is kept and will be there after a restart with room on the disk.`,
      );
    }
  }

  /** Does again, in a transaction that it leaves open, what the redo log has and SQLite's file has not. */
  #redoMissing(): boolean {
    const bytes = this.#table.get(STATE);
    if (bytes === undefined) return false;
    this.#state = decodeState(bytes);
    const missing = this.#redo.read(this.#state);
    if (missing.length === 0) return false;
    this.#db.exec('BEGIN IMMEDIATE');
    for (const { sequence, writes } of missing) {
      for (const [key, value] of writes) {
        if (value === undefined) this.#table.delete(key);
        else this.#table.put(key, value);
      }
      this.#state.sequence = sequence;
    }
    return true;
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

  #forgetOpen(): void {
    this.#isOpen = false;
    this.#writes = [];
    this.#writesBytes = 0;
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
