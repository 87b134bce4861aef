import { type Overrides, SortedMap } from './overrides.ts';

/** So many of what nobody can ask for any more are at least forgotten at a time. */
const FORGET_STEP = 256;

/**
 * What keys held before they were changed, kept only as long as somebody reads an older state. The current
 * state is in the file; a snapshot is the file seen through these.
 */
export class History {
  /** Per key: the commit that changed it and what stood there before, oldest first. */
  readonly #changes = new SortedMap<{ commit: number; before: Uint8Array | null }[]>();
  /** The same changes by their age, oldest first; those before `#from` are forgotten. */
  #order: { key: string; commit: number }[] = [];
  #from = 0;
  /** How many read each state, the oldest first: states are only ever taken of the present. */
  readonly #readers = new Map<number, number>();

  /** How many changes are kept. */
  get size(): number {
    return this.#order.length - this.#from;
  }

  get isWatched(): boolean {
    return this.#readers.size > 0;
  }

  /** From now on what the state `commit` held stays readable, until {@link release}. */
  retain(commit: number): void {
    this.#readers.set(commit, (this.#readers.get(commit) ?? 0) + 1);
  }

  release(commit: number): void {
    const left = (this.#readers.get(commit) ?? 0) - 1;
    if (left > 0) {
      this.#readers.set(commit, left);
      return;
    }
    this.#readers.delete(commit);
    // Under load transactions overlap, so that there is always somebody who reads: what is older than all of them goes.
    const [oldest] = this.#readers.keys();
    if (oldest === undefined) this.#clear();
    else this.#forgetUpTo(oldest);
  }

  #clear(): void {
    this.#changes.clear();
    this.#order = [];
    this.#from = 0;
  }

  #forgetUpTo(commit: number): void {
    const order = this.#order;
    let end = this.#from;
    while (end < order.length && order[end]!.commit <= commit) end++;
    if (end - this.#from < FORGET_STEP) return;
    for (; this.#from < end; this.#from++) {
      const { key } = order[this.#from]!;
      const list = this.#changes.get(key)!;
      if (list.length > 1) list.shift();
      else this.#changes.delete(key);
    }
    if (end * 2 < order.length) return;
    this.#order = order.slice(end);
    this.#from = 0;
  }

  record(key: string, commit: number, before: Uint8Array | null): void {
    const list = this.#changes.get(key);
    if (list === undefined) this.#changes.set(key, [{ commit, before }]);
    else list.push({ commit, before });
    this.#order.push({ key, commit });
  }

  /** Was the key changed by a commit later than `commit`? */
  isChangedAfter(key: string, commit: number): boolean {
    const list = this.#changes.get(key);
    return list !== undefined && list[list.length - 1]!.commit > commit;
  }

  /** The state after `commit`, as overrides over the current one. */
  at(commit: number): Overrides {
    return {
      lookup: (key) => this.#changes.get(key)?.find((change) => change.commit > commit)?.before,
      range: (from, to) => this.#changes.range(from, to).filter((key) => this.isChangedAfter(key, commit)),
    };
  }
}
