/** Moving a store to a MongoDB and back, as a person does it. Another store on TCP plays the MongoDB: the command knows it by its URI only. */
import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type EmbeddedServer, startEmbedded } from 'embedded-mongodb';
import { BSON, type Document, MongoClient } from 'mongodb';

const parley = resolve('bin/parley');
const { Decimal128, Double, Int32, Long, ObjectId, Timestamp } = BSON;

let folder: string;
const ending: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-copy-'));
});
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
});

interface Running {
  data: string;
  uri: string;
  client: MongoClient;
  server: EmbeddedServer;
}

async function start(name: string): Promise<Running> {
  const data = join(folder, name);
  const server = await startEmbedded({ dataDir: data, tcp: { port: 0, noAuth: true }, testCommands: true });
  ending.push(() => server.close());
  const client = await MongoClient.connect(server.uri);
  ending.push(() => client.close());
  return { data, uri: server.tcpUri!, client, server };
}

function begin(args: string[]): {
  child: ChildProcess;
  done: Promise<{ code: number; out: string; err: string }>;
} {
  const { promise: done, resolve } = Promise.withResolvers<{ code: number; out: string; err: string }>();
  const child = execFile(parley, ['store', 'copy', ...args], (error, out, err) =>
    resolve({ code: error ? Number(error.code) : 0, out, err }),
  );
  return { child, done };
}

const run = (...args: string[]) => begin(args).done;

/** Every document as it is stored, byte for byte, in the order of `_id`. */
async function stored(client: MongoClient, db: string, name: string): Promise<string[]> {
  const all = await client.db(db).collection(name).find({}, { raw: true }).sort({ _id: 1 }).toArray();
  return (all as unknown as Buffer[]).map((item) => item.toString('base64'));
}

/** A document whose fields keep an order that a plain object would not. */
const ordered = (...fields: [string, unknown][]) => new Map(fields) as unknown as Document;

async function fill(client: MongoClient): Promise<void> {
  const shop = client.db('shop');
  await shop.createCollection('things', {
    validator: { $jsonSchema: { required: ['name'] } },
    validationAction: 'error',
  });
  await shop.createCollection('words', { collation: { locale: 'en', strength: 2 } });
  await shop.createCollection('empty');
  await shop.createCollection('latest', { capped: true, size: 100_000, max: 3 });
  await shop.collection('latest').insertMany([5, 4, 3, 2].map((_id) => ({ _id: _id as never })));
  await shop.createCollection('cheap', { viewOn: 'things', pipeline: [{ $match: { price: { $lt: 5 } } }] });
  await shop.collection('things').createIndexes([
    { key: { name: 1 }, unique: true },
    { key: { price: -1, 'tags.a': 1 }, partialFilterExpression: { price: { $gt: 1 } } },
    { key: { at: 1 }, expireAfterSeconds: 60, name: 'gone soon' },
  ]);
  const exotic: Document[] = [
    {
      _id: new Int32(1),
      name: 'ints',
      a: new Int32(2),
      b: new Double(2),
      c: Long.fromNumber(2),
      d: Decimal128.fromString('2.50'),
    },
    {
      _id: new Double(1.5),
      name: 'date',
      at: new Date(0),
      re: new BSON.BSONRegExp('^a', 'i'),
      ts: new Timestamp({ t: 7, i: 3 }),
    },
    {
      _id: 'text',
      name: 'bin',
      bin: new BSON.Binary(Buffer.from('x'), 128),
      js: new BSON.Code('f()'),
      min: new BSON.MinKey(),
    },
    {
      _id: new ObjectId(),
      name: 'big',
      long: Long.fromString('9223372036854775807'),
      nan: new Double(Number.NaN),
      zero: new Double(-0),
    },
    ordered(
      ['_id', new Date(5)],
      ['name', 'order'],
      ['b', new Int32(1)],
      ['2', new Int32(2)],
      ['1', ordered(['z', 1], ['0', [ordered(['9', 1], ['8', 2])]])],
      ['__proto__', ordered(['x', new Int32(1)])],
    ),
    { _id: { a: new Int32(1), b: 'two' }, name: 'object', price: new Int32(3), tags: [{ a: 1 }, { a: 2 }] },
  ];
  await shop.collection('things').insertMany(exotic, { forceServerObjectId: true });
  // One that the validator would not let in today.
  await shop
    .collection('things')
    .insertOne({ _id: true as never, old: 1 }, { bypassDocumentValidation: true });
  await shop.collection('words').insertMany(['b', 'A', 'c'].map((_id) => ({ _id: _id as never })));
  await client
    .db('crm')
    .collection('leads')
    .insertMany(Array.from({ length: 2500 }, (_, i) => ({ _id: i as never, n: i })));
}

