import mongoose, { Schema } from 'mongoose';

/** A private address of somebody's calendar; the token is this id with its signature. One a person is alive at most. */
export type FeedDocument = { _id: string; userId: string; createdAt: Date };
const schema = new Schema<FeedDocument>(
  { _id: String, userId: { type: String, required: true }, createdAt: { type: Date, required: true } },
  { versionKey: false },
);
schema.index({ userId: 1 }, { unique: true });
export const FeedModel = mongoose.model<FeedDocument>('CalendarFeed', schema, 'calendar_feeds');
