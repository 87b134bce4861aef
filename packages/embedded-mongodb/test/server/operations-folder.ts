import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startEmbedded } from '../../src/index.ts';
import { Kv } from '../../src/storage/kv.ts';
import { freshFolder } from './harness.ts';

/** A folder for data and a place for a backup of it, fresh for every test of the file that calls this. */
export function freshPlaces(): { root: string; dataDir: string; file: string } {
  const places = { root: '', dataDir: '', file: '' };
  beforeEach(() => {
    const root = freshFolder();
    Object.assign(places, { root, dataDir: join(root, 'data'), file: join(root, 'backup.db') });
  });
  afterEach(() => rmSync(places.root, { recursive: true, force: true }));
  return places;
}

/** Runs a server over a folder while `work` has a client of it. */
export async function serving<T>(folder: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const server = await startEmbedded({ dataDir: folder });
  const client = await MongoClient.connect(server.uri);
  try {
    return await work(client);
  } finally {
    await client.close();
    await server.close();
  }
}

export async function fill(client: MongoClient, documents = 300): Promise<void> {
  const things = client.db('shop').collection('things');
  await things.createIndexes([{ key: { code: 1 }, unique: true }, { key: { tags: 1, n: -1 } }]);
  await things.insertMany(
    Array.from({ length: documents }, (_, i) => ({
      _id: i as never,
      code: `c${i}`,
      tags: ['a', `t${i % 7}`],
      n: i,
    })),
  );
}

/** Changes entries behind the server's back, as a fault in the program would. */
export function tamper(dataDir: string, change: (kv: Kv) => void): void {
  const kv = new Kv(join(dataDir, 'embedded.db'));
  kv.begin();
  change(kv);
  kv.commit();
  kv.close();
}

export const entriesOf = (kv: Kv, space: number) =>
  kv.scan(Buffer.of(space), Buffer.of(space + 1), false, -1);
