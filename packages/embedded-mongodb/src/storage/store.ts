import { existsSync } from 'node:fs';
import { toText } from './bytes.ts';
import { compareTimes, LogicalClock, type LogicalTime } from './clock.ts';
import { History } from './history.ts';
import { collectionKey, Space, settingKey } from './keys.ts';
import { DamagedFileError, explain, Kv, type Limits, type View } from './kv.ts';
import { OverriddenView } from './overrides.ts';
import { forgetTraces, Witness } from './witness.ts';

/** One key's new value; null deletes it. */
export interface Change {
  key: Uint8Array;
  value: Uint8Array | null;
}

/** What one document's write changes, applied together or not at all. */
export interface Unit {
  changes: Change[];
  /** Collection whose number of documents changes, and by how much. */
  collection?: number;
  countDelta?: number;
  /** Called with the commit's time; what it returns goes into the same commit (the change log). */
  log?: (time: LogicalTime, order: number) => Change;
}

/** Somebody with uncommitted changes; others wait for `ended`. */
export interface Holder {
  readonly ended: Promise<void>;
  /** Has something done when it ends: changes that go into its commit, or the undoing of what was prepared. */
  enlist(part: { commit(): Change[]; abort(): void }): void;
}

/** Where writes go: straight into the store, or into a transaction. */
export interface Writer {
  readonly view: View;
  apply(unit: Unit): void;
}

/** A key is held by an open transaction: wait for its end, then try the whole document again. */
export class HeldByTransaction extends Error {
  readonly holder: Holder;
  constructor(holder: Holder) {
    super('The document is held by an open transaction.');
    this.holder = holder;
  }
}

const STATE = settingKey('state');
const TIME = settingKey('time');
const TIME_TEXT = toText(TIME);
const OPEN = 1;
const CLOSED = 2;
/** A check reads the whole file, and takes a few milliseconds up to this size. */
const MAX_QUICKLY_CHECKED_BYTES = 16 * 1024 * 1024;
/** After an unclean end a larger one is checked too; beyond that, what is read is still checked entry by entry. */
const MAX_CHECKED_BYTES = 64 * 1024 * 1024;

type Durable = (error?: Error) => void;

/**
 * The ordered map with group commit and history. All writes that arrive within one turn of the event
 * loop share one SQLite transaction, so one fsync; whoever wants to acknowledge waits by `whenDurable`.
 */
export class Store implements Writer {
  readonly kv: Kv;
  readonly view: View;
  readonly history = new History();
  readonly holders = new Map<string, Holder>();
  readonly clock: LogicalClock;
  readonly #path: string;
  readonly #witness: Witness;
  readonly counts = new Map<number, number>();
  /** Set by the owner: a batch could not be written, memory must be read anew from the file. */
  onRollback: (error: Error) => void = () => {};
  onCommit: () => void = () => {};
  /** Time of the last commit that is on the disk, and so may have been acknowledged. */
  durableTime: LogicalTime;
  /** How many batches could not be written; whoever was in the middle of something then must give up. */
  failures = 0;
  lastFailure: Error | undefined;
  /** Found while the file was being served: nothing more is. */
  damage: Error | undefined;
  #commit = 0;
  #waiting: Durable[] = [];
  readonly #dirtyCounts = new Set<number>();
  #timeDirty = false;
  /** Of the count that was written last: most commits are about one collection. */
  #countKey: { collection: number; bytes: Uint8Array; text: string } | undefined;

