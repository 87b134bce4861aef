import { type Doc, decode, intValue } from '../bson/index.ts';
import { prefixEnd } from '../storage/bytes.ts';
import type { Index } from '../storage/catalog.ts';
import { readIndex } from '../storage/index-spec.ts';
import { collectionKey, readRecord, Space } from '../storage/keys.ts';
import { DamagedFileError, type Kv } from '../storage/kv.ts';
import { decodeCount } from '../storage/store.ts';
import type { Problems } from './check.ts';

/** A collection as the file has it, and what was found of it. */
export interface CatalogueEntry {
  id: number;
  ns: string;
  indexes: Index[];
  count: number;
  found: number;
}

export interface Catalogue {
  collections: CatalogueEntry[];
  byId: Map<number, CatalogueEntry>;
  /** Was the collection, or the index of it, dropped, and is still to be purged? */
  isPurged(collection: number, index?: number): boolean;
  noteOrphan(key: Uint8Array): void;
  /** Compares the counts, and tells of what belongs to nobody. */
  finish(problems: Problems): void;
}

export function readCatalogue(kv: Kv, problems: Problems): Catalogue {
  const collections: CatalogueEntry[] = [];
  const names = new Set<string>();
  for (const { key, value } of entries(kv, Space.catalog, problems)) {
    const id = Buffer.from(key).readUInt32BE(1);
    try {
      const collection = readEntry(kv, id, decode(value));
      if (names.has(collection.ns)) problems.add(`catalogue: ${collection.ns} is there twice`);
      names.add(collection.ns);
      collections.push(collection);
    } catch (error) {
      problems.add(`catalogue: collection number ${id} cannot be read: ${(error as Error).message}`);
    }
  }
  const purged = new Set<string>();
  for (const { key } of entries(kv, Space.purge, problems))
    purged.add(Buffer.from(key.subarray(1)).toString('hex'));
  const hex = (number: number): string => number.toString(16).padStart(8, '0');
  const isPurged = (collection: number, index?: number): boolean =>
    purged.has(hex(collection)) || (index !== undefined && purged.has(hex(collection) + hex(index)));
  const orphans = new Map<number, number>();
  return {
    collections,
    byId: new Map(collections.map((collection) => [collection.id, collection])),
    isPurged,
    noteOrphan: (key) => {
      const collection = Buffer.from(key).readUInt32BE(1);
      if (!isPurged(collection)) orphans.set(collection, (orphans.get(collection) ?? 0) + 1);
    },
    finish: () => {
      for (const { ns, count, found } of collections) {
        if (count !== found) problems.add(`${ns}: ${found} documents are there, ${count} were counted`);
      }
      for (const [id, count] of orphans) {
        problems.add(`${count} documents belong to collection number ${id}, which is not in the catalogue`);
      }
    },
  };
}

/** What a key stands for. */
export function wordsOf(key: Uint8Array): string {
  const bytes = Buffer.from(key);
  const collection = bytes.length >= 5 ? bytes.readUInt32BE(1) : 0;
  switch (key[0]) {
    case Space.setting:
      return `setting ${bytes.toString('utf8', 1)}`;
    case Space.catalog:
      return `catalogue of collection number ${collection}`;
    case Space.count:
      return `count of collection number ${collection}`;
    case Space.session:
      return 'of a session';
    case Space.log:
      return 'of the change log';
    case Space.record:
      return `document ${bytes.length >= 13 ? readRecord(key, 5) : '?'} of collection number ${collection}`;
    case Space.index:
      return `of index number ${bytes.length >= 9 ? bytes.readUInt32BE(5) : '?'} of collection number ${collection}`;
    default:
      return bytes.toString('hex', 0, 16);
  }
}

function readEntry(kv: Kv, id: number, entry: Doc): CatalogueEntry {
  const indexes = ((entry.get('indexes') as Doc[] | undefined) ?? []).map((item) => {
    const index = readIndex(item.get('spec') as Doc, id, intValue(item.get('id'))!);
    index.isMultikey = item.get('multikey') === true;
    index.isReady = item.get('ready') === true;
    return index;
  });
  const count = kv.get(collectionKey(Space.count, id));
  return {
    id,
    ns: `${entry.get('db')}.${entry.get('name')}`,
    indexes,
    count: count === undefined ? 0 : decodeCount(count),
    found: 0,
  };
}

function entries(kv: Kv, space: number, problems: Problems): { key: Uint8Array; value: Uint8Array }[] {
  const from = Buffer.of(space);
  try {
    return kv.scan(from, prefixEnd(from), false, -1);
  } catch (error) {
    // Said in words by whoever goes through all entries, when it is a checksum.
    if (!(error instanceof DamagedFileError)) problems.add(`catalogue: ${(error as Error).message}`);
    else problems.add('catalogue: it is damaged; what belongs to it cannot be told');
    return [];
  }
}
