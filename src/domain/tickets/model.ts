import mongoose, { Schema } from 'mongoose';
import type { TicketEntry, TicketPriority, TicketStatus } from './contract.ts';

export type TicketDocument = {
  _id: string;
  number: string;
  /** The number without its signs, upper case: what IDs are found by. */
  key: string;
  kind: 'case' | 'complaint';
  subject: string;
  description: string;
  category: string;
  product?: string;
  status: TicketStatus;
  /** Not resolved and not closed. */
  active: boolean;
  priority: TicketPriority;
  /** 1 is urgent: the order of the lists. */
  rank: number;
  contactId: string;
  name: string;
  /** As the customer gave them here, in their normal form. */
  phone?: string;
  email?: string;
  conversationId?: string;
  channel?: string;
  /** The addresses it was opened with, as `scheme:scope:value`: they prove who asks for it later. */
  keys: string[];
  assigneeId: string | null;
  teamIds: string[];
  openedAt: Date;
  updatedAt: Date;
  movedAt: Date;
  dueAt?: Date;
  /** Working minutes that were left when it began to wait for the customer. */
  minutesLeft?: number;
  resolvedAt?: Date;
  closedAt?: Date;
  solution?: string;
  rating?: number;
  search: string[];
};

const schema = new Schema<TicketDocument>(
  {
    _id: String,
    number: { type: String, required: true },
    key: { type: String, required: true },
    kind: { type: String, required: true },
    subject: { type: String, required: true },
    description: { type: String, required: true },
    category: { type: String, required: true },
    product: String,
    status: { type: String, required: true },
    active: { type: Boolean, required: true },
    priority: { type: String, required: true },
    rank: { type: Number, required: true },
    contactId: { type: String, required: true },
    name: { type: String, default: '' },
    phone: String,
    email: String,
    conversationId: String,
    channel: String,
    keys: [String],
    assigneeId: { type: String, default: null },
    teamIds: [String],
    openedAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    movedAt: { type: Date, required: true },
    dueAt: Date,
    minutesLeft: Number,
    resolvedAt: Date,
    closedAt: Date,
    solution: String,
    rating: Number,
    search: [String],
  },
  { versionKey: false, minimize: false },
);
schema.index({ key: 1 }, { unique: true });
schema.index({ contactId: 1, openedAt: -1, _id: -1 });
schema.index({ conversationId: 1, openedAt: -1 });
schema.index({ keys: 1, openedAt: -1 });
// Each list twice: for those who see everything, and behind the condition of those who do not. README.md says which.
for (const owner of [{}, { assigneeId: 1 }] as Record<string, 1>[]) {
  schema.index({ ...owner, openedAt: -1, _id: -1 });
  schema.index({ ...owner, active: 1, openedAt: -1, _id: -1 });
  schema.index({ ...owner, active: 1, rank: 1, openedAt: 1, _id: 1 });
  schema.index({ ...owner, active: 1, dueAt: 1, _id: 1 });
  schema.index({ ...owner, status: 1, openedAt: -1, _id: -1 });
  schema.index({ ...owner, priority: 1, openedAt: -1, _id: -1 });
  schema.index({ ...owner, category: 1, openedAt: -1, _id: -1 });
  schema.index({ ...owner, search: 1, openedAt: -1, _id: -1 });
}
export const TicketModel = mongoose.model<TicketDocument>('Ticket', schema, 'tickets');

export type EntryDocument = {
  _id: string;
  ticketId: string;
  at: Date;
  kind: TicketEntry['kind'];
  title: string;
  text?: string;
  by?: string;
};
const entrySchema = new Schema<EntryDocument>(
  {
    _id: String,
    ticketId: { type: String, required: true },
    at: { type: Date, required: true },
    kind: { type: String, required: true },
    title: { type: String, required: true },
    text: String,
    by: String,
  },
  { versionKey: false },
);
entrySchema.index({ ticketId: 1, _id: -1 });
export const EntryModel = mongoose.model<EntryDocument>('TicketEntry', entrySchema, 'ticket_entries');

/** `_id` is the pattern with its date filled in: each year, and each pattern, counts for itself. */
export type SeriesDocument = { _id: string; value: number };
export const SeriesModel = mongoose.model<SeriesDocument>(
  'TicketSeries',
  new Schema<SeriesDocument>({ _id: String, value: Number }, { versionKey: false }),
  'ticket_series',
);

/** Wrong tries of a conversation to see a ticket; forgotten after an hour. */
export type TryDocument = { _id: string; count: number; at: Date };
export const TryModel = mongoose.model<TryDocument>(
  'TicketTry',
  new Schema<TryDocument>(
    { _id: String, count: Number, at: { type: Date, expires: 3600 } },
    { versionKey: false },
  ),
  'ticket_tries',
);
