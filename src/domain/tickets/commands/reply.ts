import { mailAccount } from '../../../core/config.ts';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { getContact } from '../../contacts/contract.ts';
import {
  deliverNotice,
  getConversation,
  reachContact,
  sendMessage,
  signalConversation,
} from '../../conversations/contract.ts';
import { ticketCard } from '../card.ts';
import { replyOnTicket, ticketChanged } from '../contract.ts';
import { log } from '../log.ts';
import { type TicketDocument, TicketModel } from '../model.ts';
import { moveTo } from '../move.ts';
import { about, reach, subjectFor, viewById } from '../view.ts';
import { formOf } from './work.ts';

/** To where the ticket came from; else where the customer wrote last; else by mail. Writing starts work on it. */
export const replyOnTicketHandler = handles(
  replyOnTicket,
  async (ctx, { ticketId, text, wait }) => {
    const ticket = await reach(ctx, 'update', ticketId);
    const to = wait
      ? 'waiting'
      : ticket.status === 'open' || ticket.status === 'reopened'
        ? 'in-progress'
        : undefined;
    const sent = await send(ctx, ticket, text, wait);
    await log(ctx, ticket._id, { kind: 'reply', title: sent ? 'Replied' : 'Not sent: no address', text });
    if (to && ticket.active && ticket.status !== to) await moveTo(ctx, ticket, to);
    await TicketModel.updateOne({ _id: ticket._id }, { $set: { updatedAt: ctx.now() } });
    ctx.emit(ticketChanged, about(ticket), subjectFor(ticket));
    ctx.audit({
      kind: 'Ticket',
      id: ticket._id,
      after: { reply: text },
      text: `replied on ${ticket.number}`,
    });
    return { ticket: await viewById(ctx, ticket._id), sent };
  },
  {
    present: ({ ticket, sent }, at) => ({
      ...(!sent && {
        text: 'It could not be sent: the customer has written on no channel and left no e-mail.',
      }),
      cards: [ticketCard(ticket, at)],
      update: true,
    }),
    form: formOf(replyOnTicket.name, 'Reply on', 'text', 'What the customer gets'),
  },
);

async function send(ctx: Context, ticket: TicketDocument, text: string, wait: boolean): Promise<boolean> {
  const system = ctx.asSystem('tickets');
  const own = ticket.conversationId
    ? await system.ask(getConversation, { conversationId: ticket.conversationId })
    : undefined;
  if (own?.optedOut) throw new AppError('conversation.opted_out', { name: ticket.name || 'This customer' });
  const talk = own ?? (await system.ask(reachContact, { contactId: ticket.contactId })).conversation;
  const worded = `${ticket.number}: ${text}`;
  if (talk) {
    const author = { kind: 'user' as const, id: ctx.actor.id, name: ctx.actor.name };
    const content = { kind: 'text' as const, text: worded, subject: `${ticket.number}: ${ticket.subject}` };
    await system.run(sendMessage, { conversationId: talk.id, content, author, purpose: 'utility' });
    // The bot knows that the next words are the answer, and puts them on the ticket.
    if (wait)
      await system.run(signalConversation, {
        conversationId: talk.id,
        name: 'flow',
        data: { flow: 'ticket-answer', vars: { ticketId: ticket._id, ticket: ticket.number } },
      });
    return true;
  }
  const email = ticket.email ?? (await system.ask(getContact, { contactId: ticket.contactId })).email;
  const mail = mailAccount(ctx.config);
  if (!email || !mail) return false;
  await system.run(deliverNotice, {
    channel: mail.channel,
    account: mail.id,
    to: email,
    purpose: 'utility',
    content: { kind: 'text', text: worded, subject: `${ticket.number}: ${ticket.subject}` },
  });
  return true;
}
