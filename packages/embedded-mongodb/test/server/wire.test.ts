import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Long } from 'mongodb';
import { RawClient, type Running, start } from './harness.ts';

let running: Running;
beforeAll(async () => {
  running = await start();
});
afterAll(() => running.stop());

describe('the wire', () => {
  it('answers a command it does not know with CommandNotFound', async () => {
    await expect(running.client.db('test').command({ noSuchCommand: 'x' })).rejects.toMatchObject({
      code: 59,
      codeName: 'CommandNotFound',
    });
  });

  it('answers a field it does not know with an error, instead of ignoring it', async () => {
    await expect(running.client.db('test').command({ find: 'x', filtre: {} })).rejects.toMatchObject({
      code: 40415,
    });
  });

  it.each([['a time series', { create: 'c', timeseries: { timeField: 't' } }]])(
    'refuses %s with a sentence',
    async (_, command) => {
      await expect(running.client.db('test').command(command)).rejects.toMatchObject({
        code: 115,
        message: expect.stringContaining('not supported'),
      });
      expect(await running.client.db('test').listCollections({ name: 'c' }).toArray()).toEqual([]);
    },
  );

  it('refuses JavaScript in a filter', async () => {
    await expect(
      running.client.db('test').collection('x').find({ $where: 'true' }).toArray(),
    ).rejects.toMatchObject({ code: 2 });
  });

  it('closes a connection that does not speak the protocol, and goes on serving the others', async () => {
    for (const bytes of [
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      Buffer.alloc(16, 0xff),
      Buffer.from([16, 0, 0, 0, ...new Array(12).fill(0)]),
    ]) {
      const raw = await RawClient.connect(running.server.uri);
      await raw.sendBytes(bytes);
    }
    expect(await running.client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('gives results in batches, each taken with getMore', async () => {
    const things = running.client.db('test').collection('batches');
    await things.insertMany(Array.from({ length: 1050 }, (_, i) => ({ _id: i as never })));
    const found = await things.find({}, { batchSize: 100 }).sort({ _id: 1 }).toArray();
    expect(found.map((thing) => thing._id)).toEqual(Array.from({ length: 1050 }, (_, i) => i));
    const raw = await RawClient.connect(running.server.uri);
    const first = await raw.command({ find: 'batches', filter: {}, batchSize: 10, $db: 'test' });
    expect(first.cursor.firstBatch).toHaveLength(10);
    const { id } = first.cursor;
    const killed = await raw.command({ killCursors: 'batches', cursors: [id], $db: 'test' });
    expect(killed.cursorsKilled).toEqual([id]);
    expect(await raw.command({ getMore: id, collection: 'batches', $db: 'test' })).toMatchObject({
      ok: 0,
      code: 43,
      codeName: 'CursorNotFound',
    });
    raw.close();
  });

  it('reports itself as the primary of a replica set of one, with sessions', async () => {
    const hello = await running.client.db('admin').command({ hello: 1 });
    expect(hello).toMatchObject({
      isWritablePrimary: true,
      setName: 'embedded',
      hosts: [hello.me],
      primary: hello.me,
      maxBsonObjectSize: 16777216,
      maxMessageSizeBytes: 48000000,
      maxWriteBatchSize: 100000,
      logicalSessionTimeoutMinutes: 30,
    });
  });

  it('refuses a document above 16 MB and a batch above 100,000', async () => {
    const raw = await RawClient.connect(running.server.uri);
    const big = await raw.command({
      insert: 'big',
      documents: [{ text: 'x'.repeat(16 * 1024 * 1024) }],
      $db: 'test',
    });
    expect(big.writeErrors[0]).toMatchObject({ code: 10334 });
    const none = await raw.command({ insert: 'big', documents: [], $db: 'test' });
    expect(none).toMatchObject({ ok: 0, code: 16 });
    raw.close();
  });

  it('keeps every type as it was given', async () => {
    const {
      Binary,
      Code,
      Decimal128,
      Double,
      Int32,
      MaxKey,
      MinKey,
      ObjectId,
      Timestamp,
      BSONRegExp,
      BSONSymbol,
    } = await import('mongodb');
    const things = running.client.db('test').collection('types', { promoteValues: false, bsonRegExp: true });
    const given = {
      _id: new ObjectId(),
      double: new Double(1),
      int: new Int32(1),
      long: Long.fromNumber(1),
      decimal: Decimal128.fromString('1.10'),
      binary: new Binary(Buffer.from([1, 2, 3]), 0x80),
      code: new Code('x', { a: new Int32(1) }),
      date: new Date(-1),
      max: new MaxKey(),
      min: new MinKey(),
      regex: new BSONRegExp('a', 'i'),
      symbol: new BSONSymbol('s'),
      time: new Timestamp({ t: 1, i: 2 }),
      '10': new Int32(10),
      '9': new Int32(9),
      __proto__x: null,
    };
    await things.insertOne(given);
    const found = await things.findOne({ _id: given._id });
    expect(found).toEqual(given);
    expect(Object.keys(found!)).toEqual(Object.keys(given));
  });
});

it('with apiStrict knows only the commands of the Stable API', async () => {
  const db = running.client.db('test');
  const strict = { apiVersion: '1', apiStrict: true };
  await expect(db.command({ distinct: 'c', key: 'a', ...strict })).rejects.toMatchObject({
    code: 323,
    codeName: 'APIStrictError',
  });
  expect(await db.command({ count: 'c', ...strict })).toMatchObject({ n: 0, ok: 1 });
});

it.each([
  'aggregate',
  'count',
  'distinct',
  'findAndModify',
  'createIndexes',
  'dropIndexes',
  'drop',
  'listIndexes',
])('%s refuses a field it does not know', async (name) => {
  await expect(running.client.db('test').command({ [name]: 'c', nonsense: 1 })).rejects.toMatchObject({
    code: 40415,
    message: expect.stringContaining('nonsense'),
  });
});

it('aggregate with explain tells the plan in the place of the result', async () => {
  const db = running.client.db('test');
  await db.collection('explained').insertOne({ a: 1 });
  const told = await db.command({ aggregate: 'explained', pipeline: [{ $match: { a: 1 } }], explain: true });
  expect(told.cursor).toBeUndefined();
  expect(told.queryPlanner.winningPlan.stage).toBe('COLLSCAN');
});
