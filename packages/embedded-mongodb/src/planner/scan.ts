import { fault } from '../errors.ts';
import { compareBytes, concat, successor } from '../storage/bytes.ts';
import { type Collection, type Index, recordRange } from '../storage/catalog.ts';
import { readRecord, recordKey, recordKeys } from '../storage/keys.ts';
import { DamagedFileError, type Entry, type View } from '../storage/kv.ts';
import type { PackedRecord } from '../storage/record-scan.ts';
import { Stored } from '../storage/records.ts';
import type { IndexPlan, Plan } from './plan.ts';

/** What a scan has looked at, for `explain`. */
export interface ScanStats {
  keys: number;
  docs: number;
  /** How many documents are wanted at first, when that is known: no more are read ahead. */
  wanted?: number;
}

const FEW = 3;
const FIRST_STEP = 32;
const MAX_STEP = 512;
const PAGE_BYTES = 1 << 20;

/**
 * The documents a plan reaches, in small batches. Between two batches the caller may let others in: a scan goes
 * on by the position of its last key, and holds no statement open.
 */
export function* scan(view: View, collection: Collection, plan: Plan, stats: ScanStats): Generator<Stored[]> {
  if (plan.kind === 'collection') yield* scanCollection(view, collection, plan.reverse, stats);
  else if (plan.kind === 'index') {
    yield* scanIndex(view, collection, plan, stats, plan.index.isMultikey ? new Set() : undefined);
  } else if (plan.kind === 'or') {
    const seen = new Set<number>();
    for (const branch of plan.branches) yield* scanIndex(view, collection, branch, stats, seen);
  }
}

/** The document behind a record number, as it is now. */
export function load(view: View, collection: Collection, record: number): Stored | undefined {
  const bytes = view.get(recordKey(collection.id, record));
  return bytes && new Stored(record, bytes);
}

/** How many entries an index plan's ranges hold, without looking at documents. */
export function countEntries(view: View, plan: IndexPlan): number {
  let total = 0;
  for (const range of plan.ranges) {
    total += view.count(concat(plan.index.prefix, range.from), concat(plan.index.prefix, range.to));
  }
  return total;
}

function* scanCollection(
  view: View,
  collection: Collection,
  reverse: boolean,
  stats: ScanStats,
): Generator<Stored[]> {
  let [from, to] = recordRange(collection);
  let size = Math.min(stats.wanted ?? FIRST_STEP, MAX_STEP);
  for (;;) {
    assertThere(collection);
    const found = view.records(from, to, reverse, size);
    if (found.length === 0) return;
    stats.docs += found.length;
    yield found.map(asStored);
    const last = recordKey(collection.id, found[found.length - 1]!.record);
    if (reverse) to = last;
    else from = successor(last);
    size = Math.min(size * 2, MAX_STEP, sizeFor(found));
  }
}

/** How many documents like these make a page of a reasonable size. */
function sizeFor(found: PackedRecord[]): number {
  const bytes = found.reduce((sum, { at, end }) => sum + end - at, 0);
  return Math.max(1, Math.floor((PAGE_BYTES * found.length) / bytes));
}

function assertThere(collection: Collection): void {
  if (collection.isDropped) throw fault(175, `collection dropped: '${collection.ns}'`);
}

function* scanIndex(
  view: View,
  collection: Collection,
  plan: IndexPlan,
  stats: ScanStats,
  seen: Set<number> | undefined,
): Generator<Stored[]> {
  const { index } = plan;
  let records: number[] = [];
  for (const entries of indexEntries(view, collection, plan, stats)) {
    for (const entry of entries) {
      const record = recordOf(index, entry);
      if (seen?.has(record)) continue;
      seen?.add(record);
      records.push(record);
    }
    // Many small ranges make one batch.
    if (records.length >= FIRST_STEP || plan.ranges.length === 1) {
      yield behindEntries(view, collection, plan, records, stats);
      records = [];
    }
  }
  if (records.length > 0) yield behindEntries(view, collection, plan, records, stats);
}

