import mongoose, { Schema } from 'mongoose';
import type { AssignmentSettings } from './contract.ts';

/** Each change is a version; the newest counts. */
export type SettingsVersionDocument = {
  _id: string;
  version: number;
  settings: AssignmentSettings;
  by: string;
  at: Date;
};
const versionSchema = new Schema<SettingsVersionDocument>(
  {
    _id: String,
    version: { type: Number, required: true },
    settings: { type: Schema.Types.Mixed, required: true },
    by: String,
    at: Date,
  },
  { versionKey: false, minimize: false },
);
versionSchema.index({ version: -1 }, { unique: true });
export const SettingsVersionModel = mongoose.model<SettingsVersionDocument>(
  'AssignmentVersion',
  versionSchema,
  'assignmentversions',
);

/** `_id`: lead:user, so that one lead counts once for whoever got it. Kept as long as a limit looks back. */
export type AllocationDocument = { _id: string; userId: string; at: Date };
const allocationSchema = new Schema<AllocationDocument>(
  { _id: String, userId: { type: String, required: true }, at: { type: Date, required: true } },
  { versionKey: false },
);
allocationSchema.index({ userId: 1, at: 1 });
allocationSchema.index({ at: 1 }, { expireAfterSeconds: 3 * 86_400 });
export const AllocationModel = mongoose.model<AllocationDocument>(
  'Allocation',
  allocationSchema,
  'allocations',
);
