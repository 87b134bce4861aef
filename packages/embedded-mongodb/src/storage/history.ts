import { type Overrides, SortedMap } from './overrides.ts';

/**
 * What keys held before they were changed, kept only while somebody reads an older state. The current
 * state is in the file; a snapshot is the file seen through these.
 */
export class History {
  /** Per key: the commit that changed it and what stood there before, oldest first. */
  readonly #changes = new SortedMap<{ commit: number; before: Uint8Array | null }[]>();
  readonly #readers = new Map<number, number>();

  get isWatched(): boolean {
    return this.#readers.size > 0;
  }

  /** From now on what the state `commit` held stays readable, until {@link release}. */
  retain(commit: number): void {
    this.#readers.set(commit, (this.#readers.get(commit) ?? 0) + 1);
  }

  release(commit: number): void {
    const left = (this.#readers.get(commit) ?? 0) - 1;
    if (left > 0) this.#readers.set(commit, left);
    else this.#readers.delete(commit);
    if (this.#readers.size === 0) this.#changes.clear();
  }

  record(key: string, commit: number, before: Uint8Array | null): void {
    const list = this.#changes.get(key);
    if (list === undefined) this.#changes.set(key, [{ commit, before }]);
    else list.push({ commit, before });
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
