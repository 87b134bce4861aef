import mongoose, { Schema } from 'mongoose';

type FlowVersionDocument = { _id: string; name: string; version: string; publishedAt: Date; flow: string };
const schema = new Schema<FlowVersionDocument>(
  {
    /** `<name>@<version>` */
    _id: String,
    name: { type: String, required: true },
    version: { type: String, required: true },
    publishedAt: { type: Date, required: true },
    /** The whole flow with its texts, as JSON: keys with dots and dollars stay as they are. */
    flow: { type: String, required: true },
  },
  { versionKey: false },
);
schema.index({ name: 1, publishedAt: 1 });
export const FlowVersionModel = mongoose.model<FlowVersionDocument>('FlowVersion', schema, 'flow_versions');
