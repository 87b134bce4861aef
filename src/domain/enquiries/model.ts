import mongoose, { Schema } from 'mongoose';
import type { Evidence, enquiryRequests, Verdict } from './contract.ts';

export type EnquiryDocument = {
  _id: string;
  at: Date;
  verdict: Verdict;
  evidence: Evidence[];
  overruled?: { from: Verdict; by: string; at: Date; note?: string };
  contactId: string;
  leadId?: string;
  leadNumber?: number;
  /** The lead made of this very enquiry, whatever its verdict is now. */
  ownLeadId?: string;
  conversationId?: string;
  assigneeId: string | null;
  teamIds: string[];
  name?: string;
  phone?: string;
  email?: string;
  product?: string;
  quantity?: string;
  budget?: string;
  city?: string;
  company?: string;
  industry?: string;
  segment?: string;
  size?: string;
  note?: string;
  source: string;
  medium: string;
  campaign?: string;
  request?: (typeof enquiryRequests)[number];
  junk?: { label: string; score: number };
};
const schema = new Schema<EnquiryDocument>(
  {
    _id: String,
    at: { type: Date, required: true },
    verdict: { type: String, required: true },
    evidence: [{ type: Schema.Types.Mixed }],
    overruled: { type: Schema.Types.Mixed },
    contactId: { type: String, required: true },
    leadId: String,
    leadNumber: Number,
    ownLeadId: String,
    conversationId: String,
    assigneeId: { type: String, default: null },
    teamIds: [String],
    name: String,
    phone: String,
    email: String,
    product: String,
    quantity: String,
    budget: String,
    city: String,
    company: String,
    industry: String,
    segment: String,
    size: String,
    note: String,
    source: String,
    medium: String,
    campaign: String,
    request: String,
    junk: { type: Schema.Types.Mixed },
  },
  { versionKey: false, minimize: false },
);
schema.index({ contactId: 1, _id: -1 });
schema.index({ leadId: 1, _id: -1 });
schema.index({ assigneeId: 1, _id: -1 });
schema.index({ verdict: 1, _id: -1 });
schema.index({ assigneeId: 1, verdict: 1, _id: -1 });
for (const owner of [{}, { assigneeId: 1 }] as Record<string, 1>[])
  schema.index(
    { ...owner, request: 1, _id: -1 },
    { partialFilterExpression: { request: { $exists: true } } },
  );
export const EnquiryModel = mongoose.model<EnquiryDocument>('Enquiry', schema, 'enquiries');

/** What staff corrected, with the words it was about: the classifier's next lesson. */
export type CorrectionDocument = {
  _id: string;
  at: Date;
  enquiryId: string;
  from: Verdict;
  to: Verdict;
  by: string;
  note?: string;
  text: string;
  source: string;
  medium: string;
  junk?: { label: string; score: number };
};
const correctionSchema = new Schema<CorrectionDocument>(
  {
    _id: String,
    at: Date,
    enquiryId: String,
    from: String,
    to: String,
    by: String,
    note: String,
    text: String,
    source: String,
    medium: String,
    junk: { type: Schema.Types.Mixed },
  },
  { versionKey: false, minimize: false },
);
correctionSchema.index({ enquiryId: 1, _id: -1 });
export const CorrectionModel = mongoose.model<CorrectionDocument>(
  'VerdictCorrection',
  correctionSchema,
  'verdict_corrections',
);
