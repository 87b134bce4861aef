import mongoose, { Schema } from 'mongoose';
import type { AppointmentStatus, AppointmentView } from './contract.ts';

export type AppointmentDocument = {
  _id: string;
  kind: AppointmentView['kind'];
  status: AppointmentStatus;
  startsAt: Date;
  endsAt: Date;
  minutes: number;
  mode: AppointmentView['mode'];
  location?: string;
  agenda?: string;
  participants: string[];
  colleagueIds?: string[];
  title?: string;
  leadId?: string;
  leadNumber?: number;
  leadName?: string;
  contactId?: string;
  conversationId?: string;
  assigneeId: string | null;
  teamIds: string[];
  bookedAt: Date;
  bookedBy: string;
  reason?: string;
  /** Where confirming it moved the lead, so that cancelling moves it back. */
  moved?: { from: string; to: string };
  /** Where ending it moved the lead, so that taking that back does. */
  ended?: { from: string; to: string };
  /** How often it was changed: calendars take an invitation with a higher one for the newer. */
  sequence?: number;
  /** Confirmed at some time: it stands in calendars of others. */
  invited?: boolean;
  changedAt?: Date;
};
const schema = new Schema<AppointmentDocument>(
  {
    _id: String,
    kind: { type: String, required: true },
    status: { type: String, required: true },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    minutes: Number,
    mode: { type: String, default: 'online' },
    location: String,
    agenda: String,
    participants: [String],
    colleagueIds: { type: [String], default: undefined },
    title: String,
    leadId: String,
    leadNumber: Number,
    leadName: String,
    contactId: String,
    conversationId: String,
    assigneeId: { type: String, default: null },
    teamIds: [String],
    bookedAt: Date,
    bookedBy: String,
    reason: String,
    moved: { type: Schema.Types.Mixed },
    ended: { type: Schema.Types.Mixed },
    sequence: Number,
    invited: Boolean,
    changedAt: Date,
  },
  { versionKey: false, minimize: false },
);
schema.index({ leadId: 1, startsAt: 1, _id: 1 });
schema.index({ contactId: 1, startsAt: 1, _id: 1 });
schema.index(
  { colleagueIds: 1, startsAt: 1, _id: 1 },
  { partialFilterExpression: { colleagueIds: { $exists: true } } },
);
for (const owner of [{}, { assigneeId: 1 }] as Record<string, 1>[]) {
  schema.index({ ...owner, startsAt: 1, _id: 1 });
  schema.index({ ...owner, bookedAt: 1 });
  schema.index({ ...owner, status: 1, startsAt: 1, _id: 1 });
  schema.index({ ...owner, status: 1, kind: 1, startsAt: 1, _id: 1 });
}
export const AppointmentModel = mongoose.model<AppointmentDocument>('Appointment', schema, 'appointments');

/** Written by every booking of a person: two at once conflict, and the second one sees the first. */
export const CalendarModel = mongoose.model<{ _id: string; bookings: number }>(
  'Calendar',
  new Schema<{ _id: string; bookings: number }>({ _id: String, bookings: Number }, { versionKey: false }),
  'calendars',
);
