import mongoose, { Schema } from 'mongoose';
import type { z } from 'zod';
import type { Verdict } from '../enquiries/contract.ts';
import type { leadFilter } from './contract.ts';

export type LeadDocument = {
  _id: string;
  /** What people say: #12. Counted up, never used twice. */
  number: number;
  name: string;
  phone?: string;
  email?: string;
  city?: string;
  product?: string;
  quantity?: string;
  budget?: string;
  /** What the deal is worth: minor units of `currency`. */
  value?: number;
  currency?: string;
  source: string;
  medium: string;
  campaign?: string;
  industry?: string;
  segment?: string;
  size?: string;
  stage: string;
  lostReason?: string;
  /** Where the last move came from, so that it can be undone and nothing else. */
  cameFrom?: { stage: string; to: string; lostReason?: string; followUpAt?: Date };
  handedOff?: { by: string; to: string };
  /** `null`: nobody's yet. */
  assigneeId: string | null;
  /** Of which project it is: `teamIds` are then the project alone. */
  projectId?: string;
  teamIds: string[];
  contactId: string;
  enquiryId: string;
  verdict: Verdict;
  hot: boolean;
  createdAt: Date;
  lastActivityAt: Date;
  followUpAt?: Date;
  demoAt?: Date;
  lastCallOutcome?: string;
  closedAt?: Date;
  /** See `searchTokens` in rules.ts. */
  search: string[];
  /** What those are found by that were merged into this one. */
  also?: string[];
};

const schema = new Schema<LeadDocument>(
  {
    _id: String,
    number: { type: Number, required: true },
    name: { type: String, default: '' },
    phone: String,
    email: String,
    city: String,
    product: String,
    quantity: String,
    budget: String,
    value: Number,
    currency: String,
    source: { type: String, required: true },
    medium: { type: String, required: true },
    campaign: String,
    industry: String,
    segment: String,
    size: String,
    stage: { type: String, required: true },
    lostReason: String,
    cameFrom: { type: Schema.Types.Mixed },
    handedOff: { type: Schema.Types.Mixed },
    assigneeId: { type: String, default: null },
    projectId: String,
    teamIds: [String],
    contactId: { type: String, required: true },
    enquiryId: String,
    verdict: String,
    hot: { type: Boolean, default: false },
    createdAt: { type: Date, required: true },
    lastActivityAt: { type: Date, required: true },
    followUpAt: Date,
    demoAt: Date,
    lastCallOutcome: String,
    closedAt: Date,
    search: [String],
    also: { type: [String], default: undefined },
  },
  { versionKey: false, minimize: false },
);
schema.index({ number: 1 }, { unique: true });
schema.index({ contactId: 1, createdAt: -1 });
schema.index({ projectId: 1, createdAt: -1, _id: -1 }, holding('projectId'));
// Each list twice: for those who see everything, and behind the condition of those who do not. README.md says which.
for (const owner of [{}, { assigneeId: 1 }] as Record<string, 1>[]) {
  schema.index({ ...owner, createdAt: -1, _id: -1 });
  schema.index({ ...owner, stage: 1, createdAt: -1, _id: -1 });
  schema.index({ ...owner, hot: 1, createdAt: -1, _id: -1 });
  schema.index({ ...owner, source: 1, createdAt: -1, _id: -1 });
  schema.index({ ...owner, lastActivityAt: -1, _id: -1 });
  // Most have no such time: those are not in it.
  for (const time of ['followUpAt', 'demoAt', 'closedAt'])
    schema.index({ ...owner, [time]: 1, _id: 1 }, holding(time));
  // Deals of a period, won and lost apart.
  schema.index({ ...owner, stage: 1, closedAt: 1, _id: 1 }, holding('closedAt'));
  schema.index({ ...owner, search: 1, createdAt: -1, _id: -1 });
  // Calling sessions: what is due by heat and time, what nobody has tried by heat and age.
  schema.index({ ...owner, hot: 1, followUpAt: 1, _id: 1 }, holding('phone', 'followUpAt'));
  schema.index(
    { ...owner, stage: 1, lastCallOutcome: 1, followUpAt: 1, hot: -1, createdAt: -1, _id: -1 },
    { ...holding('phone'), name: `fresh${Object.keys(owner)}` },
  );
}

function holding(...fields: string[]) {
  return { partialFilterExpression: Object.fromEntries(fields.map((field) => [field, { $exists: true }])) };
}

export const LeadModel = mongoose.model<LeadDocument>('Lead', schema, 'leads');

/** A filter that somebody has kept under a name, for themselves. */
export type KeptViewDocument = {
  _id: string;
  userId: string;
  label: string;
  filter: z.output<typeof leadFilter>;
};
const keptViewSchema = new Schema<KeptViewDocument>(
  { _id: String, userId: String, label: String, filter: { type: Schema.Types.Mixed } },
  { versionKey: false, minimize: false },
);
keptViewSchema.index({ userId: 1, label: 1 }, { unique: true });
export const KeptViewModel = mongoose.model<KeptViewDocument>('KeptLeadView', keptViewSchema, 'lead_views');

export type CounterDocument = { _id: string; value: number };
export const CounterModel = mongoose.model<CounterDocument>(
  'Counter',
  new Schema<CounterDocument>({ _id: String, value: Number }, { versionKey: false }),
  'counters',
);

/** The next number of a series; taken with the record, in one transaction. */
export async function nextNumber(series: string): Promise<number> {
  const counter = await CounterModel.findOneAndUpdate(
    { _id: series },
    { $inc: { value: 1 } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  return counter!.value;
}
