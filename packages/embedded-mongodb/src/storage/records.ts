import { type Doc, decode, decodeFields, encode, show, type Value } from '../bson/index.ts';
import { MongoServerFault } from '../errors.ts';
import { compareBytes } from './bytes.ts';
import type { Collection, Index } from './catalog.ts';
import { type IndexKeys, indexKeys, indexRows } from './index-keys.ts';
import { entryKey, readRecord, recordBytes, recordKey } from './keys.ts';
import type { View } from './kv.ts';
import type { Change, Unit } from './store.ts';

/** E11000, with the key as MongoDB reports it. */
export class DuplicateKeyFault extends MongoServerFault {
  readonly keyPattern: Doc;
  readonly keyValue: Doc;

  constructor(collection: Collection, index: Index, keyValue: Doc) {
    super(
      11000,
      'DuplicateKey',
      `E11000 duplicate key error collection: ${collection.ns} index: ${index.name} dup key: ${show(keyValue)}`,
    );
    this.keyPattern = index.spec.get('key') as Doc;
    this.keyValue = keyValue;
  }
}

/** A document where it is stored; decoded when somebody looks at it. */
export class Stored {
  readonly record: number;
  #page: Uint8Array;
  #at: number;
  #end: number;
  #doc: Doc | undefined;

  constructor(record: number, page: Uint8Array, at = 0, end: number = page.length) {
    this.record = record;
    this.#page = page;
    this.#at = at;
    this.#end = end;
  }

  get bytes(): Uint8Array {
    return this.size === this.#page.length ? this.#page : this.#page.subarray(this.#at, this.#end);
  }

  /** In bytes. */
  get size(): number {
    return this.#end - this.#at;
  }

  get doc(): Doc {
    this.#doc ??= decode(this.bytes);
    return this.#doc;
  }

  /** With the given top-level fields only; cheaper when nobody has looked at the whole. */
  fields(names: ReadonlySet<string>): Doc {
    return this.#doc ?? decodeFields(this.#page, names, this.#at, this.#end);
  }

  /** What this says of the bytes, where they lie with others. */
  passes(sieve: (page: Buffer, at: number, end: number) => boolean): boolean {
    return !Buffer.isBuffer(this.#page) || sieve(this.#page, this.#at, this.#end);
  }

  /** Lets go of the page that it was read with: for one of many that is kept for long. */
  detach(): this {
    if (this.size < this.#page.length) {
      this.#page = Uint8Array.prototype.slice.call(this.#page, this.#at, this.#end);
      this.#at = 0;
      this.#end = this.#page.length;
    }
    return this;
  }

  /**
   * Gives back the page that it was read with, at once: hundreds of them would fill the memory before the next
   * collection, and make it a long one. Nobody may look at a document of that page any more.
   */
  discard(): void {
    if (this.size < this.#page.length) (this.#page.buffer as ArrayBuffer).transfer(0);
  }
}

const EMPTY = new Uint8Array(0);

/** What inserting `doc` changes. Throws {@link DuplicateKeyFault}. Indexes that turn multikey are listed. */
export function insertUnit(view: View, collection: Collection, doc: Doc, bytes: Uint8Array): WriteUnit {
  const record = collection.nextRecord++;
  const changes: Change[] = [{ key: recordKey(collection.id, record), value: bytes }];
  const turned: Index[] = [];
  for (const index of collection.indexes) {
    const after = indexKeys(index, doc);
    for (const key of after.keys) changes.push(entry(view, collection, index, key, record, doc));
    if (after.isMultikey && !index.isMultikey) turned.push(index);
  }
  return { record, turned, changes, collection: collection.id, countDelta: 1 };
}

export function updateUnit(view: View, collection: Collection, old: Stored, doc: Doc): WriteUnit {
  const bytes = encode(doc);
  const changes: Change[] = [{ key: recordKey(collection.id, old.record), value: bytes }];
  const turned: Index[] = [];
  for (const index of collection.indexes) {
    if (isUntouched(index, old.doc, doc)) continue;
    const before = indexKeys(index, old.doc);
    const after = indexKeys(index, doc);
    for (const key of without(before, after)) changes.push(removal(index, key, old.record));
    for (const key of without(after, before)) {
      changes.push(entry(view, collection, index, key, old.record, doc));
    }
    if (after.isMultikey && !index.isMultikey) turned.push(index);
  }
  return { record: old.record, turned, changes };
}

export function deleteUnit(collection: Collection, old: Stored): WriteUnit {
  const changes: Change[] = [{ key: recordKey(collection.id, old.record), value: null }];
  for (const index of collection.indexes) {
    for (const key of indexKeys(index, old.doc).keys) changes.push(removal(index, key, old.record));
  }
  return { record: old.record, turned: [], changes, collection: collection.id, countDelta: -1 };
}

export interface WriteUnit extends Unit {
  record: number;
  /** Indexes in which this document is the first with an array. */
  turned: Index[];
}

/** The change that enters one key of a document into an index; refuses a key that is taken. */
export function entry(
  view: View,
  collection: Collection,
  index: Index,
  key: Uint8Array,
  record: number,
  doc: Doc,
): Change {
  if (index.prepareUnique) refuseDuplicate(view, collection, index, key, record, doc);
  if (!index.unique) return { key: entryKey(index.prefix, key, record), value: EMPTY };
  const full = entryKey(index.prefix, key);
  const taken = view.get(full);
  if (taken !== undefined && readRecord(taken, 0) !== record) {
    throw new DuplicateKeyFault(collection, index, keyValue(index, key, doc));
  }
  return { key: full, value: recordBytes(record) };
}

function refuseDuplicate(
  view: View,
  collection: Collection,
  index: Index,
  key: Uint8Array,
  record: number,
  doc: Doc,
): void {
  const from = entryKey(index.prefix, key, 0);
  const to = entryKey(index.prefix, key, Number.MAX_SAFE_INTEGER);
  const own = Buffer.from(entryKey(index.prefix, key, record));
  const taken = view.scan(from, to, false, 2).some((entry) => !own.equals(entry.key));
  if (taken) throw new DuplicateKeyFault(collection, index, keyValue(index, key, doc));
}

function removal(index: Index, key: Uint8Array, record: number): Change {
  return { key: entryKey(index.prefix, key, index.unique ? undefined : record), value: null };
}

function keyValue(index: Index, key: Uint8Array, doc: Doc): Doc {
  const values = indexRows(index, doc).find((row) => compareBytes(row.key, key) === 0)?.values ?? [];
  return new Map(index.fields.map((field, i): [string, Value] => [field, values[i] ?? null]));
}

/** Updates leave what they do not touch identical, so equal references mean equal keys. */
function isUntouched(index: Index, before: Doc, after: Doc): boolean {
  if (index.partial !== undefined) return false;
  return index.paths.every((path) => {
    const value = before.get(path.parts[0]!);
    const other = after.get(path.parts[0]!);
    return (
      value === other && (value !== undefined || !(before.has(path.parts[0]!) || after.has(path.parts[0]!)))
    );
  });
}

function without(keys: IndexKeys, others: IndexKeys): Uint8Array[] {
  if (others.keys.length === 0) return keys.keys;
  if (keys.keys.length === 1 && others.keys.length === 1) {
    return compareBytes(keys.keys[0]!, others.keys[0]!) === 0 ? [] : keys.keys;
  }
  const text = (key: Uint8Array): string => Buffer.from(key).latin1Slice();
  const known = new Set(others.keys.map(text));
  return keys.keys.filter((key) => !known.has(text(key)));
}
