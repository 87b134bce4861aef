import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { compareBytes } from './bytes.ts';

/** So many keys, about, are counted as one block. */
const BLOCK = 4096;

/** A range whose keys have been counted, and are since. */
interface Block {
  from: Uint8Array;
  to: Uint8Array;
  count: number;
}

/**
 * Counts keys in ranges exactly, and remembers what it has counted, block by block: a second count looks only at
 * the blocks' sums and at the two ends. Whoever writes tells of every key that comes or goes.
 */
export class Tally {
  /** Disjoint, ascending; what lies between them has not been counted. */
  #blocks: Block[] = [];
  readonly #count: StatementSync;
  readonly #nth: StatementSync;

  constructor(db: DatabaseSync) {
    this.#count = db.prepare('SELECT count(*) FROM kv WHERE k >= ? AND k < ?');
    this.#nth = db.prepare('SELECT k FROM kv WHERE k >= ? AND k < ? ORDER BY k LIMIT 1 OFFSET ?');
    for (const statement of [this.#count, this.#nth]) statement.setReturnArrays(true);
  }

  count(from: Uint8Array, to: Uint8Array): number {
    let total = 0;
    let at = from;
    let i = this.#firstEndingAfter(from);
    while (compareBytes(at, to) < 0) {
      const block = this.#blocks[i];
      const isKnown = block !== undefined && compareBytes(block.from, at) <= 0;
      if (isKnown) {
        const isWhole = compareBytes(block.from, at) === 0 && compareBytes(block.to, to) <= 0;
        const end = compareBytes(block.to, to) < 0 ? block.to : to;
        total += isWhole ? block.count : this.#read(at, end);
        at = end;
        i++;
      } else {
        const end = block !== undefined && compareBytes(block.from, to) < 0 ? block.from : to;
        const fresh = this.#countGap(at, end);
        for (const { count } of fresh) total += count;
        this.#remember(i, fresh);
        at = end;
        i = this.#firstEndingAfter(at);
      }
    }
    return total;
  }

  /** Counts so many more blocks of the range. True when all that is worth keeping has been counted. */
  prepare(from: Uint8Array, to: Uint8Array, blocks: number): boolean {
    let at = from;
    for (let i = this.#firstEndingAfter(from); compareBytes(at, to) < 0; i++) {
      const block = this.#blocks[i];
      if (block !== undefined && compareBytes(block.from, at) <= 0) {
        at = block.to;
        continue;
      }
      const end = block !== undefined && compareBytes(block.from, to) < 0 ? block.from : to;
      const fresh = this.#countGap(at, end, blocks);
      const last = fresh[fresh.length - 1]!;
      if (compareBytes(last.to, end) < 0) {
        this.#remember(i, fresh);
        return false;
      }
      const kept = this.#remember(i, fresh);
      i += kept - 1;
      at = end;
    }
    return true;
  }

  /** Would a change of this key change a block's sum? */
  knows(key: Uint8Array): boolean {
    return this.#blockOf(key) !== undefined;
  }

  /** A key came (1) or went (-1). */
  change(key: Uint8Array, by: 1 | -1): void {
    const i = this.#blocks.length === 0 ? undefined : this.#blockOf(key);
    if (i === undefined) return;
    const block = this.#blocks[i]!;
    block.count += by;
    // Grown too large, it is counted anew, in two.
    if (block.count > 2 * BLOCK) this.#blocks.splice(i, 1);
  }

  forget(): void {
    this.#blocks = [];
  }

  /** In blocks; the last one is what is left over. */
  #countGap(from: Uint8Array, to: Uint8Array, most = Number.POSITIVE_INFINITY): Block[] {
    const blocks: Block[] = [];
    let at = from;
    while (blocks.length < most) {
      const row = this.#nth.get(at, to, BLOCK) as unknown as [Uint8Array] | undefined;
      if (row === undefined) break;
      blocks.push({ from: at, to: row[0], count: BLOCK });
      at = row[0];
    }
    if (blocks.length < most) blocks.push({ from: at, to, count: this.#read(at, to) });
    return blocks;
  }

  /** Small ranges are quicker counted than kept. */
  #remember(at: number, fresh: Block[]): number {
    const kept = fresh.filter((block) => block.count >= BLOCK / 2);
    this.#blocks.splice(at, 0, ...kept);
    return kept.length;
  }

  #read(from: Uint8Array, to: Uint8Array): number {
    return (this.#count.get(from, to) as unknown as [number])[0];
  }

  #blockOf(key: Uint8Array): number | undefined {
    const i = this.#firstEndingAfter(key);
    const block = this.#blocks[i];
    return block !== undefined && compareBytes(block.from, key) <= 0 ? i : undefined;
  }

  #firstEndingAfter(key: Uint8Array): number {
    let [low, high] = [0, this.#blocks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareBytes(this.#blocks[middle]!.to, key) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
