import type { Context } from '../../core/context.ts';
import type { Content, Purpose } from '../../core/messaging.ts';
import { messageSent } from './contract.ts';
import type { ConversationDocument } from './model/conversation.ts';
import { MessageModel } from './model/message.ts';
import { OutboxModel } from './model/outbox.ts';
import { previewOf } from './rules.ts';

/** What a content reads as in a transcript and on a channel without its richness. */
export function readable(content: Content): string {
  switch (content.kind) {
    case 'text': return content.text;
    case 'template': return content.text;
    case 'media': return content.caption ?? `[${content.media.filename ?? content.media.type}]`;
    case 'location': return `${content.name}, ${content.address}`;
    case 'card': return [content.card.title, content.card.text].filter(Boolean).join('\n');
    case 'cards': return content.text;
    case 'form': return content.form.title;
  }
}

/** Adds a line to the transcript and queues it for the channel, in the caller's transaction; moves `conversation.seq` on. */
export async function queueMessage(
  ctx: Context,
  conversation: ConversationDocument,
  message: { content: Content; purpose: Purpose; author: { kind: 'bot' | 'user'; id?: string; name?: string }; dedupeKey?: string },
): Promise<string> {
  const id = ctx.id();
  const now = ctx.now();
  const { _id: conversationId, channel, account, thread } = conversation;
  const text = readable(message.content);
  conversation.seq += 1;
  conversation.preview = previewOf(text);
  conversation.lastMessageAt = now;
  await MessageModel.create([{ _id: id, conversationId, seq: conversation.seq, direction: 'out', author: message.author, text, content: message.content, at: now, status: 'queued' }]);
  await OutboxModel.create([{
    _id: id, lane: `${channel}:${account}:${thread}`, channel, account, to: thread, content: message.content, purpose: message.purpose,
    meta: { ...conversation.meta, author: message.author, lastInboundAt: conversation.lastInboundAt?.toISOString() }, conversationId, messageId: id,
    open: true, nextAt: now, createdAt: now, ...(message.dedupeKey && { dedupeKey: message.dedupeKey }),
  }]);
  ctx.emit(messageSent, { conversationId, messageId: id }, { kind: 'Conversation', id: conversationId });
  return id;
}
