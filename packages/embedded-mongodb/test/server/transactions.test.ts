import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ClientSession, Collection, MongoServerError } from 'mongodb';
import { type Running, start } from './harness.ts';

interface Account {
  _id: number;
  balance: number;
}

let running: Running;
let accounts: Collection<Account>;

beforeAll(async () => {
  running = await start();
  accounts = running.client.db('bank').collection<Account>('accounts');
});
afterAll(() => running.stop());
beforeEach(async () => {
  await accounts.deleteMany({});
  await accounts.insertMany([
    { _id: 1, balance: 100 },
    { _id: 2, balance: 0 },
  ]);
});

/** A process that begins a transaction and keeps it. */
const holdTransaction = `
  import { MongoClient } from 'mongodb';
  const client = await new MongoClient(process.argv[1]).connect();
  const session = client.startSession();
  session.startTransaction();
  await client.db('bank').collection('accounts').updateOne({ _id: 1 }, { $inc: { balance: 5 } }, { session });
  process.stdout.write('held');
  setInterval(() => {}, 1000);
`;

describe('a multi-document transaction', () => {
  it('of a client that is cut off and does not come back is rolled back soon, and holds up nobody', async () => {
    const holder = spawn(
      process.execPath,
      ['--input-type=module', '-e', holdTransaction, running.server.uri],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await once(holder.stdout!, 'data');
    const taken = running.client.withSession(async (session) => {
      session.startTransaction();
      await accounts.updateOne({ _id: 1 }, { $inc: { balance: 1 } }, { session });
    });
    await expect(taken).rejects.toMatchObject({ code: 112 });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await running.client.withSession((own) =>
      own.withTransaction(() => accounts.updateOne({ _id: 1 }, { $inc: { balance: 1 } }, { session: own })),
    );
    expect(await accounts.findOne({ _id: 1 })).toEqual({ _id: 1, balance: 101 });
  });

  it('shows its writes to nobody before the commit, and to everybody after it', async () => {
    await running.client.withSession(async (session) => {
      session.startTransaction();
      await accounts.updateOne({ _id: 1 }, { $inc: { balance: -30 } }, { session });
      await accounts.updateOne({ _id: 2 }, { $inc: { balance: 30 } }, { session });
      expect(await accounts.findOne({ _id: 1 })).toEqual({ _id: 1, balance: 100 });
      expect(await accounts.findOne({ _id: 1 }, { session })).toEqual({ _id: 1, balance: 70 });
      await session.commitTransaction();
    });
    expect(await accounts.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, balance: 70 },
      { _id: 2, balance: 30 },
    ]);
  });

  it('leaves nothing behind when it is aborted', async () => {
    await running.client.withSession(async (session) => {
      session.startTransaction();
      await accounts.insertOne({ _id: 3, balance: 1 }, { session });
      await accounts.deleteOne({ _id: 1 }, { session });
      await session.abortTransaction();
    });
    expect(await accounts.countDocuments()).toBe(2);
    expect(await accounts.findOne({ _id: 3 })).toBeNull();
    expect(await accounts.estimatedDocumentCount()).toBe(2);
  });

  it('reads one state from beginning to end, whatever others write', async () => {
    await accounts.createIndex({ balance: 1 });
    await running.client.withSession(async (session) => {
      session.startTransaction();
      expect(await accounts.countDocuments({ balance: { $gte: 0 } }, { session })).toBe(2);
      await accounts.insertOne({ _id: 9, balance: 5 });
      await accounts.updateOne({ _id: 2 }, { $set: { balance: 50 } });
      await accounts.deleteOne({ _id: 1 });
      expect(await accounts.find({}, { session }).sort({ balance: -1 }).toArray()).toEqual([
        { _id: 1, balance: 100 },
        { _id: 2, balance: 0 },
      ]);
      expect(await accounts.find({ balance: 0 }, { session }).toArray()).toEqual([{ _id: 2, balance: 0 }]);
      expect(await accounts.countDocuments({ balance: { $gte: 0 } }, { session })).toBe(2);
      await session.commitTransaction();
    });
    expect(await accounts.countDocuments()).toBe(2);
  });

  it('is refused at once a document that another transaction holds, as WriteConflict with its label', async () => {
    const [first, second] = [running.client.startSession(), running.client.startSession()];
    first.startTransaction();
    second.startTransaction();
    await accounts.updateOne({ _id: 1 }, { $inc: { balance: 1 } }, { session: first });
    const error = await accounts
      .updateOne({ _id: 1 }, { $inc: { balance: 1 } }, { session: second })
      .catch((e: MongoServerError) => e);
    expect(error).toMatchObject({ code: 112, codeName: 'WriteConflict' });
    expect((error as MongoServerError).hasErrorLabel('TransientTransactionError')).toBe(true);
    await second.abortTransaction();
    await first.commitTransaction();
    await Promise.all([first.endSession(), second.endSession()]);
  });

  it('is refused a document that was changed after its snapshot', async () => {
    await running.client.withSession(async (session) => {
      session.startTransaction();
      await accounts.findOne({ _id: 1 }, { session });
      await accounts.updateOne({ _id: 1 }, { $set: { balance: 7 } });
      await expect(
        accounts.updateOne({ _id: 1 }, { $inc: { balance: 1 } }, { session }),
      ).rejects.toMatchObject({ code: 112 });
      await session.abortTransaction();
    });
    expect(await accounts.findOne({ _id: 1 })).toEqual({ _id: 1, balance: 7 });
  });

  it('makes a write outside of it wait for its end', async () => {
    const session = running.client.startSession();
    session.startTransaction();
    await accounts.updateOne({ _id: 1 }, { $inc: { balance: 1 } }, { session });
    const outside = accounts.updateOne({ _id: 1 }, { $inc: { balance: 10 } });
    // Answered only after the other connection's commands, so the write above has arrived.
    await accounts.findOne({ _id: 2 });
    await session.commitTransaction();
    await outside;
    expect(await accounts.findOne({ _id: 1 })).toEqual({ _id: 1, balance: 111 });
    await session.endSession();
  });

  it('gives a waiting write up after maxTimeMS', async () => {
    const session = running.client.startSession();
    session.startTransaction();
    await accounts.updateOne({ _id: 1 }, { $inc: { balance: 1 } }, { session });
    await expect(
      accounts.updateOne({ _id: 1 }, { $inc: { balance: 10 } }, { maxTimeMS: 30 }),
    ).rejects.toMatchObject({ code: 50 });
    await session.abortTransaction();
    await session.endSession();
  });

  it('loses no update when sixteen sessions add to one document by withTransaction', async () => {
    await Promise.all(
      Array.from({ length: 16 }, () =>
        running.client.withSession(async (session) => {
          for (let i = 0; i < 5; i++) {
            await session.withTransaction(async () => {
              const account = await accounts.findOne({ _id: 1 }, { session });
              await accounts.updateOne({ _id: 1 }, { $set: { balance: account!.balance + 1 } }, { session });
            });
          }
        }),
      ),
    );
    expect(await accounts.findOne({ _id: 1 })).toEqual({ _id: 1, balance: 180 });
  });

  it('lets only one of two transactions insert the same unique key', async () => {
    const people = running.client.db('bank').collection('people');
    await people.createIndex({ email: 1 }, { unique: true });
    const [first, second] = [running.client.startSession(), running.client.startSession()];
    first.startTransaction();
    second.startTransaction();
    await people.insertOne({ email: 'a@example.com' }, { session: first });
    await expect(people.insertOne({ email: 'a@example.com' }, { session: second })).rejects.toMatchObject({
      code: 112,
    });
    await second.abortTransaction();
    const outside = people.insertOne({ email: 'a@example.com' }).catch((e: MongoServerError) => e.code);
    await people.findOne({});
    await first.commitTransaction();
    expect(await outside).toBe(11000);
    expect(await people.countDocuments({ email: 'a@example.com' })).toBe(1);
    await Promise.all([first.endSession(), second.endSession()]);
  });

  it('can be committed twice, and not continued afterwards', async () => {
    const session = running.client.startSession();
    session.startTransaction();
    await accounts.insertOne({ _id: 5, balance: 5 }, { session });
    await session.commitTransaction();
    await session.commitTransaction();
    expect(await accounts.countDocuments({ _id: 5 })).toBe(1);
    await session.endSession();
  });

  it('ends with its first error, so that the commit finds no transaction', async () => {
    const session = running.client.startSession();
    session.startTransaction();
    await accounts.updateOne({ _id: 2 }, { $set: { balance: 77 } }, { session });
    await expect(accounts.insertOne({ _id: 1, balance: 0 }, { session })).rejects.toMatchObject({
      code: 11000,
    });
    await expect(session.commitTransaction()).rejects.toMatchObject({
      code: 251,
      codeName: 'NoSuchTransaction',
    });
    await session.endSession();
    expect(await accounts.findOne({ _id: 2 })).toEqual({ _id: 2, balance: 0 });
  });

  it('makes a collection for everybody with its commit, and for nobody with its abort', async () => {
    const db = running.client.db('bank');
    const names = async () =>
      (await db.listCollections({ name: /^made/ }).toArray()).map((found) => found.name);
    const session = running.client.startSession();
    session.startTransaction();
    await db.collection('made').insertOne({ a: 1 }, { session });
    await db.createCollection('madeToo', { session });
    await db.collection('madeToo').createIndex({ a: 1 }, { unique: true, session });
    await db.collection('madeToo').insertOne({ a: 1 }, { session });
    expect(await names()).toEqual([]);
    expect(await db.collection('made').findOne({})).toBeNull();
    expect(await db.collection('made').countDocuments({}, { session })).toBe(1);
    await session.abortTransaction();
    expect(await names()).toEqual([]);
    await session.withTransaction(async () => {
      await db.createCollection('madeToo', { session });
      await db.collection('madeToo').createIndex({ a: 1 }, { unique: true, session });
      await db.collection('madeToo').insertOne({ a: 1 }, { session });
    });
    expect(await names()).toEqual(['madeToo']);
    await expect(db.collection('madeToo').insertOne({ a: 1 })).rejects.toMatchObject({ code: 11000 });
    await session.endSession();
  });

  it('is complete in an index that is built while it is open', async () => {
    const things = running.client.db('bank').collection<{ _id: number; n: number }>('built');
    await things.drop();
    await things.insertMany([1, 2, 3].map((n) => ({ _id: n, n })));
    const [writer, reader, late] = [1, 2, 3].map(() => running.client.startSession()) as never as [
      ClientSession,
      ClientSession,
      ClientSession,
    ];
    for (const session of [writer, reader, late]) session.startTransaction();
    await things.insertOne({ _id: 4, n: 4 }, { session: writer });
    await things.updateOne({ _id: 1 }, { $set: { n: 10 } }, { session: writer });
    await things.findOne({}, { session: reader });
    await things.findOne({}, { session: late });
    const building = things.createIndex({ n: 1 });
    // Answered after the building has begun, which waits for the writer.
    await things.findOne({ _id: 2 });
    await writer.commitTransaction();
    await building;
    const byIndex = await things.find({ n: { $gt: 0 } }, { hint: 'n_1' }).toArray();
    expect(byIndex.map((thing) => thing._id)).toEqual([2, 3, 4, 1]);
    // A reader of the state before sees that state, with the index or without.
    expect(
      (
        await things
          .find({ n: { $gt: 0 } }, { session: reader })
          .sort({ n: 1 })
          .toArray()
      ).map((t) => t._id),
    ).toEqual([1, 2, 3]);
    // And what it writes from now on is in the index.
    await things.insertOne({ _id: 5, n: 5 }, { session: late });
    await late.commitTransaction();
    await reader.commitTransaction();
    const all = await things.find({ n: { $gt: 0 } }, { hint: 'n_1' }).toArray();
    expect(all.map((thing) => thing._id)).toEqual([2, 3, 4, 5, 1]);
    await Promise.all([writer.endSession(), reader.endSession(), late.endSession()]);
  });

  it('builds no index on a collection that was there before', async () => {
    const session = running.client.startSession();
    session.startTransaction();
    await expect(accounts.createIndex({ other: 1 }, { session })).rejects.toMatchObject({ code: 263 });
    await session.abortTransaction();
    await session.endSession();
  });

  it('refuses commands that MongoDB does not run in a transaction', async () => {
    const session = running.client.startSession();
    session.startTransaction();
    await expect(running.client.db('bank').command({ count: 'accounts' }, { session })).rejects.toMatchObject(
      { code: 263 },
    );
    await session.abortTransaction();
    await session.endSession();
  });
});
