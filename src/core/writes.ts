/** Gathers the writes of a transaction to several collections and sends them in one round trip (MongoDB 8's bulkWrite). */

import type { AnyClientBulkWriteModel, Document } from 'mongodb';
import mongoose, { type Model } from 'mongoose';

export type Writes = {
  insert<T>(model: Model<T>, ...documents: T[]): void;
  /** `many` documents are expected to match: fewer, and the flush reports it. */
  update<T>(model: Model<T>, filter: object, update: object, expected?: number): void;
  /** Answers whether every update found what it expected. Empty afterwards. */
  flush(): Promise<boolean>;
};

export function createWrites(): Writes {
  let models: AnyClientBulkWriteModel<Document>[] = [];
  let expected = 0;
  const namespace = (model: Model<any>) =>
    `${mongoose.connection.db!.databaseName}.${model.collection.collectionName}`;
  return {
    insert(model, ...documents) {
      for (const document of documents)
        models.push({ name: 'insertOne', namespace: namespace(model), document: document as Document });
    },
    update(model, filter, update, count = 1) {
      models.push({
        name: count === 1 ? 'updateOne' : 'updateMany',
        namespace: namespace(model),
        filter,
        update,
      });
      expected += count;
    },
    async flush() {
      if (!models.length) return true;
      const [batch, wanted] = [models, expected];
      models = [];
      expected = 0;
      const session = (
        mongoose as unknown as {
          transactionAsyncLocalStorage?: { getStore(): { session?: mongoose.ClientSession } | undefined };
        }
      ).transactionAsyncLocalStorage?.getStore()?.session;
      const { matchedCount } = await mongoose.connection
        .getClient()
        .bulkWrite(batch, { ordered: true, ...(session && { session }) });
      return matchedCount === wanted;
    },
  };
}
