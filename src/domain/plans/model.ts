import mongoose, { Schema } from 'mongoose';
import type { FollowUpPlan } from './contract.ts';

/** A version of all plans; the highest one counts. */
export type PlansDocument = { _id: string; version: number; plans: FollowUpPlan[]; by: string; at: Date };
const plansSchema = new Schema<PlansDocument>(
  {
    _id: String,
    version: { type: Number, required: true },
    plans: { type: Schema.Types.Mixed, required: true },
    by: String,
    at: Date,
  },
  { versionKey: false, minimize: false },
);
plansSchema.index({ version: -1 }, { unique: true });
export const PlansModel = mongoose.model<PlansDocument>('FollowUpPlans', plansSchema, 'followup_plans');

/** What a plan has taken up: each lead once for each time that it was due. */
export type PlannedDocument = { _id: string; plan: string; userId: string; leadId: string; at: Date };
const plannedSchema = new Schema<PlannedDocument>(
  { _id: String, plan: String, userId: String, leadId: String, at: Date },
  { versionKey: false },
);
plannedSchema.index({ plan: 1, at: 1 });
plannedSchema.index({ userId: 1, at: 1 });
export const PlannedModel = mongoose.model<PlannedDocument>(
  'FollowUpPlanned',
  plannedSchema,
  'followup_planned',
);
