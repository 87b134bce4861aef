import mongoose, { Schema } from 'mongoose';
import type { Content, InboundBody } from '../../../core/messaging.ts';

/** One line of a transcript; `(conversationId, seq)` orders it. */
export type MessageDocument = {
  _id: string;
  conversationId: string;
  seq: number;
  direction: 'in' | 'out';
  author: { kind: 'customer' | 'bot' | 'user'; id?: string; name?: string };
  text: string;
  content?: Content | InboundBody;
  at: Date;
  /** in: received. out: queued → sent → delivered → read | failed. */
  status: string;
  error?: string;
  inboxId?: string;
  /** Where more than one engine was asked what it means: the one that decided, and why not the other. */
  decided?: { engine: 'llm' | 'offline'; model?: string; reason?: string };
  /** Of what a colleague wrote: where, and whose it is. */
  channel?: string;
  assigneeId?: string;
};

const schema = new Schema<MessageDocument>(
  {
    _id: String,
    conversationId: { type: String, required: true },
    seq: { type: Number, required: true },
    direction: String,
    author: { _id: false, kind: { type: String }, id: String, name: String },
    text: String,
    content: Schema.Types.Mixed,
    at: { type: Date, required: true },
    status: String,
    error: String,
    inboxId: String,
    decided: { type: { _id: false, engine: String, model: String, reason: String }, default: undefined },
    channel: String,
    assigneeId: String,
  },
  { versionKey: false, minimize: false },
);
schema.index({ conversationId: 1, seq: 1 }, { unique: true });
schema.index({ assigneeId: 1, at: 1 }, { partialFilterExpression: { assigneeId: { $exists: true } } });
export const MessageModel = mongoose.model<MessageDocument>('Message', schema, 'messages');
