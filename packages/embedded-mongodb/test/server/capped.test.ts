import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Collection, Db } from 'mongodb';
import { type Running, start } from './harness.ts';

let running: Running;
let db: Db;
beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());
beforeEach(async () => {
  db = running.client.db('capped');
  await db.dropDatabase();
});

const ids = async (collection: Collection<{ _id: number }>): Promise<number[]> =>
  (await collection.find().toArray()).map((document) => document._id);

describe('a capped collection', () => {
  it('keeps the newest documents, as many as max says', async () => {
    await db.createCollection('log', { capped: true, size: 100_000, max: 3 });
    const log = db.collection<{ _id: number }>('log');
    await log.insertMany([5, 1, 4, 2, 3].map((_id) => ({ _id })));
    expect(await ids(log)).toEqual([4, 2, 3]);
    expect(await log.countDocuments()).toBe(3);
    await log.insertOne({ _id: 5 });
    expect(await ids(log)).toEqual([2, 3, 5]);
  });

  it('keeps no more bytes than size says, also when documents grow', async () => {
    await db.createCollection('log', { capped: true, size: 4096 });
    const log = db.collection<{ _id: number; text: string }>('log');
    for (let _id = 0; _id < 10; _id++) await log.insertOne({ _id, text: 'x'.repeat(1000) });
    expect(await ids(log as never)).toEqual([7, 8, 9]);
    await log.updateOne({ _id: 9 }, { $set: { text: 'x'.repeat(2500) } });
    expect(await ids(log as never)).toEqual([8, 9]);
  });

  it('is listed with its size in multiples of 256', async () => {
    await db.createCollection('log', { capped: true, size: 1000, max: 7 });
    const [listed] = await db.listCollections({ name: 'log' }).toArray();
    expect((listed as { options?: object }).options).toEqual({ capped: true, size: 1024, max: 7 });
    expect(await db.command({ collStats: 'log' })).toMatchObject({ capped: true, max: 7, maxSize: 1024 });
    expect(await db.collection('log').isCapped()).toBe(true);
  });

  it('is followed by a tailable cursor', async () => {
    await db.createCollection('log', { capped: true, size: 100_000 });
    const log = db.collection<{ _id: number }>('log');
    await log.insertOne({ _id: 1 });
    const tail = log.find({ _id: { $ne: 2 } }, { tailable: true, awaitData: true, maxAwaitTimeMS: 60_000 });
    expect(await tail.next()).toEqual({ _id: 1 });
    const next = tail.next();
    await log.insertMany([{ _id: 2 }, { _id: 3 }]);
    expect(await next).toEqual({ _id: 3 });
    await tail.close();
  });

  it('refuses what MongoDB refuses', async () => {
    await expect(db.command({ create: 'log', capped: true })).rejects.toMatchObject({ code: 72 });
    await db.createCollection('plain');
    await expect(db.collection('plain').find({}, { tailable: true }).toArray()).rejects.toMatchObject({
      code: 2,
    });
    await db.createCollection('log', { capped: true, size: 4096 });
    const inTransaction = running.client.withSession((session) =>
      session.withTransaction(() => db.collection('log').insertOne({}, { session })),
    );
    await expect(inTransaction).rejects.toMatchObject({ code: 263 });
  });
});

describe('a clustered collection', () => {
  it('gives its documents in the order of their ids, and lists its index as clustered', async () => {
    await db.createCollection('c', { clusteredIndex: { key: { _id: 1 }, unique: true, name: 'byId' } });
    const c = db.collection<{ _id: number; a: number }>('c');
    await c.insertMany([3, 1, 2].map((_id) => ({ _id, a: _id % 2 })));
    expect(await ids(c as never)).toEqual([1, 2, 3]);
    expect(await c.find({ a: 1 }).sort({ $natural: -1 }).toArray()).toEqual([
      { _id: 3, a: 1 },
      { _id: 1, a: 1 },
    ]);
    expect(await c.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: 'byId', unique: true, clustered: true },
    ]);
    await expect(c.insertOne({ _id: 1, a: 0 })).rejects.toMatchObject({ code: 11000 });
  });
});
