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

export type CallDocument = OnLead & {
  direction: 'in' | 'out';
  outcome: CallOutcome;
  calledAt: Date;
  minutes?: number;
  purpose?: string;
  note?: string;
  by: string;
  byId: string;
  /** What logging it changed, so that it can be taken back. */
  effects: {
    lastCallOutcome?: string;
    moved?: { from: string; to: string };
    followUpId?: string;
    doneId?: string;
  };
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
  },
  { versionKey: false, minimize: false },
);
callSchema.index({ leadId: 1, _id: -1 });
callSchema.index({ calledAt: 1 });
callSchema.index({ assigneeId: 1, calledAt: 1 });
callSchema.index({ assigneeId: 1, _id: -1 });
for (const owner of [{}, { assigneeId: 1 }] as Record<string, 1>[]) {
  callSchema.index({ ...owner, outcome: 1, _id: -1 });
}
export const CallModel = mongoose.model<CallDocument>('Call', callSchema, 'calls');

/** `parked`: its lead was closed; it returns if that is undone. One per lead is open at most. */
export type FollowUpDocument = OnLead & {
  at: Date;
  note?: string;
  remind: number[];
  status: 'open' | 'done' | 'replaced' | 'parked';
  replaces?: string;
};
const followUpSchema = new Schema<FollowUpDocument>(
  {
    ...onLead,
    at: { type: Date, required: true },
    note: String,
    remind: [Number],
    status: { type: String, required: true },
    replaces: String,
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
