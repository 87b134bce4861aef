/** The database behind mongoose: a MongoDB when one is named, else the embedded server. One connection a process. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Logger } from './logger.ts';
import { Overtaken } from './writes.ts';

export type Store = { uri: string; embedded: boolean; close(): Promise<void> };

// Every query inside `transaction()` belongs to it without passing a session through each call.
mongoose.set('transactionAsyncLocalStorage', true);
mongoose.set('strictQuery', 'throw');
mongoose.set('autoIndex', false);
mongoose.set('autoCreate', false);

export async function openStore(config: Config, log: Logger, clock: Clock = systemClock): Promise<Store> {
  const server = config.env.MONGODB_URI ? undefined : await startEmbedded(config, clock);
  const uri = server?.uri ?? config.env.MONGODB_URI!;
  await mongoose.connect(uri, { maxPoolSize: 20, serverSelectionTimeoutMS: 10_000 });
  await createIndexes();
  log.info({ embedded: Boolean(server) }, server ? 'embedded store open' : 'connected to MongoDB');
  return {
    uri,
    embedded: Boolean(server),
    close: async () => {
      await mongoose.disconnect();
      await server?.close();
    },
  };
}

async function startEmbedded(config: Config, clock: Clock) {
  const { startEmbedded } = await import('embedded-mongodb');
  const dataDir = join(config.dataDir, 'store');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // The store expires documents by this machine's time, which is not that of a test or a rehearsal.
  return startEmbedded({ dataDir, keepExpired: clock !== systemClock });
}

/** Collections and indexes exist before the first request; a transaction then never has to create one. */
async function createIndexes(): Promise<void> {
  const { db } = mongoose.connection;
  const there = await db!.listCollections({}, { nameOnly: true }).toArray();
  const names = new Set(there.map(({ name }) => name));
  await Promise.all(
    Object.values(mongoose.models).map(async (model) => {
      if (!names.has(model.collection.collectionName)) await model.createCollection();
      // All of a collection in one command: a start has a hundred and more of them.
      const indexes = model.schema.indexes().map(([key, options]) => ({ ...options, key }));
      if (!indexes.length) return;
      try {
        await model.collection.createIndexes(indexes as never);
      } catch (error) {
        if (!isOtherwise(error)) throw error;
        await dropOtherwise(model.collection, indexes);
        await model.collection.createIndexes(indexes as never);
      }
    }),
  );
}

/** An index of that name is there, made otherwise: 85 and 86 in MongoDB's list of errors. */
const isOtherwise = (error: unknown): boolean => [85, 86].includes((error as { code?: number }).code ?? 0);

type Wanted = { key: object; name?: unknown; unique?: unknown; partialFilterExpression?: unknown };

/** Of the keys that are wanted, those that an older version has made with other options. */
async function dropOtherwise(collection: mongoose.Collection, wanted: Wanted[]): Promise<void> {
  const shape = ({ unique, partialFilterExpression }: Partial<Wanted>) =>
    JSON.stringify([Boolean(unique), partialFilterExpression ?? {}]);
  for (const there of await collection.indexes()) {
    const same = wanted.filter(({ key }) => JSON.stringify(key) === JSON.stringify(there.key));
    if (same.length && !same.some((one) => shape(one) === shape(there)))
      await collection.dropIndex(there.name!);
  }
}

/**
 * Runs `fn` in one transaction: all of it or nothing. Retried on transient conflicts, so `fn` must start from scratch
 * each time; with `once`, a conflict is Overtaken instead. Inside, run queries one after the other: a MongoDB
 * transaction allows no parallel operations.
 */
export async function transaction<T>(fn: () => Promise<T>, { once = false } = {}): Promise<T> {
  let result: T;
  let attempts = 0;
  let done: (() => void) | undefined;
  try {
    await mongoose.connection.transaction(async () => {
      attempts += 1;
      if (once && attempts > 1) throw new Overtaken('lost a conflict');
      // Those that lost a conflict queue up: all at once they would only make each other lose again.
      if (attempts > 1) done ??= await turnToRetry();
      result = await fn();
    });
  } finally {
    done?.();
  }
  return result!;
}

let lastRetry: Promise<void> = Promise.resolve();

/** Resolves when those who came before have finished, with what to call when done oneself. */
async function turnToRetry(): Promise<() => void> {
  const before = lastRetry;
  const { promise, resolve } = Promise.withResolvers<void>();
  lastRetry = promise;
  await before;
  return resolve;
}
