import mongoose, { Schema } from 'mongoose';

/** A variable of a channel account that was set in the console; `_id` is its name, the value is sealed for it. */
export type ChannelVariableDocument = { _id: string; sealed: string; by: string; at: Date };
const schema = new Schema<ChannelVariableDocument>(
  { _id: String, sealed: { type: String, required: true }, by: String, at: Date },
  { versionKey: false },
);
export const ChannelVariableModel = mongoose.model<ChannelVariableDocument>(
  'ChannelVariable',
  schema,
  'channel_variables',
);