  /** Opens the file; after an unclean end its structure is checked first. */
  constructor(path: string, limits?: Limits) {
    this.#path = path;
    if (!existsSync(path)) forgetTraces(path);
    this.#witness = new Witness(path);
    this.kv = new Kv(path, limits);
    this.view = this.kv;
    this.#enter();
    this.clock = new LogicalClock(this.#readTime());
    this.durableTime = this.clock.last;
  }

  /** Number of the latest commit, counted from the start of the process. */
  get commitNumber(): number {
    return this.#commit;
  }

  apply(unit: Unit): void {
    this.#refuseHeld(unit.changes);
    this.commitUnits([unit]);
  }

  /** Writes several units as one commit (a transaction). The caller has checked for conflicts. */
  commitUnits(units: Iterable<Unit>): LogicalTime {
    const commit = ++this.#commit;
    const time = this.clock.tick();
    this.#timeDirty = true;
    let order = 0;
    try {
      this.#open();
      for (const unit of units) {
        for (const change of unit.changes) this.#write(change, commit);
        if (unit.log !== undefined) this.#write(unit.log(time, order++), commit);
        if (unit.collection !== undefined && unit.countDelta) this.addCount(unit.collection, unit.countDelta);
      }
    } catch (error) {
      this.#fail(error as Error);
      throw error;
    }
    return time;
  }

  addCount(collection: number, delta: number): void {
    this.counts.set(collection, Math.max(0, (this.counts.get(collection) ?? 0) + delta));
    this.#dirtyCounts.add(collection);
  }

  /** Calls back when everything written so far is on the disk, or could not be written. */
  whenDurable(callback: Durable): void {
    if (this.kv.isOpen) this.#waiting.push(callback);
    else callback();
  }

  /** The state as of now, kept readable until released. */
  snapshot(): { view: View; commit: number; release(): void } {
    const commit = this.#commit;
    this.history.retain(commit);
    let open = true;
    return {
      commit,
      view: new OverriddenView(this.kv, this.history.at(commit)),
      release: () => {
        if (open) this.history.release(commit);
        open = false;
      },
    };
  }

  /** Commits what is pending; called by itself at the end of the event loop's turn. */
  flush(): void {
    if (!this.kv.isOpen) return;
    try {
      for (const collection of this.#dirtyCounts) this.#putCount(collection);
      this.#dirtyCounts.clear();
      if (this.#timeDirty) this.kv.put(TIME, encodeTime(this.clock.last), TIME_TEXT);
      this.#timeDirty = false;
      this.kv.commit();
    } catch (error) {
      this.#fail(error as Error);
      return;
    }
    this.durableTime = this.clock.last;
    this.#witness.write(this.durableTime);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const callback of waiting) callback();
    this.onCommit();
  }

  #putCount(collection: number): void {
    if (this.#countKey?.collection !== collection) {
      const bytes = collectionKey(Space.count, collection);
      this.#countKey = { collection, bytes, text: toText(bytes) };
    }
    const { bytes, text } = this.#countKey;
    this.kv.put(bytes, encodeCount(this.counts.get(collection) ?? 0), text);
  }

  close(): void {
    this.flush();
    this.#mark(CLOSED);
    this.kv.close();
    this.#witness.close();
  }

  #enter(): void {
    try {
      const state = this.kv.get(STATE);
      const size = this.kv.size();
      if (size <= MAX_QUICKLY_CHECKED_BYTES || (state?.[0] === OPEN && size <= MAX_CHECKED_BYTES))
        this.kv.check();
      this.#assertComplete();
      this.#mark(OPEN);
    } catch (error) {
      this.kv.close();
      throw explain(error, this.#path);
    }
  }

  #assertComplete(): void {
    const known = this.#witness.read();
    const found = this.#readTime();
    if (known === undefined || compareTimes(known, found) <= 0) return;
    throw new DamagedFileError(
      `The data file is damaged: writes were acknowledged until ${new Date(known.seconds * 1000).toISOString()}, and the latest of them are missing. Restore a backup; or, to go on without them, delete ${this.#witness.path}.`,
    );
  }

  #mark(state: number): void {
    mark(this.kv, state);
  }

  /** Nothing of the batch was written; everybody in it is told. */
  #fail(error: Error): void {
    this.failures++;
    this.lastFailure = error;
    this.kv.rollback();
    this.#dirtyCounts.clear();
    const waiting = this.#waiting;
    this.#waiting = [];
    this.onRollback(error);
    for (const callback of waiting) callback(error);
  }

  #open(): void {
    if (this.kv.isOpen) return;
    this.kv.begin();
    setImmediate(() => this.flush());
  }

  #write(change: Change, commit: number): void {
    if (this.history.isWatched) {
      this.history.record(toText(change.key), commit, this.kv.get(change.key) ?? null);
    }
    if (change.value === null) this.kv.delete(change.key);
    else this.kv.put(change.key, change.value);
  }

  #refuseHeld(changes: Change[]): void {
    if (this.holders.size === 0) return;
    for (const change of changes) {
      const holder = this.holders.get(toText(change.key));
      if (holder !== undefined) throw new HeldByTransaction(holder);
    }
  }

  #readTime(): LogicalTime {
    const bytes = this.kv.get(TIME);
    if (bytes === undefined) return { seconds: 0, increment: 0 };
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { seconds: view.getUint32(0), increment: view.getUint32(4) };
  }
}

/** Says of a file that was checked as a whole that it need not be checked when it is opened. */
export function markClosed(kv: Kv): void {
  mark(kv, CLOSED);
}

function mark(kv: Kv, state: number): void {
  kv.begin();
  kv.put(STATE, Uint8Array.of(state));
  kv.commit();
}

export function encodeTime(time: LogicalTime): Uint8Array {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeUInt32BE(time.seconds, 0);
  bytes.writeUInt32BE(time.increment, 4);
  return bytes;
}

export function decodeCount(bytes: Uint8Array): number {
  return Number(Buffer.from(bytes.buffer, bytes.byteOffset, 8).readBigUInt64BE(0));
}

function encodeCount(count: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt(count));
  return bytes;
}
