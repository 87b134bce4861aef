import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Document, MongoClient } from 'mongodb';
import { startEmbedded } from '../../src/index.ts';
import { Store } from '../../src/storage/store.ts';
import { openServer } from '../../src/wire/server.ts';
import { connectBriefly, freshFolder, startProcess } from './harness.ts';

let dataDir: string;
let file: string;
beforeEach(() => {
  dataDir = freshFolder();
  file = join(dataDir, 'embedded.db');
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function fill(): Promise<void> {
  const server = await startEmbedded({ dataDir });
  const client = await MongoClient.connect(server.uri);
  await client
    .db('test')
    .collection('things')
    .insertMany(
      Array.from({ length: 500 }, (_, i) => ({ _id: i as never, text: `needle-${i}-`.repeat(20) })),
    );
  await client.close();
  await server.close();
}

describe('a damaged file', () => {
  it('is not served where one bit of a document has changed', async () => {
    await fill();
    const bytes = readFileSync(file);
    const at = bytes.indexOf('needle-250-');
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.of(bytes[at + 8]! ^ 1), 0, 1, at + 8);
    closeSync(handle);
    const server = await startEmbedded({ dataDir });
    const client = await MongoClient.connect(server.uri);
    const things = client.db('test').collection('things');
    await expect(things.find().toArray()).rejects.toThrow(/damaged/);
    // What is whole is still there to be saved.
    expect(await things.findOne({ _id: 499 as never })).toMatchObject({ _id: 499 });
    await client.close();
    await server.close();
  });

  it('is refused at the start when it was cut short', async () => {
    await fill();
    truncateSync(file, Math.floor(statSync(file).size / 2));
    await expect(startEmbedded({ dataDir })).rejects.toThrow(/damaged/);
  });

  it('is refused at the start when it is no data file, and left as it is', async () => {
    const handle = openSync(file, 'w');
    writeSync(handle, 'this is not a database, it is a letter to the editor'.repeat(200));
    closeSync(handle);
    await expect(startEmbedded({ dataDir })).rejects.toThrow(/damaged/);
    const head = Buffer.alloc(4);
    const again = openSync(file, 'r');
    readSync(again, head, 0, 4, 0);
    closeSync(again);
    expect(head.toString()).toBe('this');
  });

  it('is refused when a newer version wrote it, or another program', async () => {
    await fill();
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(startEmbedded({ dataDir })).rejects.toThrow(/format 99/);
    rmSync(file);
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE t (a)');
    other.close();
    await expect(startEmbedded({ dataDir })).rejects.toThrow(/not written by embedded-mongodb/);
  });
});

describe('a damaged file that is too large to be looked through at the start', () => {
  it('is looked through while it is served, and refused once the damage is found', async () => {
    const first = await startEmbedded({ dataDir });
    const writer = await MongoClient.connect(first.uri);
    const collection = writer.db('test').collection('things');
    await collection.createIndex({ code: 1 });
    const pad = 'x'.repeat(100_000);
    for (let from = 0; from < 200; from += 50) {
      await collection.insertMany(
        Array.from({ length: 50 }, (_, i) => ({ code: `needle-${1000 + from + i}`, pad })),
      );
    }
    await writer.close();
    await first.close();
    const bytes = readFileSync(file);
    // In a document the text stands behind its length; in the index it does not.
    const isInDocument = (at: number): boolean => bytes.readUInt32LE(at - 4) === 'needle-1100'.length + 1;
    let at = bytes.indexOf('needle-1100');
    while (isInDocument(at)) at = bytes.indexOf('needle-1100', at + 1);
    flip(file, at + 9);

    const server = await startEmbedded({ dataDir });
    const client = await MongoClient.connect(server.uri);
    const things = client.db('test').collection('things');
    const ask = async (): Promise<string> => {
      try {
        for (;;) await things.estimatedDocumentCount();
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(await ask()).toMatch(/damaged \(test\.things, index code_1\).*Nothing of it is given out/);
    await expect(things.insertOne({ code: 'new' })).rejects.toThrow(/damaged/);
    await client.close();
    await server.close();
  });
});

describe('the logs beside the file', () => {
  const INSERTED = 600;
  let left: string;
  /** Written to by a process that was killed: the last writes stand in the logs alone, the very last in one of them. */
  beforeAll(async () => {
    left = freshFolder();
    const server = await startProcess(left);
    const client = await connectBriefly(server.uri);
    const things = client.db('test').collection('things');
    for (let i = 0; i < INSERTED; i++) await things.insertOne({ i, pad: 'x'.repeat(500) });
    await server.kill();
    await client.close();
  });
  afterAll(() => rmSync(left, { recursive: true, force: true }));
  beforeEach(() => {
    for (const suffix of ['', '-wal', '-redo', '-last']) {
      copyFileSync(join(left, `embedded.db${suffix}`), `${file}${suffix}`);
    }
  });

  async function inserted(): Promise<number[]> {
    const server = await startEmbedded({ dataDir });
    const client = await MongoClient.connect(server.uri);
    const things = await client.db('test').collection('things').find().toArray();
    await client.close();
    await server.close();
    return things.map(({ i }) => i);
  }
  const all = Array.from({ length: INSERTED }, (_, i) => i);
  /** What lies behind the end of the redo log's records is of no meaning. */
  const redoEnd = (): number => {
    const bytes = readFileSync(`${file}-redo`);
    let end = bytes.length;
    while (bytes[end - 1] === 0) end--;
    return end;
  };

  it('give back every acknowledged write when they are whole', async () => {
    expect(await inserted()).toEqual(all);
    // And once more, from a file that was closed in order.
    expect(await inserted()).toEqual(all);
  });

  it.each([0.35, 0.5, 0.62, 0.77, 0.9, 0.99])(
    'give back every acknowledged write when a power cut took what comes after %d of SQLite’s log',
    async (part) => {
      truncateSync(`${file}-wal`, Math.floor(statSync(`${file}-wal`).size * part));
      expect(await inserted()).toEqual(all);
    },
  );

  it.each([
    [
      'SQLite’s lacks its last commit',
      () => truncateSync(`${file}-wal`, statSync(`${file}-wal`).size - 8216),
    ],
    ['SQLite’s has a flipped bit', () => flip(`${file}-wal`, Math.floor(statSync(`${file}-wal`).size * 0.6))],
    [
      'SQLite’s has a flipped bit in its last part',
      () => flip(`${file}-wal`, statSync(`${file}-wal`).size - 4000),
    ],
  ])('give back every acknowledged write when %s', async (_, harm) => {
    harm();
    expect(await inserted()).toEqual(all);
  });

  it.each([
    ['SQLite’s is gone', () => rmSync(`${file}-wal`)],
    ['SQLite’s has a flipped bit in its head', () => flip(`${file}-wal`, 17)],
    ['the redo log is gone', () => rmSync(`${file}-redo`)],
    ['the redo log is cut short', () => truncateSync(`${file}-redo`, Math.floor(redoEnd() / 2))],
    ['the redo log lacks its last record', () => truncateSync(`${file}-redo`, redoEnd() - 3)],
    ['the redo log has a flipped bit', () => flip(`${file}-redo`, redoEnd() - 700)],
    [
      'both are cut short',
      () => {
        truncateSync(`${file}-wal`, Math.floor(statSync(`${file}-wal`).size / 2));
        truncateSync(`${file}-redo`, Math.floor(redoEnd() / 2));
      },
    ],
  ])('are refused at the start when %s, because acknowledged writes are missing', async (_, harm) => {
    harm();
    await expect(startEmbedded({ dataDir })).rejects.toThrow(/damaged.*missing.*Restore a backup/);
  });

  it('are not taken for a new beginning when the data file is empty', async () => {
    rmSync(`${file}-wal`);
    truncateSync(file, 0);
    await expect(startEmbedded({ dataDir })).rejects.toThrow(/damaged/);
  });

  it('may be given up by whoever says so', async () => {
    truncateSync(`${file}-redo`, Math.floor(redoEnd() / 2));
    rmSync(`${file}-last`);
    const found = await inserted();
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(all.slice(0, found.length));
  });

  it('are not taken from another file of the same name', async () => {
    for (const suffix of ['', '-wal', '-last']) rmSync(`${file}${suffix}`);
    expect(await inserted()).toEqual([]);
  });
});

function flip(path: string, at: number): void {
  const handle = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(handle, byte, 0, 1, at);
  writeSync(handle, Buffer.of(byte[0]! ^ 4), 0, 1, at);
  closeSync(handle);
}

describe('a full disk', () => {
  it('is told to the client, loses nothing that was acknowledged, and takes writes again when there is room', async () => {
    const path = join(dataDir, 'mongodb.sock');
    const server = await openServer({ dataDir, endpoint: { path }, limits: { maxPages: 400 } });
    const uri = `mongodb://${encodeURIComponent(path)}/?directConnection=true&replicaSet=embedded`;
    const client = await MongoClient.connect(uri);
    const things = client.db('test').collection<{ _id: number; pad: string }>('things');
    await things.createIndex({ pad: 1 });
    const pad = 'x'.repeat(3000);
    const acknowledged: number[] = [];
    let error: unknown;
    for (let i = 0; error === undefined; i += 20) {
      const documents = Array.from({ length: 20 }, (_, k) => ({ _id: i + k, pad: `${i + k}${pad}` }));
      try {
        await things.insertMany(documents);
        acknowledged.push(...documents.map((document) => document._id));
      } catch (e) {
        error = e;
      }
    }
    expect(error).toMatchObject({ code: 14031, message: expect.stringContaining('disk is full') });
    const ids = async (query: Document, hint: Document) =>
      (await things.find(query, { hint }).toArray()).map((thing) => thing._id).sort((a, b) => a - b);
    // Of the insert that failed, a beginning that had its own commit may be there; nothing else.
    const there = await ids({}, { $natural: 1 });
    expect(there.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(there.length).toBeLessThan(acknowledged.length + 20);
    expect(await ids({ pad: { $gt: '' } }, { pad: 1 })).toEqual(there);
    expect(await things.estimatedDocumentCount()).toBe(there.length);
    // A command that writes more than one batch fails as a whole as well.
    await expect(
      things.insertMany(Array.from({ length: 3000 }, (_, k) => ({ _id: 1e6 + k, pad: `${k}${pad}` }))),
    ).rejects.toMatchObject({ code: 14031 });
    await things.deleteMany({ _id: { $lt: acknowledged.length / 2 } });
    await things.insertOne({ _id: -1, pad: '' });
    expect(await things.findOne({ _id: -1 })).toEqual({ _id: -1, pad: '' });
    await client.close();
    await server.close();
  });

  it('fails the batch as a whole, leaves what was there, and takes writes again when there is room', async () => {
    const store = new Store(file, { maxPages: 40 });
    const put = (name: string, bytes: number) =>
      new Promise<Error | undefined>((resolve) => {
        try {
          store.apply({ changes: [{ key: Buffer.from(`\x10${name}`), value: new Uint8Array(bytes) }] });
        } catch (error) {
          resolve(error as Error);
          return;
        }
        store.whenDurable(resolve);
      });
    expect(await put('small', 100)).toBeUndefined();
    const error = await put('large', 1_000_000);
    expect(error).toMatchObject({ errcode: 13 });
    expect(store.view.get(Buffer.from('\x10large'))).toBeUndefined();
    expect(store.view.get(Buffer.from('\x10small'))).toHaveLength(100);
    expect(await put('again', 100)).toBeUndefined();
    store.close();
  });
});
