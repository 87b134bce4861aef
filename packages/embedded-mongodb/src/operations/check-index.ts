import { type Doc, decode, show } from '../bson/index.ts';
import { compareBytes, prefixEnd } from '../storage/bytes.ts';
import type { Index } from '../storage/catalog.ts';
import { indexKeys } from '../storage/index-keys.ts';
import { entryKey, readRecord, recordKey } from '../storage/keys.ts';
import { DamagedFileError, type Entry, type View } from '../storage/kv.ts';
import type { Problems } from './check.ts';
import type { Catalogue, CatalogueEntry } from './check-catalogue.ts';

const STEP = 500;

/**
 * Index entries against documents. Every key that a document should have is looked up; so when an index has as
 * many entries as were found that way it has no others, and only otherwise are its entries gone through.
 */
export class IndexCheck {
  /** Entries that the documents seen so far should have. */
  expected = 0;
  readonly #view: View;
  readonly #catalogue: Pick<Catalogue, 'collections' | 'isPurged'>;
  readonly #problems: Problems;
  readonly #right = new Map<Index, number>();
  readonly #found = new Map<string, number>();

  constructor(view: View, catalogue: Pick<Catalogue, 'collections' | 'isPurged'>, problems: Problems) {
    this.#view = view;
    this.#catalogue = catalogue;
    this.#problems = problems;
  }

  expect(collection: CatalogueEntry, doc: Doc, key: Uint8Array): void {
    const record = readRecord(key, 5);
    for (const index of collection.indexes) {
      if (!index.isReady) continue;
      const { keys, isMultikey } = indexKeys(index, doc);
      const say = (what: string): void =>
        this.#problems.add(
          `${collection.ns}: index ${index.name} ${what} the document ${show(doc.get('_id') ?? null)}`,
        );
      if (isMultikey && !index.isMultikey) say('is not marked as one over arrays, in spite of');
      let right = 0;
      for (const key of keys) {
        const state = this.#look(index, key, record);
        if (state === 'there') right++;
        else say(state === 'missing' ? 'has no entry for' : 'leads to another document than');
      }
      this.expected += keys.length;
      this.#right.set(index, (this.#right.get(index) ?? 0) + right);
    }
  }

  /** One entry was met. */
  note(key: Uint8Array): void {
    const prefix = Buffer.from(key.subarray(1, 9)).toString('hex');
    this.#found.set(prefix, (this.#found.get(prefix) ?? 0) + 1);
  }

  finish(): void {
    for (const collection of this.#catalogue.collections) {
      for (const index of collection.indexes) {
        const prefix = Buffer.from(index.prefix.subarray(1)).toString('hex');
        const found = this.#found.get(prefix) ?? 0;
        this.#found.delete(prefix);
        if (index.isReady && found > (this.#right.get(index) ?? 0)) this.#nameWrong(collection, index);
      }
    }
    for (const [prefix, count] of this.#found) {
      const [collection, index] = [
        Number.parseInt(prefix.slice(0, 8), 16),
        Number.parseInt(prefix.slice(8), 16),
      ];
      if (this.#catalogue.isPurged(collection, index)) continue;
      this.#problems.add(
        `${count} entries belong to index number ${index} of collection number ${collection}, which is not in the catalogue`,
      );
    }
  }

  #look(index: Index, key: Uint8Array, record: number): 'there' | 'missing' | 'other' {
    try {
      const value = this.#view.get(entryKey(index.prefix, key, index.unique ? undefined : record));
      if (value === undefined) return 'missing';
      return !index.unique || readRecord(value, 0) === record ? 'there' : 'other';
    } catch (error) {
      // Its checksum is wrong: that is said where it is met.
      if (error instanceof DamagedFileError) return 'there';
      throw error;
    }
  }

  #nameWrong(collection: CatalogueEntry, index: Index): void {
    let from = index.prefix;
    const to = prefixEnd(index.prefix);
    for (;;) {
      const batch = this.#batch(from, to);
      for (const entry of batch) {
        const what = this.#fault(collection, index, entry);
        if (what !== undefined) this.#problems.add(`${collection.ns}: index ${index.name} ${what}`);
      }
      if (batch.length < STEP) return;
      from = Buffer.concat([batch.at(-1)!.key, Buffer.of(0)]);
    }
  }

  #fault(collection: CatalogueEntry, index: Index, { key, value }: Entry): string | undefined {
    const record = index.unique ? readRecord(value, 0) : readRecord(key, key.length - 8);
    try {
      const bytes = this.#view.get(recordKey(collection.id, record));
      if (bytes === undefined) return `has an entry for a document (${record}) that is not there`;
      const doc = decode(bytes);
      const own = key.subarray(index.prefix.length, index.unique ? undefined : key.length - 8);
      if (indexKeys(index, doc).keys.some((other) => compareBytes(other, own) === 0)) return undefined;
      return `has an entry that does not fit its document ${show(doc.get('_id') ?? null)}`;
    } catch {
      return undefined;
    }
  }

  #batch(from: Uint8Array, to: Uint8Array): Entry[] {
    try {
      return this.#view.scan(from, to, false, STEP);
    } catch {
      return [];
    }
  }
}
