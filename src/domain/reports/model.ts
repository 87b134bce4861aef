import mongoose, { Schema } from 'mongoose';
import type { Sheet } from '../../render/sheet.ts';
import type { Send, Spec } from './spec.ts';

export type ReportDocument = {
  _id: string;
  title: string;
  about: string;
  spec: Spec;
  send?: Send;
  ownerId: string;
  /** Roles that may open it too; what they see in it is what they may see. */
  sharedWith: string[];
  updatedAt: Date;
};
const reportSchema = new Schema<ReportDocument>(
  {
    _id: String,
    title: { type: String, required: true },
    about: { type: String, default: '' },
    spec: { type: Schema.Types.Mixed, required: true },
    send: Schema.Types.Mixed,
    ownerId: { type: String, required: true },
    sharedWith: [String],
    updatedAt: Date,
  },
  { versionKey: false, minimize: false },
);
reportSchema.index({ ownerId: 1, title: 1 });
reportSchema.index({ sharedWith: 1, title: 1 });
export const ReportModel = mongoose.model<ReportDocument>('Report', reportSchema, 'reports');

/** A report as it was when somebody was given it: chart, PDF and workbook are drawn from this, and so agree. */
export type ReportRunDocument = {
  _id: string;
  userId: string;
  at: Date;
  sheet: Sheet;
  chart: string;
  /** `report:<key>:<moment>:<user>` of those sent by themselves: each once. */
  sent?: string;
};
const runSchema = new Schema<ReportRunDocument>(
  {
    _id: String,
    userId: { type: String, required: true },
    at: { type: Date, required: true },
    sheet: { type: Schema.Types.Mixed, required: true },
    chart: String,
    sent: String,
  },
  { versionKey: false, minimize: false },
);
runSchema.index({ sent: 1 }, { unique: true, sparse: true });
runSchema.index({ at: 1 }, { expireAfterSeconds: 400 * 86_400 });
export const ReportRunModel = mongoose.model<ReportRunDocument>('ReportRun', runSchema, 'reportruns');
