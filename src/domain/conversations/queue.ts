import type { Context } from '../../core/context.ts';
import type { Content, Purpose } from '../../core/messaging.ts';
import type { Writes } from '../../core/writes.ts';
import { messageSent } from './contract.ts';
import type { ConversationDocument } from './model/conversation.ts';
import { MessageModel } from './model/message.ts';
import { OutboxModel } from './model/outbox.ts';
import { contactText, previewOf } from './rules.ts';

/** What a content reads as in a transcript and on a channel without its richness. */
export function readable(content: Content): string {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'template':
      return content.text;
    case 'media':
      return content.caption ?? `[${content.media.filename ?? content.media.type}]`;
    case 'location':
      return `${content.name}, ${content.address}`;
    case 'contact':
      return contactText(content.contact);
    case 'card':
      return [content.card.title, content.card.text].filter(Boolean).join('\n');
    case 'cards':
      return content.text;
    case 'form':
      return content.form.title;
  }
}

export type NewMessage = {
  content: Content;
  purpose: Purpose;
  author: { kind: 'bot' | 'user'; id?: string; name?: string };
  dedupeKey?: string;
  /** For the channel, of this message alone. */
  meta?: Record<string, unknown>;
};

/** Adds a line to the transcript and to the channel's queue, as writes of the caller's transaction; moves `conversation` on. */
export function queueMessage(
  ctx: Context,
  writes: Writes,
  conversation: ConversationDocument,
  { content, purpose, author, dedupeKey, meta }: NewMessage,
): string {
  const id = ctx.id();
  const now = ctx.now();
  const { _id: conversationId, channel, account, thread, lastInboundAt } = conversation;
  const text = readable(content);
  conversation.seq += 1;
  conversation.preview = previewOf(text);
  conversation.lastMessageAt = now;
  writes.insert(MessageModel, {
    _id: id,
    conversationId,
    seq: conversation.seq,
    direction: 'out',
    author,
    text,
    content,
    at: now,
    status: 'queued',
    // So that what each colleague wrote, and where, can be counted.
    ...(author.kind === 'user' && { channel, assigneeId: author.id }),
  });
  writes.insert(OutboxModel, {
    _id: id,
    lane: `${channel}:${account}:${thread}`,
    channel,
    account,
    to: thread,
    content,
    purpose,
    conversationId,
    messageId: id,
    meta: {
      ...conversation.meta,
      ...meta,
      author,
      ...(lastInboundAt && { lastInboundAt: lastInboundAt.toISOString() }),
    },
    status: 'queued',
    open: true,
    attempts: 0,
    nextAt: now,
    createdAt: now,
    ...(dedupeKey && { dedupeKey }),
  });
  ctx.emit(messageSent, { conversationId, messageId: id }, { kind: 'Conversation', id: conversationId });
  return id;
}
