import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Collection, Document } from 'mongodb';
import { type Running, start } from './harness.ts';

let running: Running;
let leads: Collection<Document>;

beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());
beforeEach(async () => {
  leads = running.client.db('test').collection('leads');
  await leads.drop();
});

async function explained(query: Document, options: Document = {}) {
  const { queryPlanner, executionStats } = await leads.find(query, options).explain('executionStats');
  let stage = queryPlanner.winningPlan;
  const names: string[] = [];
  for (; stage; stage = stage.inputStage) names.push(stage.stage);
  return {
    names,
    keys: executionStats.totalKeysExamined,
    docs: executionStats.totalDocsExamined,
    returned: executionStats.nReturned,
  };
}

describe('a unique index', () => {
  it('refuses a second document with the key, and names the key as MongoDB does', async () => {
    await leads.createIndex({ email: 1 }, { unique: true });
    await leads.insertOne({ email: 'a@example.com' });
    await expect(leads.insertOne({ email: 'a@example.com' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { email: 1 },
      keyValue: { email: 'a@example.com' },
      message:
        'E11000 duplicate key error collection: test.leads index: email_1 dup key: { email: "a@example.com" }',
    });
  });

  it('lets exactly one of a hundred inserts at once through', async () => {
    await leads.createIndex({ phone: 1 }, { unique: true });
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, () => leads.insertOne({ phone: '+911234567890' })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await leads.countDocuments()).toBe(1);
  });

  it('treats a missing field as null, so that only one document may lack it', async () => {
    await leads.createIndex({ email: 1 }, { unique: true });
    await leads.insertOne({ name: 'x' });
    await expect(leads.insertOne({ name: 'y' })).rejects.toMatchObject({ code: 11000 });
  });

  it('allows many documents without the field when it is sparse', async () => {
    await leads.createIndex({ email: 1 }, { unique: true, sparse: true });
    await leads.insertMany([{ name: 'x' }, { name: 'y' }]);
    expect(await leads.countDocuments()).toBe(2);
  });

  it('holds only among the documents of its partial filter', async () => {
    await leads.createIndex(
      { email: 1 },
      { unique: true, partialFilterExpression: { email: { $type: 'string' } } },
    );
    await leads.insertMany([{ email: null }, { email: null }, {}, { email: 'a' }]);
    await expect(leads.insertOne({ email: 'a' })).rejects.toMatchObject({ code: 11000 });
  });

  it('tells 1 from 2^53 + 1, and takes 1, 1.0 and NumberLong(1) as the same key', async () => {
    await leads.createIndex({ n: 1 }, { unique: true });
    const { Long, Double, Int32 } = await import('mongodb');
    await leads.insertMany([
      { n: Long.fromString('9007199254740992') },
      { n: Long.fromString('9007199254740993') },
      { n: new Int32(1) },
    ]);
    await expect(leads.insertOne({ n: new Double(1) })).rejects.toMatchObject({ code: 11000 });
    await expect(leads.insertOne({ n: Long.fromNumber(1) })).rejects.toMatchObject({ code: 11000 });
  });

  it('refuses an element that another document has in its array', async () => {
    await leads.createIndex({ tags: 1 }, { unique: true });
    await leads.insertOne({ tags: ['a', 'b', 'a'] });
    await expect(leads.insertOne({ tags: ['c', 'b'] })).rejects.toMatchObject({ code: 11000 });
  });

  it('cannot be built over documents that have the same key, and then is not there', async () => {
    await leads.insertMany([{ a: 1 }, { a: 1 }]);
    await expect(leads.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect((await leads.indexes()).map((index) => index.name)).toEqual(['_id_']);
  });

  it('keeps long keys whole: they differ in their last character', async () => {
    await leads.createIndex({ text: 1 }, { unique: true });
    const long = 'x'.repeat(5000);
    await leads.insertMany([{ text: `${long}a` }, { text: `${long}b` }]);
    expect(await leads.countDocuments({ text: `${long}b` })).toBe(1);
  });

  it('takes no notice of case under a collation of strength 2', async () => {
    await leads.createIndex({ email: 1 }, { unique: true, collation: { locale: 'en', strength: 2 } });
    await leads.insertOne({ email: 'A@Example.com' });
    await expect(leads.insertOne({ email: 'a@example.COM' })).rejects.toMatchObject({ code: 11000 });
  });
});

describe('explain', () => {
  beforeEach(async () => {
    await leads.createIndex({ owner: 1, createdAt: -1 });
    await leads.insertMany(
      Array.from({ length: 300 }, (_, i) => ({ _id: i as never, owner: i % 3, createdAt: i, note: `n${i}` })),
    );
  });

  it('shows the index and examines no more than it returns', async () => {
    expect(await explained({ owner: 1 }, { sort: { createdAt: -1 }, limit: 50 })).toEqual({
      names: ['LIMIT', 'FETCH', 'IXSCAN'],
      keys: 50,
      docs: 50,
      returned: 50,
    });
  });

  it('shows the scan of the collection where no index helps', async () => {
    expect(await explained({ note: 'n7' })).toEqual({ names: ['COLLSCAN'], keys: 0, docs: 300, returned: 1 });
  });

  it('shows the sort where the index does not give the order', async () => {
    expect((await explained({ owner: 1 }, { sort: { note: 1 } })).names).toEqual(['SORT', 'FETCH', 'IXSCAN']);
  });

  it('counts from the index alone', async () => {
    const counted = await running.client
      .db('test')
      .command({ explain: { count: 'leads', query: { owner: 1 } }, verbosity: 'executionStats' });
    expect(counted.queryPlanner.winningPlan).toMatchObject({
      stage: 'COUNT',
      inputStage: { stage: 'COUNT_SCAN', indexName: 'owner_1_createdAt_-1' },
    });
    expect(counted.executionStats.totalDocsExamined).toBe(0);
    expect(await leads.countDocuments({ owner: 1 })).toBe(100);
  });

  it('uses a range behind an equality, in both directions', async () => {
    const query = { owner: 2, createdAt: { $gte: 100, $lt: 200 } };
    const found = await leads.find(query).sort({ createdAt: 1 }).toArray();
    expect(found.map((lead) => lead.createdAt)).toEqual(
      Array.from({ length: 300 }, (_, i) => i).filter((i) => i % 3 === 2 && i >= 100 && i < 200),
    );
    expect(await explained(query, { sort: { createdAt: 1 } })).toMatchObject({ keys: found.length });
  });

  it('follows a hint, and refuses one that is no index', async () => {
    expect((await explained({ owner: 1 }, { hint: { $natural: 1 } })).names).toEqual(['COLLSCAN']);
    await expect(leads.find({}, { hint: 'nothing_1' }).toArray()).rejects.toMatchObject({ code: 2 });
  });

  it('does not use a hidden index, until it is shown again', async () => {
    const db = running.client.db('test');
    const change = (hidden: boolean) =>
      db.command({ collMod: 'leads', index: { name: 'owner_1_createdAt_-1', hidden } });
    await change(true);
    expect((await explained({ owner: 1 })).names).toEqual(['COLLSCAN']);
    await change(false);
    expect((await explained({ owner: 1 })).names).toEqual(['FETCH', 'IXSCAN']);
  });
});

describe('the list of indexes', () => {
  it('shows them as MongoDB does', async () => {
    await leads.createIndex({ email: 1 }, { unique: true, sparse: true });
    await leads.createIndex({ at: 1 }, { expireAfterSeconds: 60, name: 'ttl' });
    expect(await leads.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { email: 1 }, name: 'email_1', unique: true, sparse: true },
      { v: 2, key: { at: 1 }, name: 'ttl', expireAfterSeconds: 60 },
    ]);
  });

  it('refuses the same key under other options, and the same name for another key', async () => {
    await leads.createIndex({ a: 1 });
    await expect(leads.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 86 });
    await expect(leads.createIndex({ a: 1 }, { name: 'other' })).rejects.toMatchObject({ code: 85 });
    await expect(leads.createIndex({ b: 1 }, { name: 'a_1' })).rejects.toMatchObject({ code: 86 });
    expect(await leads.createIndex({ a: 1 })).toBe('a_1');
  });

  it('drops by name, by key and all but _id', async () => {
    await leads.createIndexes([{ key: { a: 1 } }, { key: { b: -1 } }, { key: { c: 1 } }]);
    await leads.dropIndex('a_1');
    await leads.dropIndex({ b: -1 } as never);
    expect((await leads.indexes()).map((index) => index.name)).toEqual(['_id_', 'c_1']);
    await leads.dropIndexes();
    expect((await leads.indexes()).map((index) => index.name)).toEqual(['_id_']);
    await expect(leads.dropIndex('_id_')).rejects.toMatchObject({ code: 72 });
    await expect(leads.dropIndex('none')).rejects.toMatchObject({ code: 27 });
  });
});

