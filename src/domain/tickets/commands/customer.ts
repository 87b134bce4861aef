/** What customers do to their tickets, through flows. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { addToTicket, rateTicket, ticketAdded } from '../contract.ts';
import { log, onTimeline } from '../log.ts';
import { type TicketDocument, TicketModel } from '../model.ts';
import { moveTo } from '../move.ts';
import { about, subjectFor } from '../view.ts';

export const addToTicketHandler = handles(addToTicket, async (ctx, { ticketId, text, reopen }) => {
  const ticket = await load(ticketId);
  const after = (await addWords(ctx, ticket, text, reopen)) ?? ticket;
  return { ticketId, number: after.number, status: after.status };
});

/** One that waited for them goes on; one that was done is opened again where they ask for that. */
export async function addWords(
  ctx: Context,
  ticket: TicketDocument,
  text: string,
  reopen = false,
): Promise<TicketDocument | undefined> {
  const by = ctx.actor.kind === 'user' ? ctx.actor.name : ticket.name || 'Customer';
  await log(ctx, ticket._id, { kind: 'customer', title: 'Wrote', text, by });
  await TicketModel.updateOne({ _id: ticket._id }, { $set: { updatedAt: ctx.now() } });
  const { subject, assigneeId } = ticket;
  ctx.emit(
    ticketAdded,
    { ...about(ticket), subject, text: text.slice(0, 500), ...(assigneeId && { assigneeId }) },
    subjectFor(ticket),
  );
  if (ticket.status === 'waiting') return moveTo(ctx, ticket, 'in-progress', { by });
  if (!ticket.active && reopen) return moveTo(ctx, ticket, 'reopened', { by });
  return undefined;
}

export const rateTicketHandler = handles(rateTicket, async (ctx, { ticketId, rating, comment }) => {
  const ticket = await load(ticketId);
  await TicketModel.updateOne({ _id: ticketId }, { $set: { rating, updatedAt: ctx.now() } });
  await log(ctx, ticketId, {
    kind: 'rating',
    title: `Rated ${rating} of 5`,
    by: ticket.name || 'Customer',
    ...(comment && { text: comment }),
  });
  await onTimeline(ctx, ticket, `rated ${rating} of 5`, comment);
  return { ok: true } as const;
});

async function load(ticketId: string): Promise<TicketDocument> {
  const ticket = await TicketModel.findById(ticketId).lean();
  if (!ticket) throw new AppError('record.not_found', { kind: 'ticket', id: ticketId });
  return ticket;
}
