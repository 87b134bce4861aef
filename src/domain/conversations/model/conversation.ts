import mongoose, { Schema } from 'mongoose';
import type { Identity } from '../../../core/messaging.ts';
import type { ConversationView, Session } from '../../../core/turn.ts';

/** Written by the language layer, or in its place, for a colleague to read. */
export type Written = {
  /** Which wish it answers; an older answer does not overwrite a newer wish's. */
  id: string;
  text?: string;
  /** Of a draft: what the colleague wants to say. */
  wish?: string;
  /** Absent while the model is being asked. */
  engine?: 'llm' | 'offline';
  model?: string;
  reason?: string;
  by?: string;
  at: Date;
};

/** A customer's talk with us on one channel: who, where, in whose hands, and what the flow remembers. */
export type ConversationDocument = {
  _id: string;
  channel: string;
  account: string;
  thread: string;
  name?: string;
  identities: Identity[];
  contactId?: string;
  assigneeId?: string;
  teamIds: string[];
  mode: 'bot' | 'human';
  /** The bot asked for a person and nobody has answered yet. */
  waitingForStaff: boolean;
  session: Session | null;
  summary?: string;
  /** For whoever takes over or calls, and a reply for a colleague to mend and send. */
  brief?: Written;
  draft?: Written;
  language?: string;
  optedOut: boolean;
  /** `mergeId`: not said here, but in another conversation of the same person. */
  consent: { at: Date; optedOut: boolean; words: string; mergeId?: string }[];
  /** Messages so far: the next message's number. */
  seq: number;
  /** Moves by one with each turn: a turn decided on an older state does not commit. */
  version: number;
  unread: number;
  preview: string;
  startedAt: Date;
  lastInboundAt?: Date;
  lastMessageAt: Date;
  /** What the channel needs to answer: mail threading, reply address. */
  meta: Record<string, unknown>;
  search: string[];
};

const schema = new Schema<ConversationDocument>(
  {
    _id: String,
    channel: { type: String, required: true },
    account: { type: String, required: true },
    thread: { type: String, required: true },
    name: String,
    identities: [{ _id: false, scheme: String, value: String, scope: String }],
    contactId: String,
    assigneeId: String,
    teamIds: [String],
    mode: { type: String, default: 'bot' },
    waitingForStaff: { type: Boolean, default: false },
    session: { type: Schema.Types.Mixed, default: null },
    summary: String,
    brief: Schema.Types.Mixed,
    draft: Schema.Types.Mixed,
    language: String,
    optedOut: { type: Boolean, default: false },
    consent: [{ _id: false, at: Date, optedOut: Boolean, words: String, mergeId: String }],
    seq: { type: Number, default: 0 },
    version: { type: Number, default: 0 },
    unread: { type: Number, default: 0 },
    preview: { type: String, default: '' },
    startedAt: Date,
    lastInboundAt: Date,
    lastMessageAt: { type: Date, required: true },
    meta: { type: Schema.Types.Mixed, default: {} },
    search: [String],
  },
  { versionKey: false, minimize: false },
);
schema.index({ channel: 1, thread: 1, account: 1 }, { unique: true });
schema.index({ contactId: 1, lastMessageAt: -1 });
schema.index({ waitingForStaff: -1, lastMessageAt: -1, _id: -1 });
schema.index({ assigneeId: 1, waitingForStaff: -1, lastMessageAt: -1, _id: -1 });
schema.index({ mode: 1, lastMessageAt: -1 });
schema.index({ search: 1, lastMessageAt: -1 });
schema.index(
  { 'consent.mergeId': 1 },
  { partialFilterExpression: { 'consent.mergeId': { $exists: true } } },
);
export const ConversationModel = mongoose.model<ConversationDocument>(
  'Conversation',
  schema,
  'conversations',
);

/** What a turn may know of it. */
export function viewOf(conversation: ConversationDocument): ConversationView {
  const {
    _id,
    channel,
    account,
    thread,
    contactId,
    name,
    identities,
    language,
    mode,
    optedOut,
    startedAt,
    meta,
  } = conversation;
  return {
    id: _id,
    channel,
    account,
    thread,
    identities,
    mode,
    optedOut,
    startedAt,
    meta: meta ?? {},
    ...(contactId && { contactId }),
    ...(name && { name }),
    ...(language && { language }),
  };
}
