/** The log book of a ticket: every act is a line of it, written in the act's own transaction. */
import type { Context } from '../../core/context.ts';
import { addToTimeline } from '../contacts/contract.ts';
import type { TicketEntry } from './contract.ts';
import { EntryModel, type TicketDocument } from './model.ts';

export async function log(
  ctx: Context,
  ticketId: string,
  entry: { kind: TicketEntry['kind']; title: string; text?: string; by?: string },
): Promise<void> {
  const by = entry.by ?? (ctx.actor.kind === 'user' ? ctx.actor.name : undefined);
  const { kind, title, text } = entry;
  await EntryModel.create([
    { _id: ctx.id(), ticketId, at: ctx.now(), kind, title, ...(text && { text }), ...(by && { by }) },
  ]);
}

/** On the customer's own timeline stands that there is a ticket and how it stands; the details stay on it. */
export async function onTimeline(
  ctx: Context,
  { number, contactId, conversationId }: TicketDocument,
  title: string,
  text?: string,
): Promise<void> {
  await ctx.asSystem('tickets').run(addToTimeline, {
    contactId,
    kind: 'ticket',
    title: `Ticket ${number}: ${title}`.slice(0, 300),
    by: ctx.actor.kind === 'user' ? ctx.actor.name : 'System',
    ...(conversationId && { conversationId }),
    ...(text && { text: text.slice(0, 4000) }),
  });
}
