import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Db } from 'mongodb';
import { type Running, start } from './harness.ts';

interface Order {
  _id: number;
  customer: string;
  total: number;
  tags: string[];
}

let running: Running;
let db: Db;
beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());
beforeEach(async () => {
  db = running.client.db('shop');
  await db.dropDatabase();
  await db.collection<Order>('orders').insertMany([
    { _id: 1, customer: 'a', total: 5, tags: ['new'] },
    { _id: 2, customer: 'b', total: 7, tags: ['new', 'large'] },
    { _id: 3, customer: 'a', total: 11, tags: ['large'] },
  ]);
  await db.createCollection('ofA', { viewOn: 'orders', pipeline: [{ $match: { customer: 'a' } }] });
  await db.createCollection('doubled', {
    viewOn: 'ofA',
    pipeline: [{ $set: { twice: { $multiply: ['$total', 2] } } }, { $unset: 'tags' }],
  });
});

describe('a view', () => {
  it('is read by find with filter, sort, skip, limit and projection, in batches', async () => {
    const view = db.collection('doubled');
    expect(await view.find({ twice: { $gt: 10 } }).toArray()).toEqual([
      { _id: 3, customer: 'a', total: 11, twice: 22 },
    ]);
    expect(await view.find().sort({ total: -1 }).skip(1).limit(1).project({ twice: 1 }).toArray()).toEqual([
      { _id: 1, twice: 10 },
    ]);
    expect(await view.find().batchSize(1).toArray()).toHaveLength(2);
    expect(await view.findOne({ _id: 3 } as never)).toMatchObject({ twice: 22 });
  });

  it('is counted, listed by distinct values, and aggregated', async () => {
    expect(await db.collection('ofA').estimatedDocumentCount()).toBe(2);
    expect(await db.collection('ofA').countDocuments({ total: 5 })).toBe(1);
    expect(await db.collection('ofA').distinct('tags')).toEqual(['new', 'large']);
    expect(
      await db
        .collection('doubled')
        .aggregate([{ $group: { _id: null, sum: { $sum: '$twice' } } }])
        .toArray(),
    ).toEqual([{ _id: null, sum: 32 }]);
  });

  it('can be joined and united with', async () => {
    const joined = await db
      .collection('orders')
      .aggregate([
        { $match: { _id: 1 } },
        { $lookup: { from: 'doubled', localField: 'customer', foreignField: 'customer', as: 'all' } },
        { $project: { n: { $size: '$all' } } },
        { $unionWith: { coll: 'ofA', pipeline: [{ $project: { _id: 1 } }] } },
      ])
      .toArray();
    expect(joined).toEqual([{ _id: 1, n: 2 }, { _id: 1 }, { _id: 3 }]);
  });

  it('shows what is written below it, and nothing when that is dropped', async () => {
    await db.collection<Order>('orders').insertOne({ _id: 4, customer: 'a', total: 1, tags: [] });
    expect(await db.collection('doubled').countDocuments()).toBe(3);
    await db.dropCollection('orders');
    expect(await db.collection('doubled').find().toArray()).toEqual([]);
  });

  it('uses the indexes below it', async () => {
    await db.collection('orders').createIndex({ customer: 1 });
    const plan = await db.collection('ofA').find().explain();
    expect(JSON.stringify(plan)).toContain('customer_1');
  });

  it.each([
    ['insert', { insert: 'ofA', documents: [{ _id: 9 }] }],
    ['update', { update: 'ofA', updates: [{ q: {}, u: { $set: { a: 1 } } }] }],
    ['delete', { delete: 'ofA', deletes: [{ q: {}, limit: 0 }] }],
    ['findAndModify', { findAndModify: 'ofA', remove: true }],
    ['createIndexes', { createIndexes: 'ofA', indexes: [{ key: { a: 1 }, name: 'a' }] }],
    ['listIndexes', { listIndexes: 'ofA' }],
    ['$out', { aggregate: 'orders', pipeline: [{ $out: 'ofA' }], cursor: {} }],
    ['$merge', { aggregate: 'orders', pipeline: [{ $merge: 'ofA' }], cursor: {} }],
    ['$changeStream', { aggregate: 'ofA', pipeline: [{ $changeStream: {} }], cursor: {} }],
  ])('refuses %s', async (_, command) => {
    await expect(db.command(command)).rejects.toMatchObject({
      code: 166,
      codeName: 'CommandNotSupportedOnView',
    });
    expect(await db.collection('orders').countDocuments()).toBe(3);
  });

  it('is listed as a view, can be changed and dropped, and cannot be made twice in two ways', async () => {
    const [listed] = await db.listCollections({ name: 'ofA' }).toArray();
    expect(listed).toEqual({
      name: 'ofA',
      type: 'view',
      options: { viewOn: 'orders', pipeline: [{ $match: { customer: 'a' } }] },
      info: { readOnly: true },
    });
    await expect(db.createCollection('ofA', { viewOn: 'orders', pipeline: [] })).rejects.toMatchObject({
      code: 48,
    });
    await db.command({ collMod: 'ofA', viewOn: 'orders', pipeline: [{ $match: { customer: 'b' } }] });
    expect(await db.collection('doubled').distinct('_id')).toEqual([2]);
    await db.dropCollection('ofA');
    expect(await db.collection('doubled').find().toArray()).toEqual([]);
  });

  it('cannot be on itself, write, or be read by another collation than its own', async () => {
    await expect(db.command({ collMod: 'ofA', viewOn: 'doubled', pipeline: [] })).rejects.toMatchObject({
      code: 5,
    });
    await expect(db.command({ collMod: 'ofA', validator: {} })).rejects.toMatchObject({ code: 72 });
    await expect(
      db.createCollection('bad', { viewOn: 'orders', pipeline: [{ $out: 'x' }] }),
    ).rejects.toMatchObject({ code: 167 });
    await expect(db.collection('ofA').find().collation({ locale: 'en' }).toArray()).rejects.toMatchObject({
      code: 167,
    });
    await db.createCollection('anyCase', {
      viewOn: 'orders',
      pipeline: [],
      collation: { locale: 'en', strength: 2 },
    });
    expect(await db.collection('anyCase').countDocuments({ customer: 'A' })).toBe(2);
  });
});
