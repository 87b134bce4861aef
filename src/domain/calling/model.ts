import mongoose, { Schema } from 'mongoose';
import type { Reason } from './contract.ts';

/** A lead that somebody is ringing now. One a lead, one a caller; over when its time is. */
export type ClaimDocument = {
  /** The lead. */
  _id: string;
  userId: string;
  /** Of the moment it was handed out: calls with a greater id came after. */
  mark: string;
  reason: Reason;
  since?: string;
  until: Date;
};
const claimSchema = new Schema<ClaimDocument>(
  {
    _id: String,
    userId: { type: String, required: true },
    mark: String,
    reason: String,
    since: String,
    until: { type: Date, required: true },
  },
  { versionKey: false },
);
claimSchema.index({ userId: 1 }, { unique: true });
claimSchema.index({ until: 1 });
export const ClaimModel = mongoose.model<ClaimDocument>('CallingClaim', claimSchema, 'callingclaims');

/** Left out by this caller for a while. */
export type SkipDocument = { _id: string; userId: string; leadId: string; reason: string; until: Date };
const skipSchema = new Schema<SkipDocument>(
  {
    /** `<user>:<lead>` */
    _id: String,
    userId: { type: String, required: true },
    leadId: { type: String, required: true },
    reason: String,
    until: Date,
  },
  { versionKey: false },
);
skipSchema.index({ userId: 1, until: 1 });
export const SkipModel = mongoose.model<SkipDocument>('CallingSkip', skipSchema, 'callingskips');
