/** What customers think of us: asked by the bot after a demo and after a ticket, or said by themselves. */

import type { Context } from '../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../core/cursor.ts';
import { defineModule, handles, on } from '../../core/define.ts';
import { all } from '../../core/filter.ts';
import { addToTimeline } from '../contacts/contract.ts';
import { getConversation } from '../conversations/contract.ts';
import { leadAssigned, lookUpLeads } from '../leads/contract.ts';
import { findUsers } from '../staff/contract.ts';
import { rateTicket } from '../tickets/contract.ts';
import { feedbackRecorded, listFeedback, recordFeedback } from './contract.ts';
import { FeedbackModel } from './model.ts';
import { feedbackPointer } from './pointers.ts';

const titles = { general: 'Feedback', demo: 'Feedback on the demo', ticket: 'Feedback on the ticket' };

const recordFeedbackHandler = handles(recordFeedback, async (ctx, { conversationId, ...said }) => {
  const { name, contactId, assigneeId } = await ctx.ask(getConversation, { conversationId });
  const { rating, comment, about, ticketId } = said;
  const [owner] = assigneeId
    ? (await ctx.ask(findUsers, { ids: [assigneeId], activeOnly: false })).items
    : [];
  const _id = ctx.id();
  const who = { ...(name && { name }), ...(contactId && { contactId }) };
  await FeedbackModel.create([
    {
      _id,
      at: ctx.now(),
      conversationId,
      ...said,
      ...who,
      assigneeId: assigneeId ?? null,
      teamIds: owner?.teamIds ?? [],
    },
  ]);
  if (ticketId) await ctx.run(rateTicket, { ticketId, rating, ...(comment && { comment }) });
  else if (contactId)
    await ctx.run(addToTimeline, {
      contactId,
      conversationId,
      kind: 'note',
      ref: _id,
      by: name ?? 'Customer',
      title: `${titles[about]}: ${rating} of 5`,
      ...(comment && { text: comment }),
    });
  ctx.emit(
    feedbackRecorded,
    { feedbackId: _id, rating, about, ...(contactId && { contactId }), ...(ticketId && { ticketId }) },
    { kind: 'Conversation', id: conversationId },
  );
  return { feedbackId: _id };
});

const listFeedbackHandler = handles(listFeedback, async (ctx, { about, cursor, limit }) => {
  const conditions = [ctx.scope('read', 'Conversation'), about ? { about } : {}];
  const place = decodeCursor<[string]>(cursor);
  const rows = await FeedbackModel.find(all([...conditions, place ? { _id: { $lt: place[0] } } : {}]))
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const [sum] = await FeedbackModel.aggregate<{ total: number; average: number }>([
    { $match: all(conditions) },
    { $group: { _id: null, total: { $sum: 1 }, average: { $avg: '$rating' } } },
  ]);
  const items = rows.slice(0, limit).map(({ _id, at, teamIds: _, assigneeId, ...rest }) => ({
    id: _id,
    at: at.toISOString(),
    ...rest,
    ...(assigneeId && { assigneeId }),
  }));
  return {
    items,
    total: sum?.total ?? 0,
    ...(sum && { average: Math.round(sum.average * 100) / 100 }),
    ...(rows.length > limit && { nextCursor: encodeCursor([items.at(-1)!.id]) }),
  };
});

/** Whoever looks after a customer now reads what that customer said, and whoever did no longer. */
async function giveFeedback(ctx: Context, leadId: string): Promise<void> {
  const [lead] = (await ctx.ask(lookUpLeads, { ids: [leadId] })).items;
  if (!lead) return;
  const owner = { assigneeId: lead.assigneeId ?? null, teamIds: lead.teamIds };
  await FeedbackModel.updateMany({ contactId: lead.contactId }, { $set: owner });
}

export const feedback = defineModule({
  name: 'feedback',
  summary: 'What customers think of us, asked after demos and tickets',
  handlers: [recordFeedbackHandler, listFeedbackHandler],
  pointers: [feedbackPointer],
  events: [feedbackRecorded],
  subscribers: [
    on(leadAssigned, 'feedback.leadAssigned', async (ctx, { payload }) => giveFeedback(ctx, payload.leadId)),
  ],
});
