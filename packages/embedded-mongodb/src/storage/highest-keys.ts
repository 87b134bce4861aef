import { Space } from './keys.ts';

const INDEX = String.fromCharCode(Space.index);
const PREFIX = 9;

/**
 * Of each index in which keys are looked up, a key above which it holds none: what grows with time, as most `_id`s do,
 * is known to be new without a look into the file. Keys are binary text. Whoever writes tells of every key that
 * comes; one that goes leaves the bound too high, which does no harm.
 */
export class HighestKeys {
  readonly #bounds = new Map<string, string>();
  readonly #last: (prefix: string) => string | undefined;

  /** `last` finds the highest key that an index has now. */
  constructor(last: (prefix: string) => string | undefined) {
    this.#last = last;
  }

  /** Is it certain that an index does not have this key? */
  isAbove(key: string): boolean {
    if (key[0] !== INDEX) return false;
    const prefix = key.slice(0, PREFIX);
    let bound = this.#bounds.get(prefix);
    if (bound === undefined) {
      bound = this.#last(prefix) ?? prefix;
      this.#bounds.set(prefix, bound);
    }
    return key > bound;
  }

  /** This key is there from now on. */
  note(key: string): void {
    if (key[0] !== INDEX) return;
    const prefix = key.slice(0, PREFIX);
    const bound = this.#bounds.get(prefix);
    if (bound !== undefined && key > bound) this.#bounds.set(prefix, key);
  }
}
