import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { openServer, type RunningServer } from '../../src/wire/server.ts';
import { freshFolder } from './harness.ts';

let dataDir: string;
let now: number;
let server: RunningServer;
let client: MongoClient;

beforeEach(async () => {
  dataDir = freshFolder();
  now = Date.parse('2026-05-01T00:00:00Z');
  const path = join(dataDir, 'mongodb.sock');
  server = await openServer({ dataDir, endpoint: { path }, now: () => now });
  client = await MongoClient.connect(`mongodb://${encodeURIComponent(path)}/?directConnection=true`);
});
afterEach(async () => {
  await client.close();
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const SECOND = 1000;

describe('a TTL index', () => {
  it('removes documents whose date, or one of whose dates, has passed; and no others', async () => {
    const tokens = client.db('test').collection<{ _id: string; at?: unknown }>('tokens');
    await tokens.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await tokens.insertMany([
      { _id: 'old', at: new Date(now - 61 * SECOND) },
      { _id: 'young', at: new Date(now - 30 * SECOND) },
      { _id: 'several', at: [new Date(now + 3600 * SECOND), new Date(now - 3600 * SECOND)] },
      { _id: 'text', at: 'yesterday' },
      { _id: 'number', at: 0 },
      { _id: 'without' },
    ]);
    await server.tidy();
    const left = await tokens.find().sort({ _id: 1 }).toArray();
    expect(left.map((token) => token._id)).toEqual(['number', 'text', 'without', 'young']);
    now += 31 * SECOND;
    await server.tidy();
    expect(await tokens.findOne({ _id: 'young' })).toBeNull();
  });

  it('follows a new period given by collMod', async () => {
    const tokens = client.db('test').collection<{ _id: string; at: Date }>('tokens');
    await tokens.createIndex({ at: -1 }, { expireAfterSeconds: 3600 });
    await tokens.insertOne({ _id: 'a', at: new Date(now - 100 * SECOND) });
    await client.db('test').command({ collMod: 'tokens', index: { name: 'at_-1', expireAfterSeconds: 50 } });
    await server.tidy();
    expect(await tokens.countDocuments()).toBe(0);
  });
});

it('aborts a transaction that is open for sixty seconds, and lets others write again', async () => {
  const things = client.db('test').collection<{ _id: number; n: number }>('things');
  await things.insertOne({ _id: 1, n: 0 });
  const session = client.startSession();
  session.startTransaction();
  await things.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session });
  const waiting = things.updateOne({ _id: 1 }, { $set: { n: 2 } });
  await things.findOne({});
  now += 61 * SECOND;
  await server.tidy();
  await waiting;
  const error = await session.commitTransaction().catch((e) => e);
  expect(error).toMatchObject({ code: 251, codeName: 'NoSuchTransaction' });
  expect(error.hasErrorLabel('TransientTransactionError')).toBe(true);
  expect(await things.findOne({ _id: 1 })).toEqual({ _id: 1, n: 2 });
  await session.endSession();
});

it('closes a cursor that nobody has asked for ten minutes', async () => {
  const things = client.db('test').collection('things');
  await things.insertMany(Array.from({ length: 50 }, (_, i) => ({ n: i })));
  const cursor = things.find({}, { batchSize: 10 });
  for (let i = 0; i < 10; i++) await cursor.next();
  now += 11 * 60 * SECOND;
  await server.tidy();
  expect(server.stats().openCursors).toBe(0);
  await expect(cursor.next()).rejects.toMatchObject({ code: 43 });
});
