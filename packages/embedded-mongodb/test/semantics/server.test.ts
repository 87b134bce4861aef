import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Db, MongoClient } from 'mongodb';
import { type EmbeddedServer, startEmbedded } from '../../src/index.ts';
import { corpusFiles, readCases } from './case.ts';
import { seen, wanted } from './judge.ts';
import { runThroughDriver } from './through-driver.ts';

// With MONGODB_URI set, the same cases ask that server: so the corpus itself can be checked on a MongoDB.
const uri = process.env.MONGODB_URI;
let folder: string;
let server: EmbeddedServer | undefined;
let client: MongoClient;
let db: Db;
let count = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'semantics-'));
  if (!uri) server = await startEmbedded({ dataDir: folder });
  client = await new MongoClient(uri ?? server!.uri).connect();
  db = client.db('semantics_corpus');
  await db.dropDatabase();
});

afterAll(async () => {
  await db.dropDatabase();
  await client.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const file of corpusFiles())
  describe(`through the driver: ${file.replace('.jsonl', '')}`, () => {
    for (const c of readCases(file))
      it(c.name, async () => {
        expect(seen(c, await runThroughDriver(db, c, count++))).toEqual(wanted(c));
      });
  });
