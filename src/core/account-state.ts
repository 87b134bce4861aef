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
});
