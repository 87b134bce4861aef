import type { Value } from '../bson/values.ts';
import { fault } from '../errors.ts';
import { Scratch, type ScratchRun } from './scratch.ts';

/** MongoDB's limit on what one stage holds. */
export const MEMORY_LIMIT = 100 * 1024 * 1024;

export interface RunSortOptions<T> {
  /** `$sort`, or what else sorts: for the error. */
  name: string;
  keyOf(item: T): Value[];
  order(a: Value[], b: Value[]): number;
  /** Bytes that it takes, as BSON. */
  size(item: T): number;
  encode(item: T): Uint8Array;
  decode(bytes: Uint8Array): T;
  /** Without it, more than `limit` bytes are refused with QueryExceededMemoryLimitNoDiskUseAllowed (292). */
  mayUseDisk: boolean;
  limit?: number;
}

interface Row<T> {
  key: Value[];
  item: T;
}

/** Sorted at once, and in a few milliseconds. */
const RUN = 2048;
const BATCH = 256;

/**
 * Sorts any number of items, equal ones in the order in which they came: small runs are sorted as they fill up, kept
 * in memory or on the disk, and merged when the results are asked for. No step holds up the thread for long.
 */
export class RunSorter<T> {
  readonly #options: RunSortOptions<T>;
  readonly #limit: number;
  #filling: Row<T>[] = [];
  #runs: Row<T>[][] = [];
  #bytes = 0;
  #scratch: Scratch | undefined;
  readonly #written: ScratchRun[] = [];

  constructor(options: RunSortOptions<T>) {
    this.#options = options;
    this.#limit = options.limit ?? MEMORY_LIMIT;
  }

  add(item: T): void {
    this.#filling.push({ key: this.#options.keyOf(item), item });
    this.#bytes += this.#options.size(item);
    if (this.#filling.length === RUN) this.#finishRun();
    if (this.#bytes > this.#limit) this.#makeRoom();
  }

  /** Everything in order, in batches. */
  *results(): Generator<T[]> {
    this.#finishRun();
    const lanes = [
      ...this.#written.map((run) => new Lane(this.#readRows(run))),
      ...this.#runs.map((rows) => new Lane([rows][Symbol.iterator]())),
    ];
    const order = new Merge(lanes, (a, b) => this.#options.order(a.key, b.key));
    let batch: T[] = [];
    for (let row = order.next(); row !== undefined; row = order.next()) {
      batch.push(row.item);
      if (batch.length === BATCH) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }

  close(): void {
    this.#scratch?.close();
    this.#scratch = undefined;
    this.#runs = [];
    this.#filling = [];
  }

  #finishRun(): void {
    if (this.#filling.length === 0) return;
    this.#runs.push(this.#filling.sort((a, b) => this.#options.order(a.key, b.key)));
    this.#filling = [];
  }

  #makeRoom(): void {
    const { name, mayUseDisk, encode } = this.#options;
    if (!mayUseDisk) {
      throw fault(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `${name} exceeded memory limit of ${this.#limit} bytes, but did not opt in to external sorting. Pass allowDiskUse: true, or create an index for this order.`,
      );
    }
    this.#finishRun();
    this.#scratch ??= new Scratch();
    for (const rows of this.#runs) {
      const run = this.#scratch.start();
      for (const { item } of rows) this.#scratch.append(run, encode(item));
      this.#written.push(run);
    }
    this.#runs = [];
    this.#bytes = 0;
  }

  *#readRows(run: ScratchRun): Generator<Row<T>[]> {
    for (const page of this.#scratch!.read(run)) {
      yield page.map((bytes) => {
        const item = this.#options.decode(bytes);
        return { key: this.#options.keyOf(item), item };
      });
    }
  }
}

/** One run on its way through the merge. */
class Lane<R> {
  row!: R;
  readonly #pages: Iterator<R[]>;
  #page: R[] = [];
  #at = 0;

  constructor(pages: Iterator<R[]>) {
    this.#pages = pages;
  }

  /** False at the end. */
  advance(): boolean {
    if (this.#at === this.#page.length) {
      const step = this.#pages.next();
      if (step.done) return false;
      this.#page = step.value;
      this.#at = 0;
    }
    this.row = this.#page[this.#at++]!;
    return true;
  }
}

/** Lanes ordered by their first rows; of equal ones the earlier lane comes first. */
class Merge<R> {
  readonly #lanes: { lane: Lane<R>; number: number }[] = [];
  readonly #compare: (a: R, b: R) => number;

  constructor(lanes: Lane<R>[], compare: (a: R, b: R) => number) {
    this.#compare = compare;
    lanes.forEach((lane, number) => {
      if (lane.advance()) this.#insert({ lane, number });
    });
  }

  next(): R | undefined {
    const first = this.#lanes.pop();
    if (first === undefined) return undefined;
    const { row } = first.lane;
    if (first.lane.advance()) this.#insert(first);
    return row;
  }

  /** The least is kept last. */
  #insert(entry: { lane: Lane<R>; number: number }): void {
    let [low, high] = [0, this.#lanes.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#lanes[middle]!;
      const order = this.#compare(entry.lane.row, other.lane.row) || entry.number - other.number;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    this.#lanes.splice(low, 0, entry);
  }
}
