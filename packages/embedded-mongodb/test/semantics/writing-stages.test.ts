import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Db, type Document, MongoClient } from 'mongodb';
import { type EmbeddedServer, startEmbedded } from '../../src/index.ts';

let folder: string;
let server: EmbeddedServer;
let client: MongoClient;
let db: Db;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'writing-'));
  server = await startEmbedded({ dataDir: folder });
  client = await new MongoClient(server.uri).connect();
});

afterAll(async () => {
  await client.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

let run = 0;

/** `src` holds what is written, `dst` what is there before. Gives `dst` afterwards. */
async function merged(src: Document[], dst: Document[], stages: Document[]): Promise<Document[]> {
  db = client.db(`d${run++}`);
  await db.collection('src').insertMany(src as never);
  if (dst.length > 0) await db.collection('dst').insertMany(dst as never);
  await db.collection('src').aggregate(stages).toArray();
  return db.collection('dst').find().sort({ _id: 1 }).toArray();
}

const SRC = [
  { _id: 1, a: 1 },
  { _id: 2, a: 2 },
];
const DST = [{ _id: 2, a: 9, b: 9 }];

describe('$merge', () => {
  it('inserts what is new and merges fields into what is there', async () => {
    expect(await merged(SRC, DST, [{ $merge: 'dst' }])).toEqual([
      { _id: 1, a: 1 },
      { _id: 2, a: 2, b: 9 },
    ]);
  });

  it('replaces whole documents when asked', async () => {
    expect(await merged(SRC, DST, [{ $merge: { into: 'dst', whenMatched: 'replace' } }])).toEqual(SRC);
  });

  it('keeps what is there when asked', async () => {
    expect(await merged(SRC, DST, [{ $merge: { into: 'dst', whenMatched: 'keepExisting' } }])).toEqual([
      SRC[0],
      DST[0],
    ]);
  });

  it('discards what is new when asked', async () => {
    const stage = { $merge: { into: 'dst', whenMatched: 'replace', whenNotMatched: 'discard' } };
    expect(await merged(SRC, DST, [stage])).toEqual([SRC[1]]);
  });

  it('fails on a match when asked', async () => {
    await expect(merged(SRC, DST, [{ $merge: { into: 'dst', whenMatched: 'fail' } }])).rejects.toMatchObject({
      code: 11000,
    });
  });

  it('runs a pipeline on what is there, with the new document as $$new', async () => {
    const whenMatched = [{ $set: { a: { $add: ['$a', '$$new.a'] } } }];
    expect(await merged(SRC, DST, [{ $merge: { into: 'dst', whenMatched } }])).toEqual([
      { _id: 1, a: 1 },
      { _id: 2, a: 11, b: 9 },
    ]);
  });

  it('wants a unique index on other fields than _id', async () => {
    await expect(merged(SRC, DST, [{ $merge: { into: 'dst', on: 'a' } }])).rejects.toMatchObject({
      code: 51183,
    });
  });
});

describe('$out', () => {
  it('puts the result in the place of the collection', async () => {
    expect(await merged(SRC, DST, [{ $match: { a: 1 } }, { $out: 'dst' }])).toEqual([{ _id: 1, a: 1 }]);
  });
});
