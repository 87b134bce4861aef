/** The one place where a ticket's status changes: the machine is asked, the clock stopped or set going, the log written. */
import type { Context } from '../../core/context.ts';
import { type TicketStatus, ticketMoved } from './contract.ts';
import { afterWorkingMinutes, workingMinutes } from './deadline.ts';
import { log, onTimeline } from './log.ts';
import { type TicketDocument, TicketModel } from './model.ts';
import { assertTicketMove, isActive, statusLabel } from './rules.ts';
import { about, subjectFor } from './view.ts';

/** @returns the ticket as it is now. @throws ticket.move_not_allowed */
export async function moveTo(
  ctx: Context,
  ticket: TicketDocument,
  to: TicketStatus,
  { note, by, solution }: { note?: string; by?: string; solution?: string } = {},
): Promise<TicketDocument> {
  assertTicketMove(ticket.number, ticket.status, to);
  const { set, unset } = fieldsFor(ctx, ticket, to, solution);
  const after = await TicketModel.findOneAndUpdate(
    { _id: ticket._id },
    { $set: set, $unset: unset },
    { returnDocument: 'after' },
  ).lean();
  const text = solution ?? note;
  await log(ctx, ticket._id, {
    kind: 'status',
    title: `${statusLabel(ticket.status)} → ${statusLabel(to)}`,
    ...(text && { text }),
    ...(by && { by }),
  });
  if (to === 'resolved' || to === 'closed' || to === 'reopened')
    await onTimeline(ctx, ticket, statusLabel(to).toLowerCase(), text);
  ctx.emit(
    ticketMoved,
    { ...about(ticket), from: ticket.status, to, ...(note && { note }) },
    subjectFor(ticket),
  );
  return after!;
}

/** While it waits for the customer the time that is left is kept; a ticket that is opened again gets its time anew. */
function fieldsFor(ctx: Context, ticket: TicketDocument, to: TicketStatus, solution?: string) {
  const { organisation, tickets } = ctx.config.app;
  const now = ctx.now();
  const left = ticket.dueAt ? workingMinutes(now, ticket.dueAt, organisation) : ticket.minutesLeft;
  const minutes = to === 'reopened' ? tickets.resolveHours[ticket.priority] * 60 : left;
  const runs = isActive(to) && to !== 'waiting';
  // Time that has run out does not come back by waiting.
  const dueAt =
    runs &&
    (ticket.dueAt && to !== 'reopened' ? ticket.dueAt : afterWorkingMinutes(now, minutes ?? 0, organisation));
  return {
    set: {
      status: to,
      active: isActive(to),
      updatedAt: now,
      movedAt: now,
      ...(dueAt && { dueAt }),
      ...(to === 'waiting' && { minutesLeft: left ?? 0 }),
      ...(to === 'resolved' && { resolvedAt: now, solution: solution ?? ticket.solution }),
      ...(to === 'closed' && { closedAt: now }),
    },
    unset: {
      ...(!dueAt && { dueAt: 1 }),
      ...(to !== 'waiting' && { minutesLeft: 1 }),
      ...(to === 'reopened' && { resolvedAt: 1, closedAt: 1 }),
    },
  };
}
