import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { getConversation } from '../../conversations/contract.ts';
import { answerTo } from '../answer.ts';
import { getQuestion, listQuestions } from '../contract.ts';
import { type QuestionDocument, QuestionModel } from '../model.ts';
import { questionViews } from '../view.ts';

const mostShown = 50;

export const listQuestionsHandler = handles(listQuestions, async (_ctx, { state, limit }) => {
  const rows = await QuestionModel.find({ state })
    .sort({ count: -1, _id: -1 })
    .limit(limit)
    .lean<QuestionDocument[]>();
  const groups = await QuestionModel.aggregate<{ _id: string; count: number }>([
    { $group: { _id: '$state', count: { $sum: 1 } } },
  ]);
  const of = (wanted: string) => groups.find(({ _id }) => _id === wanted)?.count ?? 0;
  return {
    items: await questionViews(rows),
    counts: { open: of('open'), answered: of('answered'), dismissed: of('dismissed') },
  };
});

export const getQuestionHandler = handles(getQuestion, async (ctx, { questionId }) => {
  const found = await QuestionModel.findById(questionId).lean<QuestionDocument>();
  if (!found) throw new AppError('record.not_found', { kind: 'question', id: questionId });
  const asked = [];
  for (const { conversationId, text, at, answeredAt } of found.askers.slice(-mostShown).reverse()) {
    const conversation = await ctx.ask(getConversation, { conversationId }).catch((error) => {
      // Somebody else's customer.
      if (error instanceof AppError) return undefined;
      throw error;
    });
    if (!conversation) continue;
    asked.push({
      conversationId,
      name: conversation.name ?? '',
      channel: conversation.channel,
      text,
      at: at.toISOString(),
      ...(answeredAt && { answeredAt: answeredAt.toISOString() }),
    });
  }
  const [question] = await questionViews([found]);
  const answer = await answerTo(found);
  return { question: question!, ...(answer && { answer }), asked };
});
