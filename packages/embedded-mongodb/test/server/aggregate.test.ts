import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Db } from 'mongodb';
import { type Running, start } from './harness.ts';

let running: Running;
let db: Db;
beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());
beforeEach(async () => {
  db = running.client.db('test');
  await db.dropDatabase();
  await db
    .collection<{ _id: number }>('orders')
    .insertMany([
      { _id: 1, customer: 'a', total: 5 } as never,
      { _id: 2, customer: 'b', total: 7 } as never,
      { _id: 3, customer: 'a', total: 11 } as never,
    ]);
  await db
    .collection<{ _id: string }>('customers')
    .insertMany([{ _id: 'a', name: 'Asha' } as never, { _id: 'b', name: 'Bala' } as never]);
});

describe('aggregate', () => {
  it('joins, groups and sorts across collections', async () => {
    const rows = await db
      .collection('orders')
      .aggregate([
        { $match: { total: { $gt: 4 } } },
        { $group: { _id: '$customer', total: { $sum: '$total' } } },
        { $lookup: { from: 'customers', localField: '_id', foreignField: '_id', as: 'customer' } },
        { $set: { name: { $first: '$customer.name' } } },
        { $project: { customer: 0 } },
        { $sort: { total: -1 } },
      ])
      .toArray();
    expect(rows).toEqual([
      { _id: 'a', total: 16, name: 'Asha' },
      { _id: 'b', total: 7, name: 'Bala' },
    ]);
  });

  it.each([
    [[{ $group: { _id: '$a.b', n: { $sum: 1 }, first: { $first: '$c' } } }, { $sort: { _id: 1 } }]],
    [[{ $group: { _id: null, best: { $top: { sortBy: { 'a.b': -1 }, output: '$c' } } } }]],
    [[{ $group: { _id: null, all: { $push: '$$ROOT' } } }]],
    [[{ $project: { c: 1, twice: { $multiply: ['$a.b', 2] } } }]],
    [[{ $project: { a: { b: 0 } } }]],
    [[{ $project: { a: { b: 1 } } }]],
    [[{ $project: { _id: 0, c: 1 } }]],
    [[{ $match: { d: { $exists: true } } }, { $count: 'n' }]],
    [
      [
        { $set: { d: '$c' } },
        { $unwind: '$list' },
        { $group: { _id: '$list', d: { $addToSet: '$d' } } },
        { $sort: { _id: 1 } },
      ],
    ],
    [
      [
        {
          $facet: {
            one: [{ $match: { c: 2 } }, { $count: 'n' }],
            two: [{ $sortByCount: '$a.b' }, { $sort: { _id: 1 } }],
          },
        },
      ],
    ],
    [[{ $group: { _id: { $getField: 'c' } } }, { $sort: { _id: 1 } }]],
  ])('gives for %j what it gives when every field is read', async (pipeline) => {
    const things = db.collection('things');
    await things.insertMany([
      { _id: 1 as never, a: { b: 1, x: 1 }, c: 2, d: 3, list: [1, 2] },
      { _id: 2 as never, a: { b: 2 }, c: 5, list: [2] },
      { _id: 3 as never, a: { b: 1 }, c: 2, d: null },
    ]);
    // A stage that may look at anything.
    const everything = [{ $replaceWith: '$$ROOT' }, ...pipeline];
    expect(await things.aggregate(pipeline).toArray()).toEqual(await things.aggregate(everything).toArray());
  });

  it('gives long results in batches', async () => {
    await db.collection('many').insertMany(Array.from({ length: 1000 }, (_, n) => ({ n })));
    const rows = await db
      .collection('many')
      .aggregate([{ $set: { double: { $multiply: ['$n', 2] } } }], { batchSize: 7 })
      .toArray();
    expect(rows.map((row) => row.double)).toEqual(Array.from({ length: 1000 }, (_, n) => n * 2));
  });

  it('replaces a collection with $out, and keeps its indexes', async () => {
    await db.collection('totals').createIndex({ total: 1 });
    await db.collection('totals').insertOne({ old: true });
    await db
      .collection('orders')
      .aggregate([{ $project: { total: 1 } }, { $out: 'totals' }])
      .toArray();
    expect(await db.collection('totals').find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, total: 5 },
      { _id: 2, total: 7 },
      { _id: 3, total: 11 },
    ]);
    expect((await db.collection('totals').indexes()).map((index) => index.name)).toEqual(['_id_', 'total_1']);
    expect(
      await db
        .collection('totals')
        .find({ total: { $gt: 6 } }, { hint: 'total_1' })
        .toArray(),
    ).toHaveLength(2);
  });

  it('leaves the collection as it was when $out fails on the way', async () => {
    await db.collection('totals').insertOne({ _id: 'old' as never });
    await expect(
      db
        .collection('orders')
        .aggregate([{ $set: { _id: 1 } }, { $out: 'totals' }])
        .toArray(),
    ).rejects.toMatchObject({ code: 11000 });
    expect(await db.collection('totals').find().toArray()).toEqual([{ _id: 'old' }]);
    expect((await db.listCollections().toArray()).map((found) => found.name).sort()).toEqual([
      'customers',
      'orders',
      'totals',
    ]);
  });

  it('merges into a collection by its _id', async () => {
    await db
      .collection('customers')
      .aggregate([{ $set: { vip: true } }, { $unset: 'name' }, { $merge: 'customers' }])
      .toArray();
    expect(await db.collection('customers').findOne({ _id: 'a' as never })).toEqual({
      _id: 'a',
      name: 'Asha',
      vip: true,
    });
  });

  it('takes variables from let, evaluated once', async () => {
    const rows = await db
      .collection('orders')
      .aggregate([{ $match: { $expr: { $gt: ['$total', '$$limit'] } } }], {
        let: { limit: { $add: [3, 4] } },
      })
      .toArray();
    expect(rows.map((row) => row._id)).toEqual([3]);
  });

  it('reads within a transaction what the transaction has written', async () => {
    await running.client.withSession(async (session) => {
      session.startTransaction();
      await db.collection('orders').insertOne({ customer: 'b', total: 100 }, { session });
      const sum = [{ $group: { _id: null, total: { $sum: '$total' } } }];
      expect(await db.collection('orders').aggregate(sum, { session }).toArray()).toEqual([
        { _id: null, total: 123 },
      ]);
      expect(await db.collection('orders').aggregate(sum).toArray()).toEqual([{ _id: null, total: 23 }]);
      await session.abortTransaction();
    });
  });

  it('names a stage it does not have', async () => {
    await expect(
      db
        .collection('orders')
        .aggregate([{ $geoNear: {} }])
        .toArray(),
    ).rejects.toMatchObject({
      code: 115,
    });
    await expect(
      db
        .collection('orders')
        .aggregate([{ $nonsense: {} }])
        .toArray(),
    ).rejects.toMatchObject({
      code: 40324,
    });
  });
});
