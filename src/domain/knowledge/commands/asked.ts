/** What customers asked in vain: gathered as it is asked, answered by a colleague. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { getConversation, sendMessage } from '../../conversations/contract.ts';
import { answerTo } from '../answer.ts';
import { dismissQuestion, noteInserted, noteKnowledge, questionAsked, sendAnswer } from '../contract.ts';
import { type QuestionDocument, QuestionModel, UseModel } from '../model.ts';
import type { KnowledgeReader } from '../port.ts';
import { withoutAddresses } from '../rules.ts';

/** As much alike as two ways of asking the same are. */
const same = 0.65;
const mostAskers = 500;
const mostWays = 12;

export const noteKnowledgeHandler = (reader: () => KnowledgeReader) =>
  handles(noteKnowledge, async (ctx, { conversationId, given, unknown, askedAgain, language, product }) => {
    const at = ctx.now();
    for (const { entryId, question } of given)
      ctx.writes.insert(UseModel, {
        _id: ctx.id(),
        entryId,
        conversationId,
        at,
        by: 'bot',
        question: withoutAddresses(question),
        askedAgain: false,
      });
    if (askedAgain) {
      const last = await UseModel.findOne({ conversationId, entryId: askedAgain }).sort({ _id: -1 }).lean();
      if (last) await UseModel.updateOne({ _id: last._id }, { $set: { askedAgain: true } });
    }
    for (const asked of unknown) await gather(ctx, reader(), { conversationId, ...asked, language, product });
    return { ok: true as const };
  });

type Unknown = {
  conversationId: string;
  question: string;
  entryId?: string | undefined;
  language?: string | undefined;
  product?: string | undefined;
};

/** With the others that ask the same, or by itself. */
async function gather(ctx: Context, { keysOf, likeness }: KnowledgeReader, asked: Unknown): Promise<void> {
  const text = withoutAddresses(asked.question);
  const keys = keysOf(text);
  if (!text) return;
  const near = await QuestionModel.find({ keys: { $in: keys.slice(0, 20) }, state: { $ne: 'answered' } })
    .limit(200)
    .lean();
  const known = near
    .map((question) => ({ question, alike: likeness(keys, question.keys) }))
    .filter(({ alike }) => alike >= same)
    .sort((one, other) => other.alike - one.alike)[0]?.question;
  const question = known ? await addTo(known, asked, text, ctx.now()) : await begin(ctx, asked, text, keys);
  // What was dismissed is counted, and troubles nobody again.
  if (question.state === 'open')
    ctx.emit(
      questionAsked,
      {
        questionId: question._id,
        conversationId: asked.conversationId,
        text: question.text,
        asked: text,
        count: question.count,
      },
      { kind: 'Knowledge', id: question._id },
    );
}

async function begin(ctx: Context, asked: Unknown, text: string, keys: string[]): Promise<QuestionDocument> {
  const { conversationId, language, product, entryId } = asked;
  const at = ctx.now();
  const question: QuestionDocument = {
    _id: ctx.id(),
    text,
    alsoAsked: [],
    keys,
    state: 'open',
    count: 1,
    waiting: 1,
    askers: [{ conversationId, text, at }],
    firstAt: at,
    lastAt: at,
    ...(language && { language }),
    ...(product && { product }),
    ...(entryId && { entryId }),
  };
  await QuestionModel.create([question]);
  return question;
}

async function addTo(
  known: QuestionDocument,
  { conversationId }: Unknown,
  text: string,
  at: Date,
): Promise<QuestionDocument> {
  const others = known.askers.filter((asker) => asker.conversationId !== conversationId);
  const askers = [...others, { conversationId, text, at }].slice(-mostAskers);
  const ways = [known.text, ...known.alsoAsked];
  const set = {
    askers,
    waiting: askers.filter(({ answeredAt }) => !answeredAt).length,
    lastAt: at,
    alsoAsked: ways.includes(text) ? known.alsoAsked : [...known.alsoAsked, text].slice(-mostWays),
  };
  await QuestionModel.updateOne({ _id: known._id }, { $set: set, $inc: { count: 1 } });
  return { ...known, ...set, count: known.count + 1 };
}

export const dismissQuestionHandler = handles(dismissQuestion, async (ctx, { questionId, state }) => {
  const question = await load(questionId);
  await QuestionModel.updateOne({ _id: questionId }, { $set: { state } });
  ctx.audit({
    kind: 'Knowledge',
    id: questionId,
    before: { state: question.state },
    after: { state },
    undo: { command: dismissQuestion.name, input: { questionId, state: 'open' } },
    text: `${state === 'open' ? 'took up again' : 'dismissed'} the question "${question.text.slice(0, 80)}"`,
  });
  return { ok: true as const };
});

export const sendAnswerHandler = handles(sendAnswer, async (ctx, { questionId, text, conversationIds }) => {
  const question = await load(questionId);
  const words = text ?? (await answerTo(question));
  if (!words) throw new AppError('record.not_found', { kind: 'answer', id: questionId });
  const waiting = question.askers.filter(
    ({ conversationId, answeredAt }) =>
      !answeredAt && (!conversationIds || conversationIds.includes(conversationId)),
  );
  const told = new Set<string>();
  for (const { conversationId } of waiting) {
    if (!(await mayAnswer(ctx, conversationId))) continue;
    await ctx.asSystem('knowledge').run(sendMessage, {
      conversationId,
      content: { kind: 'text', text: words },
      author: { kind: 'user', id: ctx.actor.id, name: ctx.actor.name },
      dedupeKey: `knowledge:${questionId}:${conversationId}`,
    });
    told.add(conversationId);
  }
  const answeredAt = ctx.now();
  const askers = question.askers.map((asker) =>
    told.has(asker.conversationId) ? { ...asker, answeredAt } : asker,
  );
  await QuestionModel.updateOne(
    { _id: questionId },
    { $set: { askers, waiting: askers.filter((asker) => !asker.answeredAt).length } },
  );
  ctx.audit({
    kind: 'Knowledge',
    id: questionId,
    text: `sent the answer to "${question.text.slice(0, 80)}" to ${told.size} customer${told.size === 1 ? '' : 's'}`,
  });
  return { sent: told.size, skipped: waiting.length - told.size };
});

/** What is not one's to answer is left to whose it is. */
async function mayAnswer(ctx: Context, conversationId: string): Promise<boolean> {
  try {
    const { assigneeId = null, optedOut } = await ctx.ask(getConversation, { conversationId });
    return !optedOut && ctx.can('update', 'Conversation', { assigneeId, teamIds: [] });
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

export const noteInsertedHandler = handles(noteInserted, async (ctx, { conversationId, entryId }) => {
  await ctx.ask(getConversation, { conversationId });
  ctx.writes.insert(UseModel, {
    _id: ctx.id(),
    entryId,
    conversationId,
    at: ctx.now(),
    by: 'user',
    askedAgain: false,
  });
  return { ok: true as const };
});

async function load(id: string): Promise<QuestionDocument> {
  const found = await QuestionModel.findById(id).lean<QuestionDocument>();
  if (!found) throw new AppError('record.not_found', { kind: 'question', id });
  return found;
}
