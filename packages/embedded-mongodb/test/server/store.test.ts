import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Store } from '../../src/storage/store.ts';
import { seeded } from './crash/traffic.ts';
import { freshFolder } from './harness.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = freshFolder();
  file = join(folder, 'store.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Entries of two indexes (20 …), whose keys are looked up one by one, and of documents (10 …). */
const key = (n: number): Buffer =>
  Buffer.from([n % 3 === 0 ? 0x10 : 0x20, 0, 0, 0, 1, 0, 0, 0, n % 3, n >> 8, n & 255, 0, 0]);
const ALL: [Buffer, Buffer] = [Buffer.of(0x10), Buffer.of(0x30)];

type Model = Map<string, string>;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function contents(store: Store): [string, string][] {
  return store.view.scan(...ALL, false, -1).map((entry) => [hex(entry.key), hex(entry.value)]);
}
const sorted = (model: Model): [string, string][] => [...model].sort(([a], [b]) => (a < b ? -1 : 1));

function write(store: Store, model: Model, random: () => number): void {
  const bytes = key(Math.floor(random() * 600));
  const value = random() < 0.3 ? null : Buffer.alloc(Math.floor(random() * 40), Math.floor(random() * 256));
  store.apply({ changes: [{ key: bytes, value }] });
  if (value === null) model.delete(hex(bytes));
  else model.set(hex(bytes), hex(value));
}

/** The files as a crash leaves them, opened. */
function crashed(): Store {
  const copy = join(folder, 'copy.db');
  for (const suffix of ['', '-wal', '-redo', '-last']) {
    rmSync(copy + suffix, { force: true });
    if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
  }
  return new Store(copy);
}

describe('the store', () => {
  it.each([1, 2])(
    'reads what was written last, by key, by range, by number and after a crash (%d)',
    (seed) => {
      const random = seeded(seed);
      const store = new Store(file);
      const model: Model = new Map();
      for (let step = 0; step < 350; step++) {
        const batch = 1 + Math.floor(random() * 8);
        for (let i = 0; i < batch; i++) write(store, model, random);
        const probe = key(Math.floor(random() * 600));
        const found = store.view.get(probe);
        expect(found && hex(found)).toBe(model.get(hex(probe)));
        if (random() < 0.1) expect(store.view.count(...ALL)).toBe(model.size);
        if (random() < 0.05) expect(contents(store)).toEqual(sorted(model));
        store.flush();
        if (random() < 0.02) {
          const after = crashed();
          expect(contents(after)).toEqual(sorted(model));
          after.close();
        }
      }
      store.close();
      const again = new Store(file);
      expect(contents(again)).toEqual(sorted(model));
      again.close();
    },
  );

  it('shows each reader the state it began with, and keeps no more than what those that read may ask for', () => {
    const random = seeded(7);
    const store = new Store(file);
    const model: Model = new Map();
    type Reader = { snapshot: ReturnType<Store['snapshot']>; state: [string, string][]; commit: number };
    const readers: Reader[] = [];
    const written: number[] = [];
    for (let step = 0; step < 800; step++) {
      for (let i = Math.floor(random() * 8); i > 0; i--) {
        write(store, model, random);
        written.push(store.commitNumber);
      }
      if (readers.length < 3)
        readers.push({ snapshot: store.snapshot(), state: sorted(model), commit: store.commitNumber });
      if (random() < 0.1) {
        const { snapshot, state } = readers[Math.floor(random() * readers.length)]!;
        expect(
          snapshot.view.scan(...ALL, false, 1000).map(({ key, value }) => [hex(key), hex(value)]),
        ).toEqual(state);
        expect(snapshot.view.count(...ALL)).toBe(state.length);
      }
      // There is always one left: transactions overlap.
      if (readers.length > 1 && random() < 0.1)
        readers.splice(Math.floor(random() * readers.length), 1)[0]!.snapshot.release();
      const oldest = Math.min(...readers.map(({ commit }) => commit));
      const needed = written.filter((commit) => commit > oldest).length;
      expect(store.history.size).toBeLessThanOrEqual(needed + 256);
    }
    store.close();
  });

  it('forgets a commit that failed in its middle, and nothing else', () => {
    const random = seeded(4);
    const store = new Store(file);
    const model: Model = new Map();
    const fails = (): never => {
      throw new Error('no');
    };
    for (let step = 0; step < 150; step++) {
      write(store, model, random);
      if (random() < 0.5) store.flush();
      else if (random() < 0.2) {
        store.flush();
        write(store, new Map(), random);
        // A look at a range brings it as far as SQLite.
        if (random() < 0.5) contents(store);
        expect(() => store.apply({ changes: [{ key: key(1), value: Buffer.of(9) }], log: fails })).toThrow(
          'no',
        );
        expect(contents(store)).toEqual(sorted(model));
        expect(store.view.count(...ALL)).toBe(model.size);
      }
    }
    store.flush();
    const after = crashed();
    expect(contents(after)).toEqual(sorted(model));
    after.close();
    store.close();
  });

  it('keeps what it acknowledged while SQLite finds no room for it, and has it by range when there is', () => {
    const random = seeded(5);
    const store = new Store(file);
    const model: Model = new Map();
    for (let i = 0; i < 50; i++) write(store, model, random);
    store.flush();
    const { database } = store.kv;
    // No smaller than it is.
    database.exec('PRAGMA max_page_count = 1');
    const acknowledged: Error[] = [];
    for (let i = 0; i < 400; i++) {
      const large = Buffer.alloc(1000, i);
      store.apply({ changes: [{ key: key(1000 + i), value: large }] });
      model.set(hex(key(1000 + i)), hex(large));
      store.whenDurable((error) => error !== undefined && acknowledged.push(error));
      store.flush();
    }
    expect(acknowledged).toEqual([]);
    expect(hex(store.view.get(key(1399))!)).toBe(model.get(hex(key(1399))));
    expect(() => contents(store)).toThrow(/full/);
    const after = crashed();
    expect(contents(after)).toEqual(sorted(model));
    after.close();
    database.exec('PRAGMA max_page_count = 100000');
    expect(contents(store)).toEqual(sorted(model));
    expect(store.view.count(...ALL)).toBe(model.size);
    store.close();
    const again = new Store(file);
    expect(contents(again)).toEqual(sorted(model));
    again.close();
  });
});
