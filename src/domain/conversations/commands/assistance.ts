/** Summaries and drafts: asked for here, written by the language layer elsewhere, kept when they come. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { askLater } from '../../../core/questions.ts';
import { getLead } from '../../leads/contract.ts';
import { factsOf, isOn, linesOf, plainSummary, spoken } from '../assistance.ts';
import { draftReply, keepWritten, summariseConversation, summariseLead } from '../assistance-contract.ts';
import { conversationChanged } from '../contract.ts';
import { type ConversationDocument, ConversationModel, type Written } from '../model/conversation.ts';

type Summed = { summary: string; asked: boolean };
const present = ({ summary, asked }: Summed) => ({
  text: asked ? `${summary}\n\nA better one is being written: ask again in a moment.` : summary,
});

export const summariseConversationHandler = handles(
  summariseConversation,
  async (ctx, { conversationId }) => summed(ctx, await load(ctx, 'read', conversationId)),
  { present },
);

/** The newest conversation of the lead's contact. */
export const summariseLeadHandler = handles(
  summariseLead,
  async (ctx, { leadId }) => {
    const { contactId, number, name } = await ctx.ask(getLead, { leadId });
    const conversation = await ConversationModel.findOne({
      $and: [{ contactId }, ctx.scope('read', 'Conversation')],
    })
      .sort({ lastMessageAt: -1 })
      .lean();
    if (!conversation)
      return { summary: `No messages with #${number} ${name} that you may see.`, asked: false };
    return summed(ctx, conversation);
  },
  { present },
);

/** What the model wrote of the same messages stays; otherwise the plain one stands until the model's comes. */
async function summed(ctx: Context, conversation: ConversationDocument): Promise<Summed> {
  const { _id: conversationId, seq, brief } = conversation;
  const id = `brief-${seq}`;
  if (brief?.id === id && brief.engine === 'llm' && brief.text) return { summary: brief.text, asked: false };
  const lines = await linesOf(conversationId);
  const offline = plainSummary(conversation, lines);
  const asked = isOn(ctx, 'summarise') && lines.length > 0;
  const at = ctx.now();
  if (asked)
    await askLater({
      kind: 'summarise',
      conversationId,
      messageId: id,
      input: {
        lines: spoken(lines),
        facts: factsOf(conversation),
        locale: ctx.config.app.organisation.locale,
      },
      offline,
      askedAt: at,
    });
  keep(ctx, conversationId, 'brief', { id, text: offline, at, ...(!asked && { engine: 'offline' }) });
  return { summary: offline, asked };
}

export const draftReplyHandler = handles(draftReply, async (ctx, { conversationId, wish }) => {
  const conversation = await load(ctx, 'update', conversationId);
  if (!isOn(ctx, 'draft')) throw new AppError('assistance.off');
  if (conversation.optedOut)
    throw new AppError('conversation.opted_out', { name: conversation.name ?? 'This customer' });
  const id = ctx.id();
  const at = ctx.now();
  await askLater({
    kind: 'draft',
    conversationId,
    messageId: id,
    input: {
      lines: spoken(await linesOf(conversationId)),
      wish,
      facts: factsOf(conversation),
      locale: conversation.language ?? ctx.config.app.organisation.locale,
    },
    askedAt: at,
  });
  keep(ctx, conversationId, 'draft', { id, wish, by: ctx.actor.id, at });
  return { draftId: id };
});

/** An answer to an older wish than the last is nobody's any more. */
export const keepWrittenHandler = handles(
  keepWritten,
  async (ctx, { conversationId, kind, id, text, decided }) => {
    const conversation = await ConversationModel.findById(conversationId, { brief: 1, draft: 1 }).lean();
    const before = conversation?.[kind];
    if (before?.id === id) keep(ctx, conversationId, kind, { ...before, ...(text && { text }), ...decided });
    return { ok: true as const };
  },
);

function keep(ctx: Context, conversationId: string, kind: 'brief' | 'draft', written: Written): void {
  ctx.writes.adjust(
    ConversationModel,
    { _id: conversationId },
    { $set: { [kind]: written }, $inc: { version: 1 } },
  );
  ctx.emit(conversationChanged, { conversationId }, { kind: 'Conversation', id: conversationId });
}

async function load(ctx: Context, action: 'read' | 'update', id: string): Promise<ConversationDocument> {
  const found = await ConversationModel.findOne({
    $and: [{ _id: id }, ctx.scope(action, 'Conversation')],
  }).lean();
  if (!found) throw new AppError('record.not_found', { kind: 'conversation', id });
  return found;
}
