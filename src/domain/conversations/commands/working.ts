import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { ContactCard, Content, MediaRef } from '../../../core/messaging.ts';
import { bindFiles, uploadedFiles } from '../../files/contract.ts';
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
export const replyAsStaffHandler = handles(replyAsStaff, async (ctx, input) => {
  const { conversationId, fileIds = [] } = input;
  const conversation = await load(ctx, conversationId);
  if (conversation.optedOut)
    throw new AppError('conversation.opted_out', { name: conversation.name ?? 'This customer' });
  const stored = { ...conversation };
  const system = ctx.asSystem('conversations');
  const owner = `user:${ctx.actor.id}`;
  const { media, waiting } = fileIds.length
    ? await system.ask(uploadedFiles, { owner, fileIds })
    : { media: [], waiting: false };
  if (waiting) throw new AppError('file.checking');
  let messageId: string | undefined;
  for (const [place, content] of contentsOf(ctx, input, media).entries()) {
    messageId = queueMessage(ctx, ctx.writes, conversation, {
      content,
      purpose: 'reply',
      author: { kind: 'user', id: ctx.actor.id, name: ctx.actor.name },
    });
    const fileId = fileIds[place];
    if (fileId) await system.run(bindFiles, { conversationId, messageId, owner, fileIds: [fileId] });
  }
  change(ctx, conversation, { mode: 'human', waitingForStaff: false, unread: 0 }, stored);
  return { messageId };
});

/** Files first, in their order, the words beside the last one; then where we are, and whom to reach how. */
function contentsOf(
  ctx: Context,
  { text, location, contact }: { text?: string; location?: boolean; contact?: ContactCard },
  media: MediaRef[],
): Content[] {
  const { location: office } = ctx.config.app.organisation;
  return [
    ...media.map(
      (one, place): Content => ({
        kind: 'media',
        media: one,
        ...(text && place === media.length - 1 && { caption: text }),
      }),
    ),
    ...(text && !media.length ? [{ kind: 'text' as const, text }] : []),
    ...(location ? [{ kind: 'location' as const, ...office }] : []),
    ...(contact ? [{ kind: 'contact' as const, contact }] : []),
  ];
}

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
