import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChangeStreamDocument, Collection, Db, Document } from 'mongodb';
import { type Running, start } from './harness.ts';

// How long the server waits for something new before it answers with nothing.
const SOON = { maxAwaitTimeMS: 20 };

let running: Running;
let db: Db;
let things: Collection<Document>;

beforeAll(async () => {
  running = await start();
  db = running.client.db('test');
  // Streams tell of what happens after the first one was opened on the data.
  await db.watch([], SOON).tryNext();
});
afterAll(() => running.stop());
beforeEach(async () => {
  things = db.collection('things');
  await things.drop();
  await db.createCollection('things');
});

async function take(stream: { next(): Promise<any> }, count: number): Promise<ChangeStreamDocument[]> {
  const events: ChangeStreamDocument[] = [];
  for (let i = 0; i < count; i++) events.push(await stream.next());
  return events;
}

/** A stream that is open on the server: what is written from now on comes. */
async function open<T extends { tryNext(): Promise<unknown> }>(stream: T): Promise<T> {
  await stream.tryNext();
  return stream;
}

describe('a change stream', () => {
  it('tells of insert, update, replace and delete in their order, with what each changed', async () => {
    const stream = await open(things.watch([], SOON));
    await things.insertOne({ _id: 1 as never, a: { b: 1, c: 1 }, list: [1, 2, 3] });
    await things.updateOne({ _id: 1 as never }, { $set: { 'a.b': 2, d: 3 }, $unset: { 'a.c': 1 } });
    await things.replaceOne({ _id: 1 as never }, { e: 1 });
    await things.deleteOne({ _id: 1 as never });
    const events = await take(stream, 4);
    const ns = { db: 'test', coll: 'things' };
    expect(events).toMatchObject([
      {
        operationType: 'insert',
        ns,
        documentKey: { _id: 1 },
        fullDocument: { _id: 1, a: { b: 1, c: 1 }, list: [1, 2, 3] },
      },
      {
        operationType: 'update',
        ns,
        documentKey: { _id: 1 },
        updateDescription: { updatedFields: { 'a.b': 2, d: 3 }, removedFields: ['a.c'], truncatedArrays: [] },
      },
      { operationType: 'replace', ns, documentKey: { _id: 1 }, fullDocument: { _id: 1, e: 1 } },
      { operationType: 'delete', ns, documentKey: { _id: 1 } },
    ]);
    expect(events[1]).not.toHaveProperty('fullDocument');
    await stream.close();
  });

  it('goes on after any of its tokens, also across a new connection', async () => {
    const stream = await open(things.watch([], SOON));
    await things.insertMany([1, 2, 3, 4].map((n) => ({ _id: n as never })));
    const events = await take(stream, 4);
    await stream.close();
    const resumed = things.watch([], { ...SOON, resumeAfter: events[1]!._id });
    expect((await take(resumed, 2)).map((event: any) => event.documentKey._id)).toEqual([3, 4]);
    await resumed.close();
  });

  it('gives the document as it is now with updateLookup, and null when it is gone', async () => {
    const stream = await open(things.watch([], { ...SOON, fullDocument: 'updateLookup' }));
    await things.insertOne({ _id: 1 as never, n: 1 });
    await things.updateOne({ _id: 1 as never }, { $set: { n: 2 } });
    const [, update] = await take(stream, 2);
    expect(update).toMatchObject({ operationType: 'update', fullDocument: { _id: 1, n: 2 } });
    await things.updateOne({ _id: 1 as never }, { $set: { n: 3 } });
    await things.deleteOne({ _id: 1 as never });
    const later = things.watch([], { ...SOON, fullDocument: 'updateLookup', resumeAfter: update!._id });
    const [again] = await take(later, 1);
    expect((again as any).fullDocument).toBeNull();
    await later.close();
    await stream.close();
  });

  it('gives the document before and after where the collection keeps images', async () => {
    await db.command({ collMod: 'things', changeStreamPreAndPostImages: { enabled: true } });
    const options = { fullDocument: 'required', fullDocumentBeforeChange: 'required' } as const;
    const stream = await open(things.watch([], { ...SOON, ...options }));
    await things.insertOne({ _id: 1 as never, n: 1 });
    await things.updateOne({ _id: 1 as never }, { $set: { n: 2 } });
    const [, update] = await take(stream, 2);
    expect(update).toMatchObject({ fullDocumentBeforeChange: { n: 1 }, fullDocument: { n: 2 } });
    await stream.close();
  });

  it('filters by the stages behind it', async () => {
    const stream = await open(things.watch([{ $match: { operationType: 'delete' } }], SOON));
    await things.insertOne({ _id: 1 as never });
    await things.deleteOne({ _id: 1 as never });
    expect(await stream.next()).toMatchObject({ operationType: 'delete' });
    await stream.close();
  });

  it('tells a transaction at its commit, and nothing of an aborted one', async () => {
    const stream = await open(things.watch([], SOON));
    await running.client.withSession(async (session) => {
      session.startTransaction();
      await things.insertOne({ _id: 1 as never }, { session });
      await session.abortTransaction();
      await session.withTransaction(async () => {
        await things.insertOne({ _id: 2 as never }, { session });
        await things.insertOne({ _id: 3 as never }, { session });
      });
    });
    const events = (await take(stream, 2)) as any[];
    expect(events.map((event) => event.documentKey._id)).toEqual([2, 3]);
    expect(events[0].clusterTime).toEqual(events[1].clusterTime);
    await stream.close();
  });

  it('ends with drop and invalidate when its collection is dropped', async () => {
    const stream = await open(things.watch([], SOON));
    await things.drop();
    expect((await take(stream, 2)).map((event) => event.operationType)).toEqual(['drop', 'invalidate']);
    await stream.close();
  });

  it('watches a database, and a whole deployment', async () => {
    const [one, all] = [await open(db.watch([], SOON)), await open(running.client.watch([], SOON))];
    await db.collection('other').insertOne({ _id: 1 as never });
    await running.client
      .db('elsewhere')
      .collection('far')
      .insertOne({ _id: 2 as never });
    expect(await one.next()).toMatchObject({ ns: { db: 'test', coll: 'other' } });
    expect((await take(all, 2)).map((event: any) => event.ns.db)).toEqual(['test', 'elsewhere']);
    await Promise.all([one.close(), all.close()]);
  });

  it('refuses a token that is none', async () => {
    await expect(things.watch([], { ...SOON, resumeAfter: { _data: 'zz' } }).next()).rejects.toMatchObject({
      code: 260,
    });
  });
});
