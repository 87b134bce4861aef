/** What staff do on a ticket. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { Form } from '../../../core/messaging.ts';
import { findUsers, listAssignees } from '../../staff/contract.ts';
import { ticketCard } from '../card.ts';
import {
  assignTicket,
  closeTicket,
  moveTicket,
  noteOnTicket,
  reopenTicket,
  resolveTicket,
  setTicketPriority,
  type TicketView,
  ticketAssigned,
  ticketChanged,
  ticketResolved,
} from '../contract.ts';
import { afterWorkingMinutes } from '../deadline.ts';
import { log } from '../log.ts';
import { TicketModel } from '../model.ts';
import { moveTo } from '../move.ts';
import { isActive, priorityLabels, rankOf, statusLabel } from '../rules.ts';
import { about, reach, subjectFor, viewById, viewFor } from '../view.ts';

type At = Parameters<typeof ticketCard>[1];
const shown = {
  present: ({ ticket }: { ticket: TicketView }, at: At) => ({
    cards: [ticketCard(ticket, at)],
    update: true,
  }),
};

export const assignTicketHandler = handles(
  assignTicket,
  async (ctx, { ticketId, assigneeId, reason }) => {
    const ticket = await reach(ctx, 'assign', ticketId);
    const { items } = await ctx.ask(listAssignees, {});
    const to = items.find(({ id }) => id === assigneeId) ?? (await refuse(ctx, assigneeId));
    const before = ticket.assigneeId;
    if (before !== to.id) {
      await TicketModel.updateOne(
        { _id: ticket._id },
        { $set: { assigneeId: to.id, teamIds: to.teamIds, updatedAt: ctx.now() } },
      );
      await log(ctx, ticket._id, {
        kind: 'assignment',
        title: `Given to ${to.name}`,
        ...(reason && { text: reason }),
      });
      const told = { subject: ticket.subject, to: to.id, by: ctx.actor.id, ...(reason && { reason }) };
      ctx.emit(ticketAssigned, { ...about(ticket), ...told }, subjectFor(ticket));
      ctx.audit({
        kind: 'Ticket',
        id: ticket._id,
        before: { assigneeId: before },
        after: { assigneeId: to.id },
        text: `gave ${ticket.number} to ${to.name}`,
        ...(before && {
          undo: { command: assignTicket.name, input: { ticketId: ticket._id, assigneeId: before } },
        }),
      });
    }
    return { ticket: await viewById(ctx, ticket._id) };
  },
  shown,
);

async function refuse(ctx: Context, id: string): Promise<never> {
  const { items } = await ctx.asSystem('tickets').ask(findUsers, { ids: [id], activeOnly: false });
  throw new AppError('user.cannot_assign_to', { name: items[0]?.name ?? id });
}

/** The time to resolve it is that of the new priority, counted from when it was opened. */
export const setTicketPriorityHandler = handles(
  setTicketPriority,
  async (ctx, { ticketId, priority }) => {
    const ticket = await reach(ctx, 'update', ticketId);
    if (ticket.priority !== priority) {
      const { organisation, tickets } = ctx.config.app;
      const dueAt = afterWorkingMinutes(ticket.openedAt, tickets.resolveHours[priority] * 60, organisation);
      await TicketModel.updateOne(
        { _id: ticket._id },
        {
          $set: {
            priority,
            rank: rankOf(priority),
            updatedAt: ctx.now(),
            ...(isActive(ticket.status) && ticket.status !== 'waiting' && { dueAt }),
          },
        },
      );
      await log(ctx, ticket._id, {
        kind: 'priority',
        title: `${priorityLabels[ticket.priority]} → ${priorityLabels[priority]}`,
      });
      ctx.emit(ticketChanged, about(ticket), subjectFor(ticket));
      ctx.audit({
        kind: 'Ticket',
        id: ticket._id,
        before: { priority: ticket.priority },
        after: { priority },
        text: `made ${ticket.number} ${priorityLabels[priority].toLowerCase()}`,
        undo: { command: setTicketPriority.name, input: { ticketId: ticket._id, priority: ticket.priority } },
      });
    }
    return { ticket: await viewById(ctx, ticket._id) };
  },
  shown,
);

export const noteOnTicketHandler = handles(
  noteOnTicket,
  async (ctx, { ticketId, note }) => {
    const ticket = await reach(ctx, 'update', ticketId);
    await log(ctx, ticket._id, { kind: 'note', title: 'Note', text: note });
    await TicketModel.updateOne({ _id: ticket._id }, { $set: { updatedAt: ctx.now() } });
    ctx.emit(ticketChanged, about(ticket), subjectFor(ticket));
    ctx.audit({
      kind: 'Ticket',
      id: ticket._id,
      after: { note },
      text: `noted something on ${ticket.number}`,
    });
    return { ticket: await viewById(ctx, ticket._id) };
  },
  { ...shown, form: formOf(noteOnTicket.name, 'Note on', 'note', 'Note') },
);

export const moveTicketHandler = handles(
  moveTicket,
  (ctx, { ticketId, status, note }) => act(ctx, ticketId, status, note ? { note } : {}),
  shown,
);
export const reopenTicketHandler = handles(
  reopenTicket,
  (ctx, { ticketId, reason }) => act(ctx, ticketId, 'reopened', reason ? { note: reason } : {}),
  shown,
);
export const closeTicketHandler = handles(
  closeTicket,
  (ctx, { ticketId, note }) => act(ctx, ticketId, 'closed', note ? { note } : {}),
  shown,
);

export const resolveTicketHandler = handles(
  resolveTicket,
  async (ctx, { ticketId, solution }) => {
    const done = await act(ctx, ticketId, 'resolved', { solution });
    const ticket = (await TicketModel.findById(done.ticket.id).lean())!;
    const { subject, assigneeId } = ticket;
    ctx.emit(
      ticketResolved,
      { ...about(ticket), subject, solution, ...(assigneeId && { assigneeId }) },
      subjectFor(ticket),
    );
    return done;
  },
  {
    ...shown,
    form: formOf(resolveTicket.name, 'Solution of', 'solution', 'What solved it; the customer is told'),
  },
);

async function act(
  ctx: Context,
  ticketId: string,
  to: Parameters<typeof moveTo>[2],
  more: { note?: string; solution?: string },
): Promise<{ ticket: TicketView }> {
  const ticket = await reach(ctx, 'update', ticketId);
  const after = await moveTo(ctx, ticket, to, more);
  ctx.audit({
    kind: 'Ticket',
    id: ticket._id,
    before: { status: ticket.status },
    after: { status: to, ...more },
    text: `${ticket.number}: ${statusLabel(ticket.status)} → ${statusLabel(to)}`,
  });
  return { ticket: await viewFor(ctx, after) };
}

export function formOf(command: string, title: string, name: string, label: string) {
  return async (ctx: Context, partial: Record<string, unknown>): Promise<Form> => {
    const ticket = await reach(ctx, 'update', String(partial.ticketId));
    const known = partial[name];
    return {
      title: `${title} ${ticket.number}`.slice(0, 60),
      command,
      fixed: { ticketId: ticket._id },
      fields: [{ name, label, type: 'longtext', ...(typeof known === 'string' && { value: known }) }],
    };
  };
}
