import mongoose, { Schema } from 'mongoose';
import type { Repeat } from '../../core/recurrence.ts';
import type { ReminderView } from './contract.ts';

export type ReminderDocument = {
  _id: string;
  text: string;
  fires: ReminderView['fires'];
  forIds: string[];
  byId: string;
  byName: string;
  /** Who set it and whom it reminds: the rights are written on this. */
  partyIds: string[];
  /** Of no team: a reminder is of those whom it concerns. */
  teamIds: string[];
  /** Absent: it is over. */
  nextAt?: Date;
  /** Where it was when it was ended. */
  endedAt?: Date;
  repeat?: Repeat;
  leadId?: string;
  told: number;
  createdAt: Date;
};

const schema = new Schema<ReminderDocument>(
  {
    _id: String,
    text: { type: String, required: true },
    fires: { type: String, required: true },
    forIds: [String],
    byId: { type: String, required: true },
    byName: String,
    partyIds: [String],
    teamIds: [String],
    nextAt: Date,
    endedAt: Date,
    repeat: { type: { rule: String, from: String }, default: undefined, _id: false },
    leadId: String,
    told: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);
for (const owner of [{}, { partyIds: 1 }] as Record<string, 1>[])
  schema.index({ ...owner, nextAt: 1, _id: 1 });
schema.index({ leadId: 1 });
export const ReminderModel = mongoose.model<ReminderDocument>('Reminder', schema, 'reminders');
