import mongoose, { Schema } from 'mongoose';

/** A browser's address at its push service, and the keys that only it can read with. */
export type SubscriptionDocument = {
  _id: string;
  userId: string;
  endpoint: string;
  keys: { p256dh: string; auth: string };
  /** What it is, in words: `Firefox on Linux`. */
  browser: string;
  at: Date;
};
const schema = new Schema<SubscriptionDocument>(
  {
    _id: String,
    userId: { type: String, required: true },
    endpoint: { type: String, required: true },
    keys: { type: { p256dh: String, auth: String }, _id: false, required: true },
    browser: String,
    at: Date,
  },
  { versionKey: false },
);
schema.index({ userId: 1 });
schema.index({ endpoint: 1 }, { unique: true });
export const SubscriptionModel = mongoose.model<SubscriptionDocument>(
  'PushSubscription',
  schema,
  'push_subscriptions',
);
