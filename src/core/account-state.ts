import mongoose, { Schema } from 'mongoose';

/** Small durable facts of a channel account (IMAP cursors and the like): `<channel>:<account>:<key>`. */
type StateDocument = { _id: string; value: unknown };
const schema = new Schema<StateDocument>(
  { _id: String, value: Schema.Types.Mixed },
  { versionKey: false, minimize: false },
);
const StateModel = mongoose.model<StateDocument>('AccountState', schema, 'account_state');

export const accountState = (prefix: string) => ({
  get: async <T>(key: string): Promise<T | undefined> =>
    (await StateModel.findById(`${prefix}:${key}`).lean())?.value as T | undefined,
  set: async (key: string, value: unknown): Promise<void> => {
    await StateModel.updateOne({ _id: `${prefix}:${key}` }, { $set: { value } }, { upsert: true });
  },
  drop: async (key: string): Promise<void> => {
    await StateModel.deleteOne({ _id: `${prefix}:${key}` });
  },
  /** Puts a value at the end of a list of which only the latest are kept. */
  append: async (key: string, value: unknown, most: number): Promise<void> => {
    const push = { value: { $each: [value], $slice: -most } };
    await StateModel.updateOne({ _id: `${prefix}:${key}` }, { $push: push }, { upsert: true });
  },
  /** Sets what is not set yet; answers what holds, be it another process's. */
  keep: async <T>(key: string, value: T): Promise<T> => {
    const _id = `${prefix}:${key}`;
    await StateModel.updateOne({ _id }, { $setOnInsert: { value } }, { upsert: true }).catch((error) => {
      if ((error as { code?: number }).code !== 11000) throw error;
    });
    return (await StateModel.findById(_id).lean())!.value as T;
  },
});
