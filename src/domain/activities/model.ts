import mongoose, { Schema } from 'mongoose';
import type { CallOutcome } from './contract.ts';

/** Whose lead it is about, repeated so that lists need no second look. */
type OnLead = {
  _id: string;
  leadId: string;
  leadNumber: number;
  leadName: string;
  contactId: string;
  assigneeId: string | null;
  teamIds: string[];
};
const onLead = {
  _id: String,
  leadId: { type: String, required: true },
  leadNumber: Number,
  leadName: String,
  contactId: String,
  assigneeId: { type: String, default: null },
  teamIds: [String],
} as const;

/** What logging a call changed, so that it can be taken back. */
export type CallEffects = {
  lastCallOutcome?: string;
  moved?: { from: string; to: string };
  followUpId?: string;
  doneId?: string;
  /** The follow-up that a marked number no longer needs. */
  parkedId?: string;
  /** The number that it marked. */
  marked?: string;
  /** Missed calls that it answered, as they were. */
  rangBack?: { id: string; missed: MissedMark }[];
};
export type MissedMark = { state: 'open' | 'tried' | 'rungBack'; at?: Date; by?: string };

export type CallDocument = OnLead & {
  direction: 'in' | 'out';
  outcome: CallOutcome;
  calledAt: Date;
  minutes?: number;
  purpose?: string;
  note?: string;
  by: string;
  byId: string;
  effects: CallEffects;
  /** The telephone's id of it, which makes every report land on one record, and how long was spoken. */
  phone?: { id: string; number?: string; seconds?: number };
  /** Logged by the telephone; whoever spoke may still say what came of it. */
  automatic?: boolean;
  /** How the telephone had logged it, before somebody said more. */
  before?: Pick<CallDocument, 'outcome' | 'minutes' | 'purpose' | 'note' | 'effects'>;
  missed?: MissedMark;
  recording?: { id: string; state: 'waiting' | 'stored' | 'failed'; seconds?: number };
};
const callSchema = new Schema<CallDocument>(
  {
    ...onLead,
    direction: String,
    outcome: String,
    calledAt: { type: Date, required: true },
    minutes: Number,
    purpose: String,
    note: String,
    by: String,
    byId: String,
    effects: { type: Schema.Types.Mixed, default: {} },
    phone: { type: Schema.Types.Mixed },
    automatic: Boolean,
    before: { type: Schema.Types.Mixed },
    missed: { type: Schema.Types.Mixed },
    recording: { type: Schema.Types.Mixed },
  },
  { versionKey: false, minimize: false },
);
callSchema.index({ leadId: 1, _id: -1 });
callSchema.index(
  { 'phone.id': 1 },
  { unique: true, partialFilterExpression: { 'phone.id': { $exists: true } } },
);
callSchema.index({ calledAt: 1 });
callSchema.index({ assigneeId: 1, calledAt: 1 });
callSchema.index({ assigneeId: 1, _id: -1 });
for (const owner of [{}, { assigneeId: 1 }] as Record<string, 1>[]) {
  callSchema.index({ ...owner, outcome: 1, _id: -1 });
  callSchema.index(
    { ...owner, 'missed.state': 1, calledAt: 1, _id: 1 },
    { partialFilterExpression: { 'missed.state': { $exists: true } }, name: `missed${Object.keys(owner)}` },
  );
}
export const CallModel = mongoose.model<CallDocument>('Call', callSchema, 'calls');

/** A number that nobody is to ring: it is somebody else's, or its owner does not want calls. Kept as proof. */
export type NumberMarkDocument = {
  /** E.164. */
  _id: string;
  mark: 'wrong' | 'doNotCall';
  at: Date;
  by: string;
  /** The words with which it was logged. */
  note?: string;
  callId: string;
};
const numberMarkSchema = new Schema<NumberMarkDocument>(
  { _id: String, mark: String, at: Date, by: String, note: String, callId: String },
  { versionKey: false },
);
export const NumberMarkModel = mongoose.model<NumberMarkDocument>(
  'NumberMark',
  numberMarkSchema,
  'numbermarks',
);

/** `parked`: its lead was closed; it returns if that is undone. One per lead is open at most. */
export type FollowUpDocument = OnLead & {
  at: Date;
  note?: string;
  remind: number[];
  status: 'open' | 'done' | 'replaced' | 'parked';
  replaces?: string;
  /** The merge of leads that replaced it. */
  joinedBy?: string;
};
const followUpSchema = new Schema<FollowUpDocument>(
  {
    ...onLead,
    at: { type: Date, required: true },
    note: String,
    remind: [Number],
    status: { type: String, required: true },
    replaces: String,
    joinedBy: String,
  },
  { versionKey: false, minimize: false },
);
followUpSchema.index({ leadId: 1, status: 1 });
followUpSchema.index({ status: 1, at: 1 });
followUpSchema.index({ assigneeId: 1, status: 1, at: 1 });
export const FollowUpModel = mongoose.model<FollowUpDocument>('FollowUp', followUpSchema, 'followups');

export type NoteDocument = OnLead & { at: Date; note: string; by: string; byId: string };
const noteSchema = new Schema<NoteDocument>(
  { ...onLead, at: { type: Date, required: true }, note: String, by: String, byId: String },
  { versionKey: false },
);
noteSchema.index({ leadId: 1, _id: -1 });
export const NoteModel = mongoose.model<NoteDocument>('Note', noteSchema, 'notes');
