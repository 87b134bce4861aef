import mongoose, { Schema } from 'mongoose';
import type { Content, Purpose } from '../../../core/messaging.ts';

export type OutboxStatus = 'queued' | 'sending' | 'ambiguous' | 'sent' | 'delivered' | 'read' | 'failed';

/** Everything that is to be sent, written with what decided it. `open` ones are still ours to act on. */
export type OutboxDocument = {
  _id: string;
  /** Entries of one lane are sent in order. */
  lane: string;
  channel: string;
  account: string;
  to: string;
  content: Content;
  purpose: Purpose;
  meta: Record<string, unknown>;
  conversationId?: string;
  messageId?: string;
  status: OutboxStatus;
  open?: boolean;
  /** Not delivered, or nobody knows: a dead letter until it is replayed or a receipt clears it. */
  trouble?: boolean;
  attempts: number;
  /** While sending: after this the sender is taken for dead. */
  nextAt: Date;
  /** The sender's that was first to mark it. */
  claim?: string;
  providerId?: string;
  error?: string;
  errorKind?: string;
  dedupeKey?: string;
  createdAt: Date;
};

const schema = new Schema<OutboxDocument>(
  {
    _id: String,
    lane: { type: String, required: true },
    channel: { type: String, required: true },
    account: { type: String, required: true },
    to: { type: String, required: true },
    content: { type: Schema.Types.Mixed, required: true },
    purpose: String,
    meta: { type: Schema.Types.Mixed, default: {} },
    conversationId: String,
    messageId: String,
    status: { type: String, default: 'queued' },
    open: Boolean,
    trouble: Boolean,
    attempts: { type: Number, default: 0 },
    nextAt: Date,
    claim: String,
    providerId: String,
    error: String,
    errorKind: String,
    dedupeKey: String,
    createdAt: Date,
  },
  { versionKey: false, minimize: false },
);
schema.index({ nextAt: 1, _id: 1 }, { partialFilterExpression: { open: true } });
schema.index({ channel: 1, account: 1, nextAt: 1, _id: 1 }, { partialFilterExpression: { open: true } });
schema.index({ lane: 1, _id: 1 }, { partialFilterExpression: { open: true } });
schema.index(
  { channel: 1, account: 1, providerId: 1 },
  { partialFilterExpression: { providerId: { $exists: true } } },
);
schema.index({ dedupeKey: 1 }, { unique: true, partialFilterExpression: { dedupeKey: { $exists: true } } });
schema.index({ _id: -1, trouble: 1 }, { partialFilterExpression: { trouble: true } });
export const OutboxModel = mongoose.model<OutboxDocument>('Outbox', schema, 'outbox');