it.each([[{ a: 'text' }], [{ a: 'hashed' }], [{ 'a.$**': 1 }]])(
  'refuses the index %j rather than accept and ignore it',
  async (key) => {
    await leads.insertOne({ a: 1 });
    await expect(leads.createIndex(key as never)).rejects.toMatchObject({ code: 115 });
    expect(await leads.indexes()).toHaveLength(1);
  },
);

it('keeps an index right while documents are written during its building', async () => {
  await leads.insertMany(
    Array.from({ length: 3000 }, (_, i) => ({ _id: i as never, n: i, pad: 'x'.repeat(50) })),
  );
  const built = leads.createIndex({ n: 1 });
  const writes = Array.from({ length: 300 }, (_, i) =>
    leads.updateOne({ _id: (i * 10) as never }, { $inc: { n: 100_000 } }),
  );
  await Promise.all([built, ...writes]);
  const byIndex = await leads.find({ n: { $gte: 0 } }, { hint: 'n_1' }).toArray();
  const byScan = await leads
    .find({}, { hint: { $natural: 1 } })
    .sort({ n: 1 })
    .toArray();
  expect(byIndex).toEqual(byScan);
});

describe('an index on the way to being unique', () => {
  it('takes no more duplicates, names those it has, and is unique once they are gone', async () => {
    const change = (index: object) =>
      running.client
        .db(leads.dbName)
        .command({ collMod: leads.collectionName, index: { name: 'a_1', ...index } });
    await leads.insertMany([
      { _id: 1 as never, a: 1 },
      { _id: 2 as never, a: 1 },
      { _id: 3 as never, a: 2 },
    ]);
    await leads.createIndex({ a: 1 });
    await expect(change({ unique: true })).rejects.toMatchObject({ code: 72 });
    await change({ prepareUnique: true });
    expect(await leads.indexes()).toContainEqual({ v: 2, key: { a: 1 }, name: 'a_1', prepareUnique: true });
    await expect(leads.insertOne({ a: 2 })).rejects.toMatchObject({ code: 11000 });
    await expect(change({ unique: true })).rejects.toMatchObject({
      code: 359,
      errorResponse: expect.objectContaining({ violations: [{ ids: [1, 2] }] }),
    });
    await leads.deleteOne({ _id: 1 as never });
    await change({ unique: true });
    expect(await leads.indexes()).toContainEqual({ v: 2, key: { a: 1 }, name: 'a_1', unique: true });
    expect(await leads.find({ a: 1 }).hint('a_1').toArray()).toEqual([{ _id: 2, a: 1 }]);
    await expect(leads.insertOne({ a: 1 })).rejects.toMatchObject({ code: 11000 });
  });
});
