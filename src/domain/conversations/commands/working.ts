import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import {
  conversationChanged,
  handBack,
  markRead,
  replyAsStaff,
  signalConversation,
  takeOver,
} from '../contract.ts';
import { type ConversationDocument, ConversationModel } from '../model/conversation.ts';
import { saveConversation } from '../open.ts';
import { queueMessage } from '../queue.ts';

const ok = { ok: true } as const;

export const takeOverHandler = handles(takeOver, async (ctx, { conversationId }) => {
  const conversation = await load(ctx, conversationId);
  change(ctx, conversation, {
    mode: 'human',
    ...(!conversation.assigneeId && ctx.actor.kind === 'user' && { assigneeId: ctx.actor.id }),
  });
  ctx.audit({
    kind: 'Conversation',
    id: conversationId,
    before: { mode: conversation.mode },
    after: { mode: 'human' },
    undo: { command: handBack.name, input: { conversationId } },
    text: 'took the conversation over',
  });
  return ok;
});

export const handBackHandler = handles(handBack, async (ctx, { conversationId }) => {
  const conversation = await load(ctx, conversationId);
  change(ctx, conversation, { mode: 'bot', waitingForStaff: false });
  ctx.audit({
    kind: 'Conversation',
    id: conversationId,
    before: { mode: conversation.mode },
    after: { mode: 'bot' },
    undo: { command: takeOver.name, input: { conversationId } },
    text: 'handed the conversation back to the bot',
  });
  // The bot goes on where it was.
  if (conversation.session && conversation.mode === 'human')
    await ctx
      .asSystem('conversations')
      .perform(signalConversation.name, { conversationId, name: 'handedBack' });
  return ok;
});

/** Answering takes the conversation over: bot and colleague never talk across each other. */
export const replyAsStaffHandler = handles(replyAsStaff, async (ctx, { conversationId, text }) => {
  const conversation = await load(ctx, conversationId);
  if (conversation.optedOut)
    throw new AppError('conversation.opted_out', { name: conversation.name ?? 'This customer' });
  const stored = { ...conversation };
  const messageId = queueMessage(ctx, ctx.writes, conversation, {
    content: { kind: 'text', text },
    purpose: 'reply',
    author: { kind: 'user', id: ctx.actor.id, name: ctx.actor.name },
  });
  change(ctx, conversation, { mode: 'human', waitingForStaff: false, unread: 0 }, stored);
  return { messageId };
});

export const markReadHandler = handles(markRead, async (ctx, { conversationId }) => {
  const conversation = await load(ctx, conversationId);
  if (conversation.unread) change(ctx, conversation, { unread: 0 });
  return ok;
});

async function load(ctx: Context, conversationId: string): Promise<ConversationDocument> {
  const conversation = await ConversationModel.findOne({
    $and: [{ _id: conversationId }, ctx.scope('update', 'Conversation')],
  }).lean();
  if (!conversation) throw new AppError('record.not_found', { kind: 'conversation', id: conversationId });
  return conversation;
}

function change(
  ctx: Context,
  conversation: ConversationDocument,
  fields: Partial<ConversationDocument>,
  stored = conversation,
): void {
  saveConversation(ctx.writes, { ...conversation, ...fields }, stored);
  ctx.emit(
    conversationChanged,
    { conversationId: conversation._id },
    { kind: 'Conversation', id: conversation._id },
  );
}
