import {
  Binary,
  type Collator,
  type Doc,
  decode,
  encode,
  int,
  intValue,
  type Path,
  type Value,
} from '../bson/index.ts';
import { fault } from '../errors.ts';
import { prefixEnd } from './bytes.ts';
import { readIndex } from './index-spec.ts';
import { collectionKey, indexPrefix, recordKey, Space } from './keys.ts';
import { type Change, decodeCount, HeldByTransaction, type Holder, type Store } from './store.ts';

/** One index, ready for use: its definition and what was compiled from it. */
export interface Index {
  id: number;
  name: string;
  /** As given and as listed. */
  spec: Doc;
  fields: string[];
  paths: Path[];
  directions: (1 | -1)[];
  /** For an index with places: of which kind each field is; undefined for one of plain values. */
  geo?: ('2d' | '2dsphere' | undefined)[];
  unique: boolean;
  /** Takes no more duplicates, though it may hold some: on the way to being unique. */
  prepareUnique: boolean;
  sparse: boolean;
  hidden: boolean;
  partialFilter?: Doc;
  partial?: (doc: Doc) => boolean;
  expireAfterSeconds?: number;
  collation?: Doc;
  collator?: Collator;
  /** Some document has an array in it: one document may have several entries. */
  isMultikey: boolean;
  /** False while it is being built: written, but not yet read. */
  isReady: boolean;
  /** Resolves when its building has ended, well or not. */
  building?: Promise<void>;
  /** Transactions that read an older state must not use it. */
  since: number;
  prefix: Uint8Array;
}

export interface Collection {
  id: number;
  db: string;
  name: string;
  ns: string;
  uuid: Binary;
  options: Doc;
  indexes: Index[];
  nextIndex: number;
  nextRecord: number;
  isDropped: boolean;
  /** The transaction that makes it: nobody else sees it before the commit. */
  owner?: Holder;
}

/** The databases, collections and indexes there are; held in memory, kept in the file. */
export class Catalog {
  readonly #store: Store;
  readonly #byName = new Map<string, Collection>();
  #nextCollection = 1;
  /** Indexes whose building was cut off: their entries are in nobody's care. */
  readonly #unfinished: { collection: number; prefix: Uint8Array }[] = [];

  constructor(store: Store) {
    this.#store = store;
    this.load();
    this.discardUnfinished();
  }

  /** The collection, unless it is being made by a transaction other than the viewer. */
  get(ns: string, viewer?: Holder): Collection | undefined {
    const collection = this.#byName.get(ns);
    return collection?.owner === undefined || collection.owner === viewer ? collection : undefined;
  }

