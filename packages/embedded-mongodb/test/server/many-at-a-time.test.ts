import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decode, encode, int, type Value } from '../../src/bson/index.ts';
import { entryKey, indexPrefix, recordKey, recordKeys } from '../../src/storage/keys.ts';
import { DamagedFileError, type View } from '../../src/storage/kv.ts';
import { type Change, Store } from '../../src/storage/store.ts';
import { freshFolder } from './harness.ts';

/** Reading many at a time gives what reading one by one does. */
const COLLECTION = 7;
const PREFIX = indexPrefix(COLLECTION, 1);
const FROM = entryKey(PREFIX, Buffer.alloc(0));
const TO = entryKey(PREFIX, Buffer.from([0xff]));
const EMPTY = new Uint8Array(0);

let folder: string;
let store: Store;

beforeEach(() => {
  folder = freshFolder();
  store = new Store(join(folder, 'many.db'));
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const document = (record: number, text: string): Change => ({
  key: recordKey(COLLECTION, record),
  value: encode(
    new Map<string, Value>([
      ['_id', int(record)],
      ['text', text],
    ]),
  ),
});

/** Keys of different lengths. */
const entry = (record: number): Change => ({
  key: entryKey(PREFIX, Buffer.from('ab'.repeat(record % 5)), record),
  value: EMPTY,
});

function write(...changes: Change[]): void {
  store.apply({ changes });
  store.flush();
}

const texts = (view: View, records: number[]): (Value | undefined)[] =>
  view
    .pick(recordKeys(COLLECTION, records))
    .map((found) => found && decode(found.page.subarray(found.at, found.end)).get('text'));

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('documents and keys, many at a time', () => {
  it('come in the order in which they are asked for, however many they are', () => {
    write(...numbers(1, 301).map((n) => document(n, `text ${n}`)));
    for (const count of [1, 16, 17, 64, 65, 300]) {
      const asked = numbers(1, count + 1).map((n) => ((n * 7919) % 300) + 1);
      expect(texts(store.view, asked)).toEqual(asked.map((n) => `text ${n}`));
    }
  });

  it('leave a place where there is no document', () => {
    write(...numbers(1, 41).map((n) => document(n, `text ${n}`)));
    write({ key: recordKey(COLLECTION, 20), value: null });
    for (const asked of [
      [5, 20, 6],
      [20, 5, 6],
      [5, 6, 20],
      [41, 42, 43],
    ]) {
      expect(texts(store.view, asked)).toEqual(
        asked.map((n) => (n === 20 || n > 40 ? undefined : `text ${n}`)),
      );
    }
  });

  it('are what they were for whoever reads an earlier state, and what they are now for everybody else', () => {
    write(...numbers(1, 41).flatMap((n) => [document(n, `old ${n}`), entry(n)]));
    const before = store.view.scan(FROM, TO, false, -1);
    const snapshot = store.snapshot();
    write(
      document(3, 'new'),
      { key: recordKey(COLLECTION, 4), value: null },
      document(50, 'late'),
      entry(50),
      {
        key: entry(4).key,
        value: null,
      },
    );
    expect(texts(snapshot.view, [2, 3, 4, 50])).toEqual(['old 2', 'old 3', 'old 4', undefined]);
    expect(texts(store.view, [2, 3, 4, 50])).toEqual(['old 2', 'new', undefined, 'late']);
    expect(snapshot.view.keys(FROM, TO, false, 1000)).toEqual(before);
    expect(store.view.keys(FROM, TO, false, 1000)).toEqual(store.view.scan(FROM, TO, false, 1000));
    snapshot.release();
  });

  it('may be large', () => {
    const large = 'x'.repeat(3 << 20);
    write(document(1, large), document(2, 'small'), document(3, large));
    expect(texts(store.view, [3, 2, 1, 2, 3])).toEqual([large, 'small', large, 'small', large]);
  });

  it('include keys of every length, both ways, from the middle, and no more than asked for', () => {
    write(...numbers(1, 101).map(entry));
    const all = store.view.scan(FROM, TO, false, -1);
    expect(store.view.keys(FROM, TO, false, 1000)).toEqual(all);
    expect(store.view.keys(FROM, TO, true, 1000)).toEqual(all.toReversed());
    expect(store.view.keys(all[30]!.key, TO, false, 20)).toEqual(all.slice(30, 50));
    expect(store.view.keys(FROM, all[30]!.key, true, 20)).toEqual(all.slice(10, 30).toReversed());
    expect(store.view.keys(TO, TO, false, 20)).toEqual([]);
  });

  it('are refused when one of them is damaged', () => {
    write(...numbers(1, 31).flatMap((n) => [document(n, `text ${n}`), entry(n)]));
    const flip = store.kv.database.prepare('UPDATE kv SET v = ? WHERE k = ?');
    const read = store.kv.database.prepare('SELECT v FROM kv WHERE k = ?');
    for (const { key } of [document(9, ''), entry(9)]) {
      const { v } = read.get(key) as { v: Uint8Array };
      v[v.length - 1]! ^= 1;
      flip.run(v, key);
    }
    expect(() => texts(store.view, [7, 8, 9, 10])).toThrow(DamagedFileError);
    expect(texts(store.view, [7, 8, 10])).toEqual(['text 7', 'text 8', 'text 10']);
    expect(() => store.view.keys(FROM, TO, false, 1000)).toThrow(DamagedFileError);
  });
});
