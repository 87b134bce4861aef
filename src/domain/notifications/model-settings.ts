import mongoose, { Schema } from 'mongoose';
import type { NoticePolicy, QuietHours } from '../../core/config-schema.ts';

/** A version of the organisation's quiet hours and digest time, made in the console; the highest one counts. */
export type PolicyVersionDocument = {
  _id: string;
  version: number;
  policy: NoticePolicy;
  by: string;
  at: Date;
};
const policySchema = new Schema<PolicyVersionDocument>(
  {
    _id: String,
    version: { type: Number, required: true },
    policy: { type: Schema.Types.Mixed, required: true },
    by: String,
    at: Date,
  },
  { versionKey: false, minimize: false },
);
policySchema.index({ version: -1 }, { unique: true });
export const PolicyVersionModel = mongoose.model<PolicyVersionDocument>(
  'NoticePolicyVersion',
  policySchema,
  'notice_policies',
);

/** What one colleague has set; `_id` is theirs. */
export type PreferenceDocument = {
  _id: string;
  quiet?: QuietHours;
  digest: 'asSet' | 'hourly' | 'daily';
  off: string[];
};
const preferenceSchema = new Schema<PreferenceDocument>(
  {
    _id: String,
    quiet: { type: Schema.Types.Mixed, default: undefined },
    digest: { type: String, default: 'asSet' },
    off: { type: [String], default: [] },
  },
  { versionKey: false, minimize: false },
);
export const PreferenceModel = mongoose.model<PreferenceDocument>(
  'NoticePreference',
  preferenceSchema,
  'notice_preferences',
);
