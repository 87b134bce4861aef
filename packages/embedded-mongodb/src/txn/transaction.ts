import { fault, type MongoServerFault } from '../errors.ts';
import { toText } from '../storage/bytes.ts';
import type { View } from '../storage/kv.ts';
import { OverriddenView, SortedMap } from '../storage/overrides.ts';
import type { Change, Holder, Store, Unit, Writer } from '../storage/store.ts';

export const TRANSIENT = 'TransientTransactionError';

/**
 * A multi-document transaction: reads see the state at its beginning and its own writes; writes stay in
 * memory until the commit. A document that somebody else holds or has changed since is a conflict at once.
 */
export class Transaction implements Writer, Holder {
  readonly view: View;
  readonly ended: Promise<void>;
  readonly startedAt: number;
  /** The commit whose state it reads. */
  readonly readCommit: number;
  readonly #store: Store;
  readonly #snapshot: ReturnType<Store['snapshot']>;
  readonly #writes = new SortedMap<Change>();
  readonly #counts = new Map<number, number>();
  readonly #logs: NonNullable<Unit['log']>[] = [];
  readonly #parts: { commit(): Change[]; abort(): void }[] = [];
  #isOpen = true;
  #end!: () => void;

  constructor(store: Store, now: number) {
    this.#store = store;
    this.startedAt = now;
    this.#snapshot = store.snapshot();
    this.readCommit = this.#snapshot.commit;
    this.view = new OverriddenView(this.#snapshot.view, {
      lookup: (key) => this.#writes.get(key)?.value,
      range: (from, to) => this.#writes.range(from, to),
    });
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Has it written anything? */
  get isDirty(): boolean {
    return this.#writes.size > 0 || this.#parts.length > 0;
  }

  /** Throws WriteConflict (112); the caller then aborts the transaction. */
  apply(unit: Unit): void {
    const { holders, history } = this.#store;
    const keys = unit.changes.map((change) => toText(change.key));
    for (const key of keys) {
      const holder = holders.get(key);
      if (holder !== undefined && holder !== this) throw writeConflict();
      if (holder === undefined && history.isChangedAfter(key, this.readCommit)) throw writeConflict();
    }
    keys.forEach((key, i) => {
      holders.set(key, this);
      this.#writes.set(key, unit.changes[i]!);
    });
    if (unit.collection !== undefined && unit.countDelta) {
      this.#counts.set(unit.collection, (this.#counts.get(unit.collection) ?? 0) + unit.countDelta);
    }
    if (unit.log !== undefined) this.#logs.push(unit.log);
  }

  enlist(part: { commit(): Change[]; abort(): void }): void {
    this.#parts.push(part);
  }

  /** Writes everything and `extra` as one commit. Durable when the store says so. */
  commit(extra: Change[]): void {
    const changes: Change[] = [...extra, ...this.#parts.flatMap((part) => part.commit())];
    for (const change of this.#writes.ordered()) changes.push(change);
    const units: Unit[] = [{ changes }];
    for (const [collection, countDelta] of this.#counts) units.push({ changes: [], collection, countDelta });
    for (const log of this.#logs) units.push({ changes: [], log });
    this.#close();
    this.#store.commitUnits(units);
    this.#end();
  }

  abort(): void {
    if (!this.#isOpen) return;
    this.#close();
    for (const part of this.#parts) part.abort();
    this.#end();
  }

  #close(): void {
    this.#isOpen = false;
    for (const [key] of this.#writes.entries()) this.#store.holders.delete(key);
    this.#snapshot.release();
  }
}

export function writeConflict(): MongoServerFault {
  return fault(
    'WriteConflict',
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.',
    [TRANSIENT],
  );
}