  /** All collections of one database, or of all. */
  list(db?: string): Collection[] {
    const all = [...this.#byName.values()].filter((collection) => collection.owner === undefined);
    return db === undefined ? all : all.filter((collection) => collection.db === db);
  }

  byId(id: number): Collection | undefined {
    for (const collection of this.#byName.values()) if (collection.id === id) return collection;
    return undefined;
  }

  /** With an owner, the collection comes to be with its commit. */
  create(db: string, name: string, options: Doc = new Map(), owner?: Holder): Collection {
    assertNames(db, name);
    const other = this.#byName.get(`${db}.${name}`)?.owner;
    if (other !== undefined) throw new HeldByTransaction(other);
    const clash = this.list().find((other) => other.db !== db && other.db.toLowerCase() === db.toLowerCase());
    if (clash !== undefined) {
      throw fault(
        13297,
        `db already exists with different case already have: [${clash.db}] trying to create [${db}]`,
      );
    }
    const id = this.#nextCollection++;
    const collection: Collection = {
      id,
      db,
      name,
      ns: `${db}.${name}`,
      uuid: new Binary(randomUuid(), 4),
      options,
      indexes: [],
      nextIndex: 1,
      nextRecord: 1,
      isDropped: false,
    };
    const idIndex: Doc = new Map<string, Value>([
      ['v', int(2)],
      ['key', new Map([['_id', int(1)]])],
      ['name', '_id_'],
    ]);
    if (options.has('collation')) idIndex.set('collation', options.get('collation')!);
    collection.indexes.push(readIndex(idIndex, id, collection.nextIndex++));
    collection.indexes[0]!.isReady = true;
    this.#byName.set(collection.ns, collection);
    collection.owner = owner;
    owner?.enlist({
      commit: () => {
        collection.owner = undefined;
        return [this.#entry(collection)];
      },
      abort: () => {
        collection.isDropped = true;
        this.#byName.delete(collection.ns);
      },
    });
    this.save(collection);
    return collection;
  }

  /** Takes it out of the catalogue at once; its data is purged later, in small steps. */
  drop(collection: Collection): void {
    collection.isDropped = true;
    this.#byName.delete(collection.ns);
    const purge = collectionKey(Space.purge, collection.id);
    this.#store.commitUnits([
      {
        changes: [
          { key: collectionKey(Space.catalog, collection.id), value: null },
          { key: collectionKey(Space.count, collection.id), value: null },
          { key: purge, value: new Uint8Array(0) },
        ],
      },
    ]);
    this.#store.counts.delete(collection.id);
  }

  dropIndex(collection: Collection, index: Index): void {
    collection.indexes = collection.indexes.filter((other) => other !== index);
    if (collection.isDropped) return;
    this.#store.commitUnits([{ changes: [purgeOf(collection.id, index.prefix)] }]);
    this.save(collection);
  }

  /** Has the entries of indexes purged that were never finished, because the process ended or the disk was full. */
  discardUnfinished(): void {
    if (this.#unfinished.length === 0) return;
    const changes = this.#unfinished.map(({ collection, prefix }) => purgeOf(collection, prefix));
    for (const { collection: id } of this.#unfinished.splice(0)) {
      const collection = this.byId(id);
      if (collection !== undefined) changes.push(this.#entry(collection));
    }
    this.#store.commitUnits([{ changes }]);
  }

  rename(collection: Collection, db: string, name: string): void {
    assertNames(db, name);
    this.#byName.delete(collection.ns);
    Object.assign(collection, { db, name, ns: `${db}.${name}` });
    this.#byName.set(collection.ns, collection);
    this.save(collection);
  }

  save(collection: Collection): void {
    if (collection.owner !== undefined || collection.isDropped) return;
    this.#store.commitUnits([{ changes: [this.#entry(collection)] }]);
  }

  #entry(collection: Collection): Change {
    const indexes = collection.indexes.map(
      (index): Doc =>
        new Map<string, Value>([
          ['id', int(index.id)],
          ['spec', index.spec],
          ['multikey', index.isMultikey],
          ['ready', index.isReady],
        ]),
    );
    const entry: Doc = new Map<string, Value>([
      ['db', collection.db],
      ['name', collection.name],
      ['uuid', collection.uuid],
      ['options', collection.options],
      ['nextIndex', int(collection.nextIndex)],
      ['indexes', indexes],
    ]);
    return { key: collectionKey(Space.catalog, collection.id), value: encode(entry) };
  }

  /** Reads everything from the file; what is known in memory is forgotten. */
  load(): void {
    // Whoever holds one of the old objects finds it gone.
    for (const collection of this.#byName.values()) collection.isDropped = true;
    this.#byName.clear();
    this.#store.counts.clear();
    this.#unfinished.length = 0;
    const { view } = this.#store;
    for (const space of [Space.catalog, Space.purge]) {
      const from = Buffer.of(space);
      for (const entry of view.scan(from, prefixEnd(from), false, -1)) {
        const id = Buffer.from(entry.key).readUInt32BE(1);
        this.#nextCollection = Math.max(this.#nextCollection, id + 1);
        if (space === Space.catalog) this.#loadCollection(id, decode(entry.value));
      }
    }
  }

  #loadCollection(id: number, entry: Doc): void {
    const db = entry.get('db') as string;
    const name = entry.get('name') as string;
    const collection: Collection = {
      id,
      db,
      name,
      ns: `${db}.${name}`,
      uuid: entry.get('uuid') as Binary,
      options: entry.get('options') as Doc,
      indexes: [],
      nextIndex: intValue(entry.get('nextIndex'))!,
      nextRecord: this.#lastRecord(id) + 1,
      isDropped: false,
    };
    for (const item of entry.get('indexes') as Doc[]) {
      const index = readIndex(item.get('spec') as Doc, id, intValue(item.get('id'))!);
      index.isMultikey = item.get('multikey') === true;
      index.isReady = item.get('ready') === true;
      if (index.isReady) collection.indexes.push(index);
      else this.#unfinished.push({ collection: id, prefix: index.prefix });
    }
    this.#byName.set(collection.ns, collection);
    const count = this.#store.view.get(collectionKey(Space.count, id));
    if (count !== undefined) this.#store.counts.set(id, decodeCount(count));
  }

  #lastRecord(id: number): number {
    const from = collectionKey(Space.record, id);
    const [last] = this.#store.view.scan(from, prefixEnd(from), true, 1);
    return last === undefined ? 0 : Number(Buffer.from(last.key).readBigUInt64BE(5));
  }
}

function purgeOf(collection: number, prefix: Uint8Array): Change {
  const key = Buffer.concat([collectionKey(Space.purge, collection), prefix.subarray(5)]);
  return { key, value: new Uint8Array(0) };
}

/** The range of a collection's documents. */
export function recordRange(collection: Collection): [Uint8Array, Uint8Array] {
  return [recordKey(collection.id, 0), prefixEnd(collectionKey(Space.record, collection.id))];
}

export function indexRange(index: Index): [Uint8Array, Uint8Array] {
  return [index.prefix, prefixEnd(index.prefix)];
}

export { indexPrefix };

function assertNames(db: string, name: string): void {
  if (db === '' || /[/\\. "$*<>:|?\0]/.test(db) || Buffer.byteLength(db) > 63) {
    throw fault('InvalidNamespace', `Invalid database name: '${db}'`);
  }
  if (name === '' || name.startsWith('.') || name.includes('$') || name.includes('\0')) {
    throw fault('InvalidNamespace', `Invalid collection name: '${db}.${name}'`);
  }
  if (Buffer.byteLength(`${db}.${name}`) > 255) {
    throw fault(
      'InvalidNamespace',
      `Fully qualified namespace is too long. Namespace: ${db}.${name} Max: 255`,
    );
  }
}

function randomUuid(): Uint8Array {
  return Buffer.from(crypto.randomUUID().replaceAll('-', ''), 'hex');
}
