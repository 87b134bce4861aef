import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { deliverNotice, sendMessage } from '../contract.ts';
import { ConversationModel } from '../model/conversation.ts';
import { OutboxModel } from '../model/outbox.ts';
import { saveConversation } from '../open.ts';
import { queueMessage } from '../queue.ts';

export const sendMessageHandler = handles(
  sendMessage,
  async (ctx, { conversationId, content, purpose, author, dedupeKey }) => {
    const conversation = await ConversationModel.findById(conversationId).lean();
    if (!conversation) throw new AppError('record.not_found', { kind: 'conversation', id: conversationId });
    if (conversation.optedOut && purpose !== 'auth') return {};
    if (dedupeKey && (await OutboxModel.exists({ dedupeKey }))) return {};
    const stored = { ...conversation };
    const messageId = queueMessage(ctx, ctx.writes, conversation, {
      content,
      purpose,
      author,
      ...(dedupeKey && { dedupeKey }),
    });
    saveConversation(ctx.writes, conversation, stored);
    return { messageId };
  },
);

export const deliverNoticeHandler = handles(
  deliverNotice,
  async (ctx, { channel, account, to, content, purpose, dedupeKey, meta }) => {
    if (dedupeKey && (await OutboxModel.exists({ dedupeKey }))) return {};
    const now = ctx.now();
    const _id = ctx.id();
    ctx.writes.insert(OutboxModel, {
      _id,
      lane: `${channel}:${account}:${to}`,
      channel,
      account,
      to,
      content,
      purpose,
      meta: meta ?? {},
      status: 'queued',
      open: true,
      attempts: 0,
      nextAt: now,
      createdAt: now,
      ...(dedupeKey && { dedupeKey }),
    });
    return { outboxId: _id };
  },
);
