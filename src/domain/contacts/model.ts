import mongoose, { Schema } from 'mongoose';
import type { TimelineItem } from './contract.ts';
import type { Given, KnownIdentity } from './rules.ts';

export type ContactDocument = {
  _id: string;
  name: string;
  phone?: string;
  email?: string;
  city?: string;
  company?: string;
  identities: KnownIdentity[];
  /** `scheme:scope:value` of every identity. Unique over all contacts: an address belongs to one person. */
  keys: string[];
  /** Addresses of theirs that others gave as well, and by what else those are known. */
  given?: Given[];
  /** By what possible doubles are looked up: see `blockKeys` in likeness.ts. */
  block?: string[];
  /** Moves on when something is recorded of them: it cannot be recorded of a contact that is being merged away. */
  holds?: number;
  assigneeId?: string;
  teamIds: string[];
  createdAt: Date;
};
const schema = new Schema<ContactDocument>(
  {
    _id: String,
    name: { type: String, default: '' },
    phone: String,
    email: String,
    city: String,
    company: String,
    identities: [
      { _id: false, scheme: String, value: String, scope: String, proved: Boolean, shared: Boolean },
    ],
    keys: { type: [String], default: undefined },
    given: { type: [{ _id: false, key: String, by: String }], default: undefined },
    block: { type: [String], default: undefined },
    holds: Number,
    assigneeId: String,
    teamIds: [String],
    createdAt: Date,
  },
  { versionKey: false, minimize: false },
);
schema.index({ keys: 1 }, { unique: true, partialFilterExpression: { keys: { $exists: true } } });
schema.index({ assigneeId: 1, _id: -1 });
schema.index({ block: 1 }, { partialFilterExpression: { block: { $exists: true } } });
export const ContactModel = mongoose.model<ContactDocument>('Contact', schema, 'contacts');

/** What happened with a contact besides messages, which stay in their conversations. */
export type TimelineDocument = Omit<TimelineItem, 'id' | 'at'> & {
  _id: string;
  contactId: string;
  at: Date;
  ref?: string;
};
const timelineSchema = new Schema<TimelineDocument>(
  {
    _id: String,
    contactId: { type: String, required: true },
    leadId: String,
    at: { type: Date, required: true },
    kind: { type: String, required: true },
    title: String,
    text: String,
    by: String,
    channel: String,
    conversationId: String,
    ref: String,
  },
  { versionKey: false },
);
timelineSchema.index({ contactId: 1, at: -1, _id: -1 });
// What is counted of a contact: its calls.
timelineSchema.index({ contactId: 1, kind: 1 }, { partialFilterExpression: { kind: 'call' } });
timelineSchema.index({ ref: 1 }, { partialFilterExpression: { ref: { $exists: true } } });
export const TimelineModel = mongoose.model<TimelineDocument>('TimelineItem', timelineSchema, 'timeline');