/** The documents that an index's entries lead to. */
function behindEntries(
  view: View,
  collection: Collection,
  { index, merge }: IndexPlan,
  records: number[],
  stats: ScanStats,
): Stored[] {
  const batch: Stored[] = [];
  for (const found of loadAll(view, collection, records)) {
    if (found !== undefined) batch.push(found);
    // In a merge, entries are read ahead: somebody may have deleted the document since.
    else if (merge === undefined) {
      throw new DamagedFileError(
        `An entry of the index ${index.name} leads to no document. Restore a backup.`,
      );
    }
  }
  stats.docs += batch.length;
  return batch;
}

function loadAll(view: View, collection: Collection, records: number[]): (Stored | undefined)[] {
  if (records.length < FEW) return records.map((record) => load(view, collection, record));
  return view.pick(recordKeys(collection.id, records)).map((found) => found && asStored(found));
}

export const asStored = ({ record, page, at, end }: PackedRecord): Stored =>
  new Stored(record, page, at, end);

function* indexEntries(
  view: View,
  collection: Collection,
  plan: IndexPlan,
  stats: ScanStats,
): Generator<Entry[]> {
  if (plan.merge !== undefined) {
    yield* mergedEntries(view, collection, plan, stats);
    return;
  }
  const { index, reverse } = plan;
  for (const range of reverse ? plan.ranges.slice().reverse() : plan.ranges) {
    const from = concat(index.prefix, range.from);
    const to = concat(index.prefix, range.to);
    for (const entries of steps(view, collection, index, from, to, reverse, stats.wanted)) {
      stats.keys += entries.length;
      yield entries;
    }
  }
}

/** The ranges' entries in one order, which begins behind the exact values of each range. */
function* mergedEntries(
  view: View,
  collection: Collection,
  plan: IndexPlan,
  stats: ScanStats,
): Generator<Entry[]> {
  const { index, reverse } = plan;
  const way = reverse ? -1 : 1;
  const lanes = plan.ranges.map((range, i) => {
    const from = concat(index.prefix, range.from);
    const to = concat(index.prefix, range.to);
    const skip = index.prefix.length + plan.merge![i]!;
    return new Lane(
      steps(view, collection, plan.index, from, to, reverse, Math.min(stats.wanted ?? 16, 16)),
      skip,
      stats,
    );
  });
  const open = lanes.filter((lane) => lane.advance());
  let batch: Entry[] = [];
  while (open.length > 0) {
    let first = 0;
    for (let i = 1; i < open.length; i++) {
      if (compareBytes(open[i]!.suffix, open[first]!.suffix) * way < 0) first = i;
    }
    const lane = open[first]!;
    batch.push(lane.entry);
    if (!lane.advance()) open.splice(first, 1);
    if (batch.length === FIRST_STEP) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** One range on its way through the merge. */
class Lane {
  entry!: Entry;
  suffix!: Uint8Array;
  readonly #steps: Generator<Entry[]>;
  readonly #skip: number;
  readonly #stats: ScanStats;
  #entries: Entry[] = [];
  #at = 0;

  constructor(entries: Generator<Entry[]>, skip: number, stats: ScanStats) {
    this.#steps = entries;
    this.#skip = skip;
    this.#stats = stats;
  }

  /** False at the end. */
  advance(): boolean {
    if (this.#at === this.#entries.length) {
      const step = this.#steps.next();
      if (step.done) return false;
      this.#entries = step.value;
      this.#at = 0;
      this.#stats.keys += step.value.length;
    }
    this.entry = this.#entries[this.#at++]!;
    this.suffix = this.entry.key.subarray(this.#skip);
    return true;
  }
}

export function recordOf(index: Index, entry: Entry): number {
  return index.unique ? readRecord(entry.value, 0) : readRecord(entry.key, entry.key.length - 8);
}

function* steps(
  view: View,
  collection: Collection,
  index: Index,
  from: Uint8Array,
  to: Uint8Array,
  reverse: boolean,
  wanted = FIRST_STEP,
): Generator<Entry[]> {
  let size = Math.min(wanted, MAX_STEP);
  for (;;) {
    assertThere(collection);
    const entries = index.unique ? view.scan(from, to, reverse, size) : view.keys(from, to, reverse, size);
    if (entries.length > 0) yield entries;
    if (entries.length < size) return;
    const last = entries[entries.length - 1]!.key;
    if (reverse) to = last;
    else from = successor(last);
    size = Math.min(size * 2, MAX_STEP);
  }
}
