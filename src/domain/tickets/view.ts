import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { all } from '../../core/filter.ts';
import type { Action } from '../../core/rights.ts';
import { findUsers } from '../staff/contract.ts';
import type { TicketView } from './contract.ts';
import { type TicketDocument, TicketModel } from './model.ts';
import { keyOf, numberIn } from './number.ts';
import { nextStatuses, priorityLabels, statusLabel } from './rules.ts';

/** By its record id or by the customer's ID. @throws record.not_found for what the actor may not reach, too. */
export async function reach(ctx: Context, action: Action, ticketId: string): Promise<TicketDocument> {
  const { timezone } = ctx.config.app.organisation;
  const number = numberIn(ticketId, ctx.config.app.tickets.pattern, ctx.now(), timezone);
  // An older ID may follow a pattern that has been changed since.
  const keys = [...new Set([keyOf(ticketId), ...(number ? [keyOf(number)] : [])])].filter(Boolean);
  const rights = ctx.scope(action, 'Ticket');
  const ticket =
    (await TicketModel.findOne(all([{ _id: ticketId }, rights])).lean()) ??
    (await TicketModel.findOne(all([{ key: { $in: keys } }, rights])).lean());
  if (!ticket) throw new AppError('record.not_found', { kind: 'ticket', id: ticketId });
  return ticket;
}

export async function viewsOf(ctx: Context, tickets: TicketDocument[]): Promise<TicketView[]> {
  const ids = [...new Set(tickets.flatMap(({ assigneeId }) => assigneeId ?? []))];
  const { items } = ids.length
    ? await ctx.asSystem('tickets').ask(findUsers, { ids, activeOnly: false })
    : { items: [] };
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return tickets.map((ticket) => viewOf(ctx, ticket, names.get(ticket.assigneeId ?? '')));
}

export const viewFor = async (ctx: Context, ticket: TicketDocument): Promise<TicketView> =>
  (await viewsOf(ctx, [ticket]))[0]!;
export const viewById = async (ctx: Context, id: string): Promise<TicketView> =>
  viewFor(ctx, (await TicketModel.findById(id).lean())!);

function viewOf(ctx: Context, ticket: TicketDocument, assigneeName?: string): TicketView {
  const { _id, number, kind, subject, description, category, status, priority, contactId, dueAt } = ticket;
  const { categories } = ctx.config.app.tickets;
  return {
    id: _id,
    number,
    kind,
    subject,
    description,
    category,
    categoryLabel: categories.find(({ key }) => key === category)?.label ?? category,
    status,
    statusLabel: statusLabel(status),
    nextStatuses: nextStatuses(status),
    priority,
    priorityLabel: priorityLabels[priority],
    name: ticket.name || ticket.phone || ticket.email || 'Unknown',
    contactId,
    openedAt: ticket.openedAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
    overdue: dueAt !== undefined && dueAt < ctx.now(),
    ...(ticket.product && { product: ticket.product }),
    ...(ticket.phone && { phone: ticket.phone }),
    ...(ticket.email && { email: ticket.email }),
    ...(ticket.conversationId && { conversationId: ticket.conversationId }),
    ...(ticket.channel && { channel: ticket.channel }),
    ...(ticket.assigneeId && { assigneeId: ticket.assigneeId }),
    ...(assigneeName && { assigneeName }),
    ...(dueAt && { dueAt: dueAt.toISOString() }),
    ...(ticket.resolvedAt && { resolvedAt: ticket.resolvedAt.toISOString() }),
    ...(ticket.solution && { solution: ticket.solution }),
  };
}

/** What every event on a ticket carries. */
export const about = ({ _id, number, contactId, conversationId }: TicketDocument) => ({
  ticketId: _id,
  number,
  contactId,
  ...(conversationId && { conversationId }),
});
export const subjectFor = ({ _id }: TicketDocument) => ({ kind: 'Ticket' as const, id: _id });
