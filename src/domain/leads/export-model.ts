import mongoose, { Schema } from 'mongoose';
import type { exportFormats } from './contract.ts';

/** What somebody asked to take along: theirs alone, for an hour. */
export type ExportDocument = {
  _id: string;
  at: Date;
  actorId: string;
  format: (typeof exportFormats)[number];
  filter: Record<string, string>;
};
const schema = new Schema<ExportDocument>(
  {
    _id: String,
    at: { type: Date, required: true },
    actorId: { type: String, required: true },
    format: String,
    filter: Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false },
);
schema.index({ at: 1 }, { expireAfterSeconds: 86_400 });
export const ExportModel = mongoose.model<ExportDocument>('LeadExport', schema, 'lead_exports');
export const exportMs = 3_600_000;
