/** Empty databases for tests, all on one embedded server a worker, or on the MongoDB that TEST_MONGODB_URI names. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, startEmbedded } from 'embedded-mongodb';
import { MongoClient } from 'mongodb';

let server: Promise<EmbeddedServer> | undefined;
let made = 0;
const free: string[] = [];

export type TestDatabase = { uri: string; giveBack(): Promise<void> };

/** Its collections and indexes may be there from an earlier test; documents are not. Give it back when nothing uses it. */
export async function takeDatabase(): Promise<TestDatabase> {
  const base = process.env.TEST_MONGODB_URI ?? (await oneServer()).uri;
  const name = free.pop() ?? `parley-${process.pid}-${++made}`;
  const uri = base.replace(/\/(\?|$)/, `/${name}$1`);
  return {
    uri,
    giveBack: async () => {
      await empty(uri);
      free.push(name);
    },
  };
}

/** Does not keep the worker alive when its last file has ended. */
function oneServer(): Promise<EmbeddedServer> {
  server ??= startServer();
  return server;
}

async function startServer(): Promise<EmbeddedServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-store-'));
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  return startEmbedded({ dataDir, keepExpired: true, unref: true });
}

async function empty(uri: string): Promise<void> {
  const client = await MongoClient.connect(uri);
  try {
    const collections = await client.db().collections();
    if (collections.length)
      await client.bulkWrite(
        collections.map(({ namespace }) => ({ namespace, name: 'deleteMany' as const, filter: {} })),
      );
  } finally {
    await client.close();
  }
}
