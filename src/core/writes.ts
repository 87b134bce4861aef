/** Gathers the writes of a transaction to several collections and sends them in one round trip (MongoDB 8's bulkWrite). */

import {
  type AnyClientBulkWriteModel,
  type ClientSession,
  type Document,
  MongoClientBulkWriteError,
  type MongoError,
} from 'mongodb';
import mongoose, { type Model } from 'mongoose';

/** Thrown when somebody else has done or changed what these writes stand on: look again, nothing is wrong. */
export class Overtaken extends Error {}

type Stored = { collection: { collectionName: string } };

export type Writes = {
  /** As it is: unlike mongoose's `create`, defaults are not filled in. What is undefined is left out. */
  insert<T>(model: Model<T>, ...documents: T[]): void;
  /** `expected` documents have to match, one unless told: with any other number the flush answers false. */
  update(model: Stored, filter: object, update: object, expected?: number): void;
  /** Updates whatever matches, be it nothing. */
  adjust(model: Stored, filter: object, update: object): void;
  remove(model: Stored, filter: object): void;
  /** Says that the transaction changes the collection by other means. */
  touch(model: Stored): void;
  readonly size: number;
  /** Names of the collections that were written to, in all of the transaction. */
  readonly touched: ReadonlySet<string>;
  /** Answers whether every update found what it expected. Empty afterwards. */
  flush(): Promise<boolean>;
};

export function createWrites(): Writes {
  let models: AnyClientBulkWriteModel<Document>[] = [];
  /** By place: how many documents have to match; absent where any number will do. */
  let expected = new Map<number, number>();
  let adjusts = false;
  const touched = new Set<string>();
  const namespaceOf = ({ collection: { collectionName } }: Stored): string => {
    touched.add(collectionName);
    return `${mongoose.connection.db!.databaseName}.${collectionName}`;
  };
  return {
    insert(model, ...documents) {
      for (const document of documents)
        models.push({ name: 'insertOne', namespace: namespaceOf(model), document: document as Document });
    },
    update(model, filter, update, count = 1) {
      expected.set(models.length, count);
      models.push({
        name: count === 1 ? 'updateOne' : 'updateMany',
        namespace: namespaceOf(model),
        filter,
        update,
      });
    },
    adjust(model, filter, update) {
      adjusts = true;
      models.push({ name: 'updateMany', namespace: namespaceOf(model), filter, update });
    },
    remove(model, filter) {
      models.push({ name: 'deleteMany', namespace: namespaceOf(model), filter });
    },
    touch(model) {
      touched.add(model.collection.collectionName);
    },
    get size() {
      return models.length;
    },
    touched,
    async flush() {
      if (!models.length) return true;
      const [batch, wanted, verboseResults] = [models, expected, adjusts && expected.size > 0];
      models = [];
      expected = new Map();
      adjusts = false;
      const result = await send(batch, verboseResults);
      if (verboseResults)
        return [...wanted].every(
          ([place, count]) => result.updateResults?.get(place)?.matchedCount === count,
        );
      return !wanted.size || result.matchedCount === [...wanted.values()].reduce((a, b) => a + b, 0);
    },
  };
}

async function send(batch: AnyClientBulkWriteModel<Document>[], verboseResults: boolean) {
  const session = currentSession();
  try {
    return await mongoose.connection.getClient().bulkWrite(batch, {
      ordered: true,
      ignoreUndefined: true,
      verboseResults,
      ...(session && { session }),
    });
  } catch (error) {
    if (!(error instanceof MongoClientBulkWriteError)) throw error;
    // Somebody else wrote the very same a moment ago.
    if ([...error.writeErrors.values()].some(({ code }) => code === 11000))
      throw new Overtaken(error.message);
    // The driver wraps the server's answer and leaves its labels behind: without them nothing is tried again.
    for (const label of (error.cause as MongoError | undefined)?.errorLabels ?? [])
      error.addErrorLabel(label);
    throw error;
  }
}

/** One document at once, past mongoose's casting, for whom an answer matters: it may be there already. */
export async function insertNow<T>(model: Model<T>, document: T): Promise<void> {
  const session = currentSession();
  await model.collection.insertOne(document as never, { ignoreUndefined: true, ...(session && { session }) });
}

/** The session of the transaction that the caller is in. */
export function currentSession(): ClientSession | undefined {
  const { transactionAsyncLocalStorage: storage } = mongoose as unknown as {
    transactionAsyncLocalStorage?: { getStore(): { session?: ClientSession } | undefined };
  };
  return storage?.getStore()?.session;
}

const gathering = new WeakMap<ClientSession, Writes>();

/** Lets whoever is called within the current transaction add to its writes. */
export function gatherInto(writes: Writes): void {
  const session = currentSession();
  if (session) gathering.set(session, writes);
}

/** The writes of the current transaction, sent with its commit or before the next command or query; undefined outside. */
export function gathered(): Writes | undefined {
  const session = currentSession();
  return session && gathering.get(session);
}
