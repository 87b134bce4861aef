import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Db } from 'mongodb';
import { type Running, start } from './harness.ts';

let running: Running;
let db: Db;
beforeAll(async () => {
  running = await start();
  db = running.client.db('limits');
});
afterAll(() => running.stop());

describe('a regular expression that would never end', () => {
  it('is refused with a clear error, and the others are served', async () => {
    const things = db.collection('texts');
    await things.insertMany([
      { text: 'short' },
      ...Array.from({ length: 40 }, () => ({ text: `${'a'.repeat(200)}!` })),
    ]);
    const hostile = things.find({ text: { $regex: '^(a+)+$' } }).toArray();
    const meanwhile = Promise.all(Array.from({ length: 20 }, () => things.countDocuments({ text: 'short' })));
    await expect(hostile).rejects.toMatchObject({
      code: 51156,
      message: expect.stringContaining('takes too long'),
    });
    expect(await meanwhile).toEqual(new Array(20).fill(1));
    await expect(
      things.updateMany({ text: { $regex: '^(a+)+$' } }, { $set: { found: true } }),
    ).rejects.toMatchObject({ code: 51156 });
    expect(await things.countDocuments({ found: true })).toBe(0);
    // One that only looks dangerous is answered.
    expect(await things.countDocuments({ text: { $regex: '^(a+)+!$' } })).toBe(40);
  });
});

describe('a sort of more than fits into memory', () => {
  it('goes by the disk, or is refused where that is forbidden', async () => {
    const things = db.collection<{ _id: number; n: number; pad: string }>('large');
    const pad = 'x'.repeat(100_000);
    for (let from = 0; from < 1200; from += 100) {
      await things.insertMany(
        Array.from({ length: 100 }, (_, i) => ({ _id: from + i, n: ((from + i) * 7919) % 1200, pad })),
      );
    }
    const cursor = things.find({}, { projection: { n: 1 } }).sort({ n: 1 });
    expect((await cursor.toArray()).map(({ n }) => n)).toEqual(Array.from({ length: 1200 }, (_, n) => n));
    await expect(things.find({}, { allowDiskUse: false }).sort({ n: 1 }).toArray()).rejects.toMatchObject({
      code: 292,
      codeName: 'QueryExceededMemoryLimitNoDiskUseAllowed',
    });
    const last = await things.find({}, { allowDiskUse: false }).sort({ n: -1 }).limit(2).toArray();
    expect(last.map(({ n }) => n)).toEqual([1199, 1198]);
  });
});

describe('a wrong direction of a sort', () => {
  it('is refused also where there is nothing to sort', async () => {
    for (const command of [
      { find: 'nowhere', sort: { a: 5 } },
      { aggregate: 'nowhere', pipeline: [{ $match: {} }, { $sort: { a: 5 } }], cursor: {} },
      { findAndModify: 'nowhere', sort: { a: 5 }, remove: true },
    ]) {
      await expect(db.command(command)).rejects.toMatchObject({ code: 15975 });
    }
  });
});

describe('a count of one value', () => {
  it('is taken from the index alone, also over arrays', async () => {
    const things = db.collection('counted');
    await things.insertMany([
      { tags: ['a', 'a', 'b'] },
      { tags: 'a' },
      { tags: ['b'] },
      { tags: [['a']] },
      {},
    ]);
    await things.createIndex({ tags: 1 });
    expect(await things.countDocuments({ tags: 'a' })).toBe(2);
    expect(await things.countDocuments({ tags: { $in: ['a', 'b'] } })).toBe(3);
    const explained = await db.command({
      explain: { count: 'counted', query: { tags: 'a' } },
      verbosity: 'executionStats',
    });
    expect(explained.executionStats).toMatchObject({ totalKeysExamined: 2, totalDocsExamined: 0 });
  });
});
