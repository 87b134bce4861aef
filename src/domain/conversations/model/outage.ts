import mongoose, { Schema } from 'mongoose';

/** An account whose provider takes no messages, as the last worker that tried found it. */
export type OutageDocument = {
  /** `channel:account`. */
  _id: string;
  channel: string;
  account: string;
  since: Date;
  message: string;
};

const schema = new Schema<OutageDocument>(
  { _id: String, channel: String, account: String, since: Date, message: String },
  { versionKey: false },
);
export const OutageModel = mongoose.model<OutageDocument>('Outage', schema, 'outages');
