import mongoose, { Schema } from 'mongoose';

export type FlowVersionDocument = {
  _id: string;
  name: string;
  version: string;
  publishedAt: Date;
  /** Who published it in the console; absent: it came with the files. */
  by?: string;
  note?: string;
  flow: string;
};
const schema = new Schema<FlowVersionDocument>(
  {
    /** `<name>@<version>` */
    _id: String,
    name: { type: String, required: true },
    version: { type: String, required: true },
    publishedAt: { type: Date, required: true },
    by: String,
    note: String,
    /** The whole flow with its texts, as JSON: keys with dots and dollars stay as they are. */
    flow: { type: String, required: true },
  },
  { versionKey: false },
);
schema.index({ name: 1, publishedAt: 1 });
export const FlowVersionModel = mongoose.model<FlowVersionDocument>('FlowVersion', schema, 'flow_versions');

/** The version that is offered in place of the files'. */
export type FlowHeadDocument = { _id: string; version: string; at: Date; by: string };
export const FlowHeadModel = mongoose.model<FlowHeadDocument>(
  'FlowHead',
  new Schema<FlowHeadDocument>({ _id: String, version: String, at: Date, by: String }, { versionKey: false }),
  'flow_heads',
);

/** What is being worked on: changes to what is offered, as JSON. */
export type FlowDraftDocument = { _id: string; texts: string; structure?: string; at: Date; by: string };
export const FlowDraftModel = mongoose.model<FlowDraftDocument>(
  'FlowDraft',
  new Schema<FlowDraftDocument>(
    { _id: String, texts: String, structure: String, at: Date, by: String },
    { versionKey: false },
  ),
  'flow_drafts',
);