describe('bin/parley store copy', () => {
  it('moves everything to another server and back: every byte, option, index and view', async () => {
    const here = await start('here');
    const there = await start('there');
    await fill(here.client);
    const sent = await run('--to', there.uri, '--data', here.data);
    expect(sent).toMatchObject({
      code: 0,
      out: expect.stringContaining(
        '2513 documents in 6 collections of 2 databases, 8 indexes: the same on both sides.',
      ),
    });
    // What is needed to go on after an end is gone when all is done.
    expect(readdirSync(here.data).filter((name) => name.startsWith('copy-'))).toEqual([]);
    await there.client
      .db('extra')
      .collection('kept')
      .insertOne({ _id: 1 as never });

    const back = join(folder, 'back');
    expect(await run('--from', there.uri, '--data', back)).toMatchObject({ code: 0 });
    const returned = await start('back');
    for (const [db, name] of [
      ['shop', 'things'],
      ['shop', 'words'],
      ['shop', 'empty'],
      ['crm', 'leads'],
    ] as const) {
      const original = await stored(here.client, db, name);
      expect(await stored(there.client, db, name)).toEqual(original);
      expect(await stored(returned.client, db, name)).toEqual(original);
      const indexes = await here.client.db(db).collection(name).indexes();
      expect(await there.client.db(db).collection(name).indexes()).toEqual(indexes);
      expect(await returned.client.db(db).collection(name).indexes()).toEqual(indexes);
    }
    for (const { client } of [there, returned]) {
      const shop = client.db('shop');
      expect(await shop.collection('cheap').find().toArray()).toMatchObject([{ name: 'object' }]);
      await expect(shop.collection('things').insertOne({ nameless: 1 })).rejects.toMatchObject({ code: 121 });
      expect(await shop.collection('words').findOne({ _id: 'B' as never })).toEqual({ _id: 'b' });
      // In the order of arrival, and still of three.
      await shop.collection('latest').insertOne({ _id: 9 as never });
      expect(await shop.collection('latest').find().toArray()).toEqual([{ _id: 3 }, { _id: 2 }, { _id: 9 }]);
    }
    expect(await returned.client.db('extra').collection('kept').countDocuments()).toBe(1);
  });

  it('goes on after it was killed in the middle, without a document twice or left out', async () => {
    const here = await start('here');
    const there = await start('there');
    const leads = here.client.db('crm').collection<{ _id: never }>('leads');
    const ids: unknown[] = Array.from({ length: 12_000 }, (_, i) =>
      i % 3 === 0 ? i : i % 3 === 1 ? `t${i}` : new ObjectId(),
    );
    for (let i = 0; i < ids.length; i += 4000) {
      await leads.insertMany(
        ids.slice(i, i + 4000).map((_id) => ({ _id: _id as never, pad: 'x'.repeat(500) })),
      );
    }
    const target = there.client.db('crm').collection('leads');
    const failPoint = (mode: unknown) =>
      there.client.db('admin').command({
        configureFailPoint: 'failCommand',
        mode,
        data: {
          failCommands: ['insert'],
          appName: 'parley store copy',
          blockConnection: true,
          blockTimeMS: 20_000,
        },
      });
    await failPoint({ skip: 5 });
    const { child, done } = begin(['--to', there.uri, '--data', here.data]);
    // The sixth batch is held up, so that the tool is in the middle of it whenever it is killed.
    while ((await target.estimatedDocumentCount()) < 5000)
      await new Promise((resolve) => setTimeout(resolve, 20));
    // The script runs another process in its place, so this is the tool itself.
    child.kill('SIGKILL');
    await done;
    await failPoint('off');
    expect(await target.countDocuments()).toBe(5000);
    // What is written from now on is not of that moment.
    await leads.insertOne({ _id: 'later' as never });
    const again = await run('--to', there.uri, '--data', here.data);
    expect(again).toMatchObject({ code: 0, err: expect.stringContaining('Goes on with the copy begun at') });
    expect(await target.countDocuments()).toBe(12_000);
    await leads.deleteOne({ _id: 'later' as never });
    expect(await stored(there.client, 'crm', 'leads')).toEqual(await stored(here.client, 'crm', 'leads'));
    expect(readdirSync(here.data).filter((name) => name.startsWith('copy-'))).toEqual([]);
  });

  it('refuses a target that holds something, unless it is told to empty it; and leaves other databases alone', async () => {
    const here = await start('here');
    const there = await start('there');
    await here.client
      .db('crm')
      .collection('leads')
      .insertOne({ _id: 1 as never, from: 'here' });
    await there.client
      .db('crm')
      .collection('old')
      .insertOne({ _id: 1 as never });
    await there.client
      .db('other')
      .collection('kept')
      .insertOne({ _id: 1 as never });
    expect(await run('--to', there.uri, '--data', here.data)).toMatchObject({
      code: 1,
      err: expect.stringContaining('The target is not empty: it has crm. Nothing was copied.'),
    });
    expect(await there.client.db('crm').collection('leads').countDocuments()).toBe(0);
    expect(readdirSync(here.data).filter((name) => name.startsWith('copy-'))).toEqual([]);
    expect((await run('--to', there.uri, '--data', here.data, '--replace')).code).toBe(0);
    expect(await there.client.db('crm').collection('old').countDocuments()).toBe(0);
    expect(await there.client.db('crm').collection('leads').findOne()).toEqual({ _id: 1, from: 'here' });
    expect(await there.client.db('other').collection('kept').countDocuments()).toBe(1);
  });

  it('takes the URI from standard input, where nobody sees the password in it', async () => {
    const here = await start('here');
    const there = await start('there');
    await here.client
      .db('crm')
      .collection('leads')
      .insertOne({ _id: 1 as never });
    const { child, done } = begin(['--to', '-', '--data', here.data]);
    child.stdin!.end(`${there.uri}\n`);
    expect(await done).toMatchObject({ code: 0 });
    expect(await there.client.db('crm').collection('leads').countDocuments()).toBe(1);
  });

  it('says what is wrong with what it was given', async () => {
    const here = await start('here');
    await here.client.db('crm').collection('leads').insertOne({});
    expect((await run('--data', here.data)).err).toContain('Say either --to URI or --from URI');
    expect((await run('--to', 'http://example.com', '--data', here.data)).err).toContain(
      'That is no MongoDB URI',
    );
    expect(
      await run('--to', 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=500', '--data', here.data),
    ).toMatchObject({
      code: 1,
      err: expect.stringContaining('127.0.0.1:1'),
    });
  });
});
