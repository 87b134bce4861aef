import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Binary, Long } from 'mongodb';
import { freshFolder, RawClient, type ServerProcess, startProcess } from './harness.ts';

let dataDir: string;
let server: ServerProcess;
let raw: RawClient;
let lsid: { id: Binary };

beforeAll(async () => {
  dataDir = freshFolder();
  server = await startProcess(dataDir);
  raw = await RawClient.connect(server.uri);
});
afterAll(async () => {
  raw.close();
  await server.kill();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  lsid = { id: new Binary(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), 4) };
  await raw.command({ delete: 'things', deletes: [{ q: {}, limit: 0 }], $db: 'test' });
});

const command = (body: Record<string, unknown>, txnNumber: number) =>
  raw.command({ ...body, lsid, txnNumber: Long.fromNumber(txnNumber), $db: 'test' });
const all = async () => (await raw.command({ find: 'things', filter: {}, $db: 'test' })).cursor.firstBatch;

describe('a write that is sent again with the same transaction number', () => {
  it('inserts once and answers the same', async () => {
    const insert = { insert: 'things', documents: [{ _id: 1 }, { _id: 2 }] };
    expect(await command(insert, 1)).toMatchObject({ ok: 1, n: 2 });
    const again = await command(insert, 1);
    expect(again).toMatchObject({ ok: 1, n: 2, retriedStmtIds: [0, 1] });
    expect(again.writeErrors).toBeUndefined();
    expect(await all()).toEqual([{ _id: 1 }, { _id: 2 }]);
  });

  it('increments once and answers the same', async () => {
    await command({ insert: 'things', documents: [{ _id: 1, n: 0 }] }, 1);
    const update = { update: 'things', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] };
    expect(await command(update, 2)).toMatchObject({ n: 1, nModified: 1 });
    expect(await command(update, 2)).toMatchObject({ n: 1, nModified: 1 });
    expect(await all()).toEqual([{ _id: 1, n: 1 }]);
  });

  it('returns the document that findAndModify returned the first time', async () => {
    await command({ insert: 'things', documents: [{ _id: 1, n: 0 }] }, 1);
    const modify = { findAndModify: 'things', query: { _id: 1 }, update: { $inc: { n: 1 } }, new: true };
    expect((await command(modify, 2)).value).toEqual({ _id: 1, n: 1 });
    expect((await command(modify, 2)).value).toEqual({ _id: 1, n: 1 });
    expect(await all()).toEqual([{ _id: 1, n: 1 }]);
  });

  it('reports the upsert with its _id again', async () => {
    const update = { update: 'things', updates: [{ q: { _id: 7 }, u: { $set: { a: 1 } }, upsert: true }] };
    const first = await command(update, 1);
    expect(first.upserted).toEqual([{ index: 0, _id: 7 }]);
    expect((await command(update, 1)).upserted).toEqual([{ index: 0, _id: 7 }]);
  });

  it('deletes once, also across a kill -9 of the server in between', async () => {
    await command({ insert: 'things', documents: [{ _id: 1 }, { _id: 2 }] }, 1);
    const remove = { delete: 'things', deletes: [{ q: {}, limit: 1 }] };
    expect(await command(remove, 2)).toMatchObject({ n: 1 });
    raw.close();
    await server.kill();
    server = await startProcess(dataDir);
    raw = await RawClient.connect(server.uri);
    expect(await command(remove, 2)).toMatchObject({ n: 1, retriedStmtIds: [0] });
    expect(await all()).toEqual([{ _id: 2 }]);
  });

  it('is refused when a newer number has been used', async () => {
    await command({ insert: 'things', documents: [{ _id: 1 }] }, 5);
    expect(await command({ insert: 'things', documents: [{ _id: 2 }] }, 4)).toMatchObject({
      ok: 0,
      code: 225,
      codeName: 'TransactionTooOld',
    });
  });

  it('is refused for many documents at once, which cannot be retried', async () => {
    const update = { update: 'things', updates: [{ q: {}, u: { $inc: { n: 1 } }, multi: true }] };
    const reply = await command(update, 1);
    expect(reply.writeErrors?.[0] ?? reply).toMatchObject({ code: 72 });
  });
});
