import { createHash } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import type { InboundEvent } from '../../../core/messaging.ts';

/** Everything that reached us, kept before the provider is acknowledged. The id drops repeats. */
export type InboxDocument = {
  _id: string;
  /** `channel:account:thread`: entries of one lane are handled in order. */
  lane: string;
  /** ULID of arrival. */
  order: string;
  event: InboundEvent;
  receivedAt: Date;
  status: 'pending' | 'done' | 'dead';
  attempts: number;
  nextAt: Date;
  error?: string;
  conversationId?: string;
};

const schema = new Schema<InboxDocument>(
  {
    _id: String,
    lane: { type: String, required: true },
    order: { type: String, required: true },
    event: { type: Schema.Types.Mixed, required: true },
    receivedAt: { type: Date, required: true },
    status: { type: String, default: 'pending' },
    attempts: { type: Number, default: 0 },
    nextAt: { type: Date, required: true },
    error: String,
    conversationId: String,
  },
  { versionKey: false, minimize: false },
);
// In the provider's order: webhooks overtake each other.
schema.index({ lane: 1, 'event.at': 1, order: 1 }, { partialFilterExpression: { status: 'pending' } });
schema.index({ nextAt: 1 }, { partialFilterExpression: { status: 'pending' } });
schema.index({ receivedAt: 1, status: 1 });
schema.index({ order: -1 }, { partialFilterExpression: { status: 'dead' }, name: 'dead' });
export const InboxModel = mongoose.model<InboxDocument>('Inbox', schema, 'inbox');

export const laneOf = (event: Pick<InboundEvent, 'channel' | 'account' | 'thread'>): string =>
  `${event.channel}:${event.account}:${event.thread}`;

/** Providers' ids may be long and odd (a Message-ID has up to 998 characters): those are hashed. */
export function inboxId({ channel, account, id }: Pick<InboundEvent, 'channel' | 'account' | 'id'>): string {
  const plain = id.length <= 200 ? id : createHash('sha256').update(id).digest('hex');
  return `${channel}:${account}:${plain}`;
}
