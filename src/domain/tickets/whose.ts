/** Who gets a ticket, and what they get with it. */
import type { Context } from '../../core/context.ts';
import { assignContact } from '../contacts/contract.ts';
import { assignConversations } from '../conversations/contract.ts';
import { findUsers, nextAssignee, type UserView } from '../staff/contract.ts';
import type { TicketDocument } from './model.ts';

/** Whoever is named, else who looks after the customer, else the next in turn. */
export async function whoseTurn(
  ctx: Context,
  ...candidates: (string | undefined)[]
): Promise<UserView | undefined> {
  const system = ctx.asSystem('tickets');
  for (const id of candidates) {
    const user = id && (await system.ask(findUsers, { ids: [id] })).items[0];
    if (user) return user;
  }
  return (await system.run(nextAssignee, { queue: 'tickets', roles: ctx.config.app.tickets.roles })).user;
}

/** A customer whom nobody looks after is now theirs: otherwise they could not read what was written. */
export async function giveContact(
  ctx: Context,
  { contactId, assigneeId, teamIds }: TicketDocument,
): Promise<void> {
  const system = ctx.asSystem('tickets');
  const to = { contactId, teamIds, ...(assigneeId && { assigneeId }) };
  await system.run(assignContact, to);
  await system.run(assignConversations, to);
}
