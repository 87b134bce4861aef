import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Collection, type Db, Timestamp } from 'mongodb';
import { type Running, start } from './harness.ts';

interface Item {
  _id: number;
  n: number;
}

let running: Running;
let db: Db;
let items: Collection<Item>;
beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());
beforeEach(async () => {
  db = running.client.db('snapshots');
  await db.dropDatabase();
  items = db.collection<Item>('items');
  await items.insertMany(Array.from({ length: 300 }, (_, n) => ({ _id: n, n: n % 3 })));
});

describe('a session for snapshot reads', () => {
  it('reads the same state again and again, whatever is written meanwhile', async () => {
    await running.client.withSession({ snapshot: true }, async (session) => {
      expect(await items.countDocuments({ n: 1 }, { session })).toBe(100);
      await items.updateMany({}, { $set: { n: 1 } });
      await items.deleteOne({ _id: 0 });
      await items.insertOne({ _id: 1000, n: 7 });
      await items.createIndex({ n: 1 });
      expect(await items.countDocuments({ n: 1 }, { session })).toBe(100);
      expect(await items.countDocuments({}, { session })).toBe(300);
      expect(await items.distinct('n', {}, { session })).toEqual([0, 1, 2]);
      expect(await items.findOne({ _id: 0 }, { session })).toEqual({ _id: 0, n: 0 });
      expect(await items.findOne({ _id: 1000 }, { session })).toBeNull();
      await expect(items.find({ n: 1 }, { session }).hint({ n: 1 }).toArray()).rejects.toMatchObject({
        code: 246,
      });
    });
    expect(await items.countDocuments({ n: 1 })).toBe(299);
  });

  it('gives a cursor the state it was opened on, to its end', async () => {
    await running.client.withSession({ snapshot: true }, async (session) => {
      const cursor = items.find({}, { session, batchSize: 100 });
      expect(await cursor.next()).toEqual({ _id: 0, n: 0 });
      await items.deleteMany({});
      expect(await cursor.toArray()).toHaveLength(299);
    });
  });

  it('is told when the state is not kept, or lies in the future', async () => {
    const at = (time: Timestamp) =>
      db.command({ find: 'items', readConcern: { level: 'snapshot', atClusterTime: time } });
    await expect(at(new Timestamp({ t: 1, i: 1 }))).rejects.toMatchObject({ code: 239 });
    await expect(at(new Timestamp({ t: 4_000_000_000, i: 1 }))).rejects.toMatchObject({ code: 72 });
    await expect(db.command({ count: 'items', readConcern: { level: 'snapshot' } })).rejects.toMatchObject({
      code: 72,
    });
    await expect(
      items.aggregate([{ $out: 'copy' }], { readConcern: { level: 'snapshot' } }).toArray(),
    ).rejects.toMatchObject({ code: 72 });
  });
});
