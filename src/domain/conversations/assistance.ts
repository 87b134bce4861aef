/** What the language layer is asked of a conversation, in the transaction of whoever asks; answers come as events. */
import type { Context } from '../../core/context.ts';
import { askLater, type Question, QuestionModel, questionId } from '../../core/questions.ts';
import type { Decided, Doubt } from '../../core/turn.ts';
import { keepWritten } from './assistance-contract.ts';
import { conversationChanged, signalConversation } from './contract.ts';
import type { ConversationDocument } from './model/conversation.ts';
import { inboxId } from './model/inbox.ts';
import { type MessageDocument, MessageModel } from './model/message.ts';

export type Line = Pick<MessageDocument, 'direction' | 'text'>;
const mostLines = 40;

/** Whether the layer is on, and may be asked for this. */
export const isOn = ({ config }: Context, task: 'understand' | 'summarise' | 'draft'): boolean =>
  config.app.llm.enabled && config.app.llm.tasks.includes(task);

/** A message that the engine is in doubt about. */
export async function askModel(
  ctx: Context,
  conversationId: string,
  { messageId, offline, text, asked, timezone, phrase }: Doubt,
): Promise<void> {
  const { country, products } = ctx.config.app.organisation;
  const now = ctx.now();
  if (phrase) {
    const { question, locale, ...article } = phrase;
    const input = { question, locale, articles: [article] };
    return askLater({ kind: 'answer', conversationId, messageId, input, askedAt: now });
  }
  await askLater({
    conversationId,
    messageId,
    input: {
      text,
      now,
      timezone,
      country,
      catalogue: products.map(({ name }) => name),
      ...(asked && { asked }),
    },
    offline,
    askedAt: now,
  });
}

/** An answer, in the transaction that strikes its question: what a turn waits for goes to it, a text is kept. */
export async function handOn(
  ctx: Context,
  { _id, kind, conversationId, messageId }: Question,
  outcome: { engine: 'llm' | 'offline'; value: unknown; model?: string; reason?: string },
): Promise<void> {
  if (kind === 'understand' || kind === 'answer') {
    const data = { messageId, outcome };
    await ctx.perform(signalConversation.name, { conversationId, name: 'understood', data, once: _id });
    return;
  }
  const { value, engine, model, reason } = outcome;
  await ctx.run(keepWritten, {
    conversationId,
    kind: kind === 'summarise' ? 'brief' : 'draft',
    id: messageId,
    decided: { engine, ...(model && { model }), ...(reason && { reason }) },
    ...(typeof value === 'string' && { text: value }),
  });
}

/** Kept on the message, for the inbox to show. A question that is still open is asked in vain: it is struck. */
export function noteDecided(
  ctx: Context,
  { _id: conversationId, channel, account }: ConversationDocument,
  { messageId: id, ...decided }: Decided,
): void {
  ctx.writes.adjust(
    MessageModel,
    { conversationId, inboxId: inboxId({ channel, account, id }) },
    { $set: { decided } },
  );
  for (const kind of ['understand', 'answer'] as const)
    ctx.writes.remove(QuestionModel, { _id: questionId({ conversationId, messageId: id, kind }) });
  ctx.emit(conversationChanged, { conversationId }, { kind: 'Conversation', id: conversationId });
}

/** The last messages of a conversation, oldest first. */
export async function linesOf(conversationId: string): Promise<Line[]> {
  const last = await MessageModel.find({ conversationId }, { direction: 1, text: 1 })
    .sort({ seq: -1 })
    .limit(mostLines)
    .lean();
  return last.reverse();
}

/** As the layer's tasks take them. */
export const spoken = (lines: Line[]) =>
  lines.map(({ direction, text }) => ({ from: direction === 'in' ? 'customer' : 'us', text }));

/** The facts that the bot put together, or that the talk's session knows; a line each. */
export function factsOf({ summary, name, session }: ConversationDocument): string[] {
  const said = (summary ?? '').split('\n').filter(Boolean);
  if (said.length) return said;
  const known = Object.entries(session?.vars ?? {}).flatMap(([key, value]) =>
    labels[key] && (typeof value === 'string' || typeof value === 'number')
      ? [`${labels[key]}: ${value}`]
      : [],
  );
  return name && session?.vars.name === undefined ? [`Name: ${name}`, ...known] : known;
}
const labels: Record<string, string> = {
  name: 'Name',
  phone: 'Phone',
  email: 'E-mail',
  product: 'Looking for',
  city: 'City',
  company: 'Company',
};

/** The summary that needs nobody: what is known, and the last of what was said. */
export function plainSummary(conversation: ConversationDocument, lines: Line[]): string {
  const last = lines
    .slice(-6)
    .map(({ direction, text }) => `${direction === 'in' ? 'Customer' : 'We'}: ${short(text)}`);
  return [...factsOf(conversation).filter((fact) => !fact.startsWith('Last words:')), ...last].join('\n');
}
const short = (text: string): string => {
  const line = [...text.replace(/\s+/g, ' ').trim()];
  return line.length > 160 ? `${line.slice(0, 159).join('')}…` : line.join('');
};
