import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { identifyContact } from '../../contacts/contract.ts';
import { getConversation, linkContact } from '../../conversations/contract.ts';
import { identifyTicket, ticketChanged } from '../contract.ts';
import { TicketModel } from '../model.ts';
import { addressKeys } from '../proof.ts';
import { searchTokens } from '../rules.ts';
import { about, subjectFor } from '../view.ts';
import { giveContact } from '../whose.ts';

export const identifyTicketHandler = handles(identifyTicket, async (ctx, { ticketId, ...said }) => {
  const ticket = await TicketModel.findById(ticketId).lean();
  if (!ticket) throw new AppError('record.not_found', { kind: 'ticket', id: ticketId });
  const talk = ticket.conversationId
    ? await ctx.ask(getConversation, { conversationId: ticket.conversationId })
    : undefined;
  const person = await ctx.run(identifyContact, {
    identities: talk?.identities ?? [],
    contactId: ticket.contactId,
    ...said,
  });
  const known = {
    name: said.name ?? (ticket.name || person.name || ''),
    ...(person.phone && { phone: person.phone }),
    ...(person.email && { email: person.email }),
  };
  const after = {
    ...ticket,
    ...known,
    contactId: person.contactId,
    keys: [...new Set([...ticket.keys, ...addressKeys(known, ctx.config.app.organisation.country)])],
    updatedAt: ctx.now(),
  };
  await TicketModel.updateOne({ _id: ticketId }, { $set: { ...after, search: searchTokens(after) } });
  if (talk && person.contactId !== talk.contactId)
    await ctx.run(linkContact, { conversationId: talk.id, contactId: person.contactId });
  if (person.contactId !== ticket.contactId && after.assigneeId && person.created)
    await giveContact(ctx, after);
  ctx.emit(ticketChanged, about(after), subjectFor(after));
  return { ticketId, number: ticket.number };
});
