import { type Binary, BsonDate, type Doc, encode, Timestamp, type Value } from '../bson/index.ts';
import { compareBytes, prefixEnd, successor } from '../storage/bytes.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import type { LogicalTime } from '../storage/clock.ts';
import { Space, settingKey } from '../storage/keys.ts';
import { type Change, encodeTime, type Store, type Unit, type Writer } from '../storage/store.ts';
import { differences } from './change-diff.ts';
import { doc } from './context.ts';

const MAX_ENTRIES = 100_000;
const TRIM_STEP = 2000;
/** So many bytes of the newest entries stay in memory: most streams are never further behind. */
const RECENT_BYTES = 8 * 1024 * 1024;
const STARTED = settingKey('log');

/** One entry as it is stored. */
export interface LogEntry {
  /** Time of the commit and the order within it: 12 bytes. */
  position: Uint8Array;
  /** As it is stored. */
  bytes: Uint8Array;
  /** What says whom it is for (`ns`, `to`), once somebody has asked. */
  about?: Doc;
}

/**
 * The log of changes that change streams read. It is kept from the moment the first stream is opened on the
 * data, in the same commit as what it tells of; the oldest entries go when there are too many.
 */
export class ChangeLog {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #waiting = new Set<() => void>();
  #entries = 0;
  /** The newest entries without a gap, ascending. */
  #recent: LogEntry[] = [];
  #recentBytes = 0;
  /** Nothing at or before this position is there any more. Undefined: no log is kept. */
  #floor: Uint8Array | undefined;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
    this.load();
  }

  /** Reads from the file whether a log is kept. */
  load(): void {
    this.#recent = [];
    this.#recentBytes = 0;
    this.#floor = this.#store.view.get(STARTED);
    this.#entries = this.#floor === undefined ? 0 : this.#store.view.count(...ALL);
  }

  get isKept(): boolean {
    return this.#floor !== undefined;
  }

  /** Keeps a log from now on. */
  start(): void {
    if (this.#floor !== undefined) return;
    this.#floor = this.end();
    this.#store.commitUnits([{ changes: [{ key: STARTED, value: this.#floor }] }]);
  }

  /** The position after everything that has been acknowledged: what is still on its way counts as new. */
  end(): Uint8Array {
    return positionOf(this.#store.durableTime, 0xffffffff);
  }

  /** Is everything after that position still there? */
  reaches(position: Uint8Array): boolean {
    return this.#floor !== undefined && compareBytes(this.#floor, position) <= 0;
  }

  read(after: Uint8Array, limit: number): LogEntry[] {
    const oldest = this.#recent[0];
    if (oldest !== undefined && compareBytes(oldest.position, after) <= 0) {
      const from = this.#recentAfter(after);
      return this.#recent.slice(from, from + limit);
    }
    const from = successor(Buffer.concat([Buffer.of(Space.log), after]));
    return this.#store.view.scan(from, ALL[1], false, limit).map((entry) => ({
      position: Uint8Array.prototype.slice.call(entry.key, 1),
      bytes: entry.value,
    }));
  }

  /** Where in the newest ones what comes after that position begins. */
  #recentAfter(after: Uint8Array): number {
    let [low, high] = [0, this.#recent.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareBytes(this.#recent[middle]!.position, after) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #remember(position: Uint8Array, bytes: Uint8Array): void {
    this.#recent.push({ position, bytes });
    this.#recentBytes += bytes.length;
    if (this.#recentBytes <= RECENT_BYTES) return;
    // Half of them at once: taking one at a time would move all the others each time.
    for (const gone of this.#recent.splice(0, this.#recent.length >> 1))
      this.#recentBytes -= gone.bytes.length;
  }

  inserted(collection: Collection, document: Doc): Unit['log'] {
    return this.#entry(collection, 'insert', () => [
      ['documentKey', keyOf(document)],
      ['fullDocument', document],
    ]);
  }

  updated(collection: Collection, before: Doc, after: Doc, isReplacement: boolean): Unit['log'] {
    const images = this.#images(collection, before, after);
    if (isReplacement) {
      return this.#entry(collection, 'replace', () => [
        ['documentKey', keyOf(after)],
        ['fullDocument', after],
        ...images,
      ]);
    }
    return this.#entry(collection, 'update', () => [
      ['documentKey', keyOf(after)],
      ['updateDescription', differences(before, after)],
      ...images,
    ]);
  }

  deleted(collection: Collection, document: Doc): Unit['log'] {
    const images = this.#images(collection, document, undefined);
    return this.#entry(collection, 'delete', () => [['documentKey', keyOf(document)], ...images]);
  }

  /** Told only to streams that ask for expanded events, as the next two. */
  created(writer: Writer, collection: Collection): void {
    const description = new Map(collection.options);
    if (!description.has('viewOn')) description.set('idIndex', collection.indexes[0]!.spec);
    this.#expanded(writer, collection, 'create', description);
  }

  indexed(
    writer: Writer,
    operation: 'createIndexes' | 'dropIndexes',
    collection: Collection,
    indexes: Index[],
  ): void {
    this.#expanded(writer, collection, operation, doc(['indexes', indexes.map((index) => index.spec)]));
  }

  modified(collection: Collection, description: Doc): void {
    this.#expanded(this.#store, collection, 'modify', description);
  }

  #expanded(writer: Writer, collection: Collection, operation: string, description: Doc): void {
    const log = this.#entry(collection, operation, () => [
      ['operationDescription', description],
      ['expanded', true],
    ]);
    if (log !== undefined) writer.apply({ changes: [], log });
  }

  dropped(collection: Collection): void {
    this.#append(this.#entry(collection, 'drop', () => []));
  }

  droppedDatabase(db: string): void {
    this.#append(this.#entry({ db, name: undefined }, 'dropDatabase', () => []));
  }

  /** `dropped` is what had the new name before, and is gone without an event of its own. */
  renamed(from: string, collection: Collection, dropped?: Collection): void {
    const dot = from.indexOf('.');
    const source = { db: from.slice(0, dot), name: from.slice(dot + 1) };
    const to = doc(['db', collection.db], ['coll', collection.name]);
    const target: [string, Value][] = dropped === undefined ? [] : [['dropTarget', dropped.uuid]];
    this.#append(this.#entry({ ...source, uuid: collection.uuid }, 'rename', () => [['to', to], ...target]));
  }

  /** Waits for the next commit, at most that long. */
  changed(ms: number, onStop: (stop: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#waiting.add(done);
      onStop(done);
    });
  }

  wake(): void {
    for (const done of [...this.#waiting]) done();
  }

  /** Deletes some of the oldest entries when there are too many. */
  trim(): void {
    if (this.#entries <= MAX_ENTRIES) return;
    const oldest = this.#store.view.scan(...ALL, false, TRIM_STEP);
    const changes: Change[] = oldest.map((entry) => ({ key: entry.key, value: null }));
    this.#floor = Uint8Array.prototype.slice.call(oldest[oldest.length - 1]!.key, 1) as Uint8Array;
    changes.push({ key: STARTED, value: this.#floor });
    this.#entries -= oldest.length;
    this.#store.commitUnits([{ changes }]);
  }

  #append(log: Unit['log']): void {
    if (log !== undefined) this.#store.commitUnits([{ changes: [], log }]);
  }

  #entry(
    source: { db: string; name?: string; uuid?: Binary },
    operation: string,
    fields: () => [string, Value][],
  ): Unit['log'] {
    if (this.#floor === undefined) return undefined;
    const ns = doc(['db', source.db]);
    if (source.name !== undefined) ns.set('coll', source.name);
    const uuid: [string, Value][] = source.uuid === undefined ? [] : [['collectionUUID', source.uuid]];
    return (time, order) => {
      this.#entries++;
      const event = doc(
        ['operationType', operation],
        ['clusterTime', new Timestamp(time.seconds, time.increment)],
        ['wallTime', new BsonDate(this.#now())],
        ['ns', ns],
        ...uuid,
        ...fields(),
      );
      const [position, value] = [positionOf(time, order), encode(event)];
      this.#remember(position, value);
      return { key: Buffer.concat([LOG, position]), value };
    };
  }

  /** Documents before and after, where the collection asks for them to be kept. */
  #images(collection: Collection, before: Doc, after: Doc | undefined): [string, Value][] {
    const option = collection.options.get('changeStreamPreAndPostImages');
    if (!(option instanceof Map) || option.get('enabled') !== true) return [];
    const images: [string, Value][] = [['before', before]];
    if (after !== undefined) images.push(['after', after]);
    return images;
  }
}

const LOG = Buffer.of(Space.log);
const ALL: [Uint8Array, Uint8Array] = [LOG, prefixEnd(LOG)];

export function positionOf(time: LogicalTime, order: number): Uint8Array {
  const position = Buffer.alloc(12);
  position.set(encodeTime(time));
  position.writeUInt32BE(order, 8);
  return position;
}

function keyOf(document: Doc): Doc {
  return doc(['_id', document.get('_id') ?? null]);
}
