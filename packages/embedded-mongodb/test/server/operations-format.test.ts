import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startEmbedded } from '../../src/index.ts';
import { backup, checkStore, restore } from '../../src/operations/index.ts';
import { enterFormat, FORMAT_VERSION, readPragma } from '../../src/storage/format.ts';
import { openServer } from '../../src/wire/server.ts';
import { freshFolder } from './harness.ts';

let root: string;
let dataDir: string;
let file: string;
beforeEach(() => {
  root = freshFolder();
  dataDir = join(root, 'data');
  file = join(dataDir, 'embedded.db');
});
const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
  rmSync(root, { recursive: true, force: true });
});

async function serving<T>(work: (client: MongoClient) => Promise<T>): Promise<T> {
  const server = await startEmbedded({ dataDir });
  const client = await MongoClient.connect(server.uri);
  try {
    return await work(client);
  } finally {
    await client.close();
    await server.close();
  }
}

function format(version?: number): number {
  const db = new DatabaseSync(file);
  if (version !== undefined) db.exec(`PRAGMA user_version = ${version}`);
  const found = readPragma(db, 'user_version');
  db.close();
  return found;
}

const things = (client: MongoClient) => client.db('shop').collection<{ _id: number; name: string }>('things');

describe('the format of the file', () => {
  it('is upgraded when an older one is opened, with everything in it', async () => {
    await serving((client) => things(client).insertOne({ _id: 1, name: 'kept' }));
    expect(format(1)).toBe(1);
    await serving(async (client) => {
      expect(await things(client).findOne({ name: 'kept' })).toEqual({ _id: 1, name: 'kept' });
    });
    expect(format()).toBe(FORMAT_VERSION);
  });

  it('stays what it was in a check and in a backup, which can be restored and is upgraded then', async () => {
    await serving((client) => things(client).insertOne({ _id: 1, name: 'kept' }));
    format(1);
    expect(await checkStore(dataDir)).toMatchObject({ format: 1, problemCount: 0 });
    const saved = join(root, 'saved.db');
    expect(await backup({ dataDir, file: saved })).toMatchObject({ format: 1, problemCount: 0 });
    expect(format()).toBe(1);
    await restore({ dataDir, file: saved });
    await serving(async (client) => expect(await things(client).countDocuments({})).toBe(1));
    expect(format()).toBe(FORMAT_VERSION);
  });

  it('goes through every step in order, and back to where it was when one of them fails', async () => {
    await serving((client) => things(client).insertOne({ _id: 1, name: 'kept' }));
    format(1);
    const db = new DatabaseSync(file);
    const put = (name: string) =>
      db.prepare('INSERT INTO kv (k, v) VALUES (?, ?)').run(Buffer.from(name), Buffer.from('x'));
    const enter = (steps: Record<number, () => void>) => {
      db.exec('BEGIN IMMEDIATE');
      try {
        enterFormat(db, { steps, target: 4 });
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    };
    const failing = {
      1: () => void put('first'),
      2: () => {
        put('second');
        throw new Error('the power went');
      },
    };
    expect(() => enter(failing)).toThrow('the power went');
    expect(readPragma(db, 'user_version')).toBe(1);
    expect(() => enter({ 1: () => void put('first') })).toThrow(/format 2, which is unknown/);
    expect(readPragma(db, 'user_version')).toBe(1);
    const order: number[] = [];
    enter({ 1: () => void order.push(1), 2: () => void order.push(2), 3: () => void order.push(3) });
    expect(order).toEqual([1, 2, 3]);
    expect(readPragma(db, 'user_version')).toBe(4);
    db.close();
    // What this version does not know it leaves alone.
    await expect(startEmbedded({ dataDir })).rejects.toThrow(/format 4/);
    expect(format()).toBe(4);
  });
});

describe('a disk that has become read-only', () => {
  it('is told to whoever writes, with MongoDB’s code; what is there is read on, and nothing is damaged', async () => {
    const path = join(root, 'mongodb.sock');
    mkdirSync(dataDir);
    const server = await openServer({ dataDir, endpoint: { path } });
    ending.push(() => server.close());
    const uri = `mongodb://${encodeURIComponent(path)}/?directConnection=true&replicaSet=embedded`;
    const client = await MongoClient.connect(uri);
    ending.push(() => client.close());
    await things(client).insertMany([
      { _id: 1, name: 'one' },
      { _id: 2, name: 'two' },
    ]);
    // SQLite then answers every write as it does on a read-only disk.
    server.store.kv.database.exec('PRAGMA query_only = ON');
    const refused = { code: 39, codeName: 'FileStreamFailed', message: expect.stringContaining('read-only') };
    await expect(things(client).insertOne({ _id: 3, name: 'three' })).rejects.toMatchObject(refused);
    await expect(things(client).updateOne({ _id: 1 }, { $set: { name: 'x' } })).rejects.toMatchObject(
      refused,
    );
    await expect(things(client).createIndex({ name: 1 })).rejects.toMatchObject(refused);
    await expect(client.db('shop').createCollection('more')).rejects.toMatchObject(refused);
    await expect(
      client.withSession((session) =>
        session.withTransaction(() => things(client).deleteOne({ _id: 1 }, { session })),
      ),
    ).rejects.toMatchObject(refused);
    expect(await things(client).find().toArray()).toEqual([
      { _id: 1, name: 'one' },
      { _id: 2, name: 'two' },
    ]);
    server.store.kv.database.exec('PRAGMA query_only = OFF');
    await things(client).insertOne({ _id: 4, name: 'four' });
    expect(await things(client).countDocuments({})).toBe(3);
    expect((await client.db('shop').listCollections().toArray()).map(({ name }) => name)).toEqual(['things']);
    for (const end of ending.splice(0).reverse()) await end();
    expect((await checkStore(dataDir)).problems).toEqual([]);
  });
});
