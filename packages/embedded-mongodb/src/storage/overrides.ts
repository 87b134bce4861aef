import { fromText, successor, toText } from './bytes.ts';
import { RECORD_KEY_BYTES } from './keys.ts';
import { asRecord, type Entry, pickSingly, type View } from './kv.ts';
import type { PackedRecord } from './record-scan.ts';

/** Values that stand in front of an ordered map: bytes replace, null deletes, undefined lets it through. */
export interface Overrides {
  lookup(key: string): Uint8Array | null | undefined;
  /** Keys in the range, ascending, that may have an override. */
  range(from: string, to: string): string[];
}

/** A map whose keys can be walked in order; put in order only when somebody asks for a range. */
export class SortedMap<V> {
  readonly #map = new Map<string, V>();
  /** In order, with some that are gone. */
  #keys: string[] = [];
  /** What came since they were put in order. */
  #added: string[] = [];
  /** Deleted, and still among the keys. */
  readonly #gone = new Set<string>();

  get size(): number {
    return this.#map.size;
  }

  get(key: string): V | undefined {
    return this.#map.get(key);
  }

  set(key: string, value: V): void {
    if (!this.#map.has(key) && !this.#gone.delete(key)) this.#added.push(key);
    this.#map.set(key, value);
  }

  delete(key: string): void {
    if (this.#map.delete(key)) this.#gone.add(key);
  }

  clear(): void {
    this.#map.clear();
    this.#keys = [];
    this.#added = [];
    this.#gone.clear();
  }

  range(from: string, to: string): string[] {
    this.#sort();
    return this.#present(this.#keys.slice(lowerBound(this.#keys, from), lowerBound(this.#keys, to)));
  }

  entries(): IterableIterator<[string, V]> {
    return this.#map.entries();
  }

  /** The values in the order of their keys. */
  ordered(): V[] {
    this.#sort();
    return this.#present(this.#keys).map((key) => this.#map.get(key)!);
  }

  #present(keys: string[]): string[] {
    return this.#gone.size === 0 ? keys : keys.filter((key) => this.#map.has(key));
  }

  #sort(): void {
    if (this.#gone.size * 2 > this.#keys.length + this.#added.length) {
      this.#keys = this.#present(this.#keys);
      this.#added = this.#present(this.#added);
      this.#gone.clear();
    }
    if (this.#added.length === 0) return;
    const added = this.#added.sort((a, b) => (a < b ? -1 : 1));
    this.#added = [];
    const last = this.#keys[this.#keys.length - 1];
    this.#keys =
      last === undefined || last < added[0]! ? this.#keys.concat(added) : merged(this.#keys, added);
  }
}

/** Two lists in order as one: what is new is mostly little. */
function merged(keys: string[], added: string[]): string[] {
  const out: string[] = [];
  let at = 0;
  for (const key of added) {
    while (at < keys.length && keys[at]! < key) out.push(keys[at++]!);
    out.push(key);
  }
  while (at < keys.length) out.push(keys[at++]!);
  return out;
}

/** `base` as it looks through `overrides`. */
export class OverriddenView implements View {
  readonly #base: View;
  readonly #overrides: Overrides;

  constructor(base: View, overrides: Overrides) {
    this.#base = base;
    this.#overrides = overrides;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const value = this.#overrides.lookup(toText(key));
    return value === undefined ? this.#base.get(key) : (value ?? undefined);
  }

  scan(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): Entry[] {
    const keys = this.#overrides.range(toText(from), toText(to));
    if (keys.length === 0) return this.#base.scan(from, to, reverse, limit);
    if (reverse) keys.reverse();
    const out: Entry[] = [];
    let next = 0;
    const emitOverride = (key: string): void => {
      const value = this.#overrides.lookup(key);
      if (value) out.push({ key: fromText(key), value });
    };
    let [low, high] = [from, to];
    for (;;) {
      const batch = this.#base.scan(low, high, reverse, limit);
      for (const entry of batch) {
        const key = toText(entry.key);
        while (next < keys.length && (reverse ? keys[next]! > key : keys[next]! < key)) {
          // A key the base does not hold in this range; one without an override is simply absent.
          emitOverride(keys[next++]!);
          if (out.length === limit) return out;
        }
        const override = keys[next] === key ? this.#overrides.lookup(keys[next++]!) : undefined;
        if (override === undefined) out.push(entry);
        else if (override !== null) out.push({ key: entry.key, value: override });
        if (out.length === limit) return out;
      }
      if (batch.length < limit) break;
      const last = batch[batch.length - 1]!.key;
      if (reverse) high = last;
      else low = successor(last);
    }
    while (next < keys.length && out.length < limit) emitOverride(keys[next++]!);
    return out;
  }

  records(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): PackedRecord[] {
    if (this.#isPlain(from, to)) return this.#base.records(from, to, reverse, limit);
    return this.scan(from, to, reverse, limit).map(asRecord);
  }

  keys(from: Uint8Array, to: Uint8Array, reverse: boolean, limit: number): Entry[] {
    if (this.#isPlain(from, to)) return this.#base.keys(from, to, reverse, limit);
    return this.scan(from, to, reverse, limit);
  }

  pick(keys: Buffer): (PackedRecord | undefined)[] {
    for (let at = 0; at < keys.length; at += RECORD_KEY_BYTES) {
      const key = keys.latin1Slice(at, at + RECORD_KEY_BYTES);
      if (this.#overrides.lookup(key) !== undefined) return pickSingly(this, keys);
    }
    return this.#base.pick(keys);
  }

  count(from: Uint8Array, to: Uint8Array): number {
    let total = this.#base.count(from, to);
    for (const key of this.#overrides.range(toText(from), toText(to))) {
      const value = this.#overrides.lookup(key);
      if (value === undefined) continue;
      const before = this.#base.get(fromText(key)) !== undefined;
      total += Number(value !== null) - Number(before);
    }
    return total;
  }

  #isPlain(from: Uint8Array, to: Uint8Array): boolean {
    return this.#overrides.range(toText(from), toText(to)).length === 0;
  }
}

function lowerBound(keys: string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
