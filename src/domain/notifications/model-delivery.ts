import mongoose, { Schema } from 'mongoose';
import type { Content, Purpose } from '../../core/messaging.ts';

/** What is sent to one address for a notice. */
export type Send = {
  purpose: Purpose;
  content: Content;
  /** Of a client's conversation; absent: straight to the address. */
  conversationId?: string;
  meta?: Record<string, unknown>;
  dedupeKey: string;
};
/**
 * `held`: waits for a better hour. `passed`: given to the outbox, which knows more. `dropped`: not sent, for `reason`.
 */
export type DeliveryDocument = {
  _id: string;
  /** `user:<id>` or `client:<id>` */
  recipient: string;
  name?: string;
  notificationId?: string;
  rule: string;
  title: string;
  text: string;
  leadId?: string;
  link?: string;
  channel: string;
  account: string;
  to: string;
  at: Date;
  state: 'held' | 'passed' | 'dropped';
  why?: 'quiet' | 'hourly' | 'daily';
  until?: Date;
  /** The moment that it tells of, and how it was to be gathered: for judging anew. */
  about?: Date;
  digest?: 'none' | 'hourly' | 'daily';
  /** While it is held. */
  send?: Send;
  outboxId?: string;
  reason?: string;
};
const schema = new Schema<DeliveryDocument>(
  {
    _id: String,
    recipient: { type: String, required: true },
    name: String,
    notificationId: String,
    rule: { type: String, required: true },
    title: String,
    text: String,
    leadId: String,
    link: String,
    channel: String,
    account: String,
    to: String,
    at: Date,
    state: { type: String, required: true },
    why: String,
    until: Date,
    about: Date,
    digest: String,
    send: Schema.Types.Mixed,
    outboxId: String,
    reason: String,
  },
  { versionKey: false, minimize: false },
);
schema.index({ recipient: 1, _id: -1 });
schema.index({ recipient: 1, until: 1 }, { partialFilterExpression: { state: 'held' } });
schema.index({ state: 1, _id: -1 }, { partialFilterExpression: { state: 'held' } });
schema.index({ rule: 1, _id: -1 });
schema.index({ leadId: 1, _id: -1 }, { partialFilterExpression: { leadId: { $exists: true } } });
schema.index({ notificationId: 1 }, { partialFilterExpression: { notificationId: { $exists: true } } });
schema.index({ outboxId: 1 }, { partialFilterExpression: { outboxId: { $exists: true } } });
export const DeliveryModel = mongoose.model<DeliveryDocument>('NoticeDelivery', schema, 'notice_deliveries');
