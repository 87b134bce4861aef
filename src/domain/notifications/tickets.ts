/** Which rule tells of what happens to a ticket. */
import type { Context } from '../../core/context.ts';
import { on } from '../../core/define.ts';
import type { CardButton } from '../../core/messaging.ts';
import { getContact } from '../contacts/contract.ts';
import {
  moveTicket,
  replyOnTicket,
  ticketAdded,
  ticketAssigned,
  ticketOpened,
  ticketResolved,
} from '../tickets/contract.ts';
import { notify } from './notify.ts';

type About = {
  ticketId: string;
  number: string;
  subject: string;
  contactId: string;
  conversationId?: string | undefined;
};

export const ticketSubscribers = [
  on(ticketOpened, 'notifications.ticketOpened', async (ctx, event) =>
    notify(ctx, 'ticket-new', event, {
      ...(await of(ctx, event.payload)),
      notToClient: event.payload.told,
      notToAuthor: true,
      buttons: acts(event.payload.ticketId),
      ...(event.payload.assigneeId && { ownerId: event.payload.assigneeId }),
    }),
  ),
  on(ticketAssigned, 'notifications.ticketAssigned', async (ctx, event) => {
    const { to, reason, ticketId } = event.payload;
    await notify(ctx, 'ticket-assigned', event, {
      ...(await of(ctx, event.payload)),
      ownerId: to,
      notToAuthor: true,
      buttons: acts(ticketId),
      ...(reason && { note: reason }),
    });
  }),
  on(ticketAdded, 'notifications.ticketAnswered', async (ctx, event) => {
    const { assigneeId, text, ticketId } = event.payload;
    if (assigneeId)
      await notify(ctx, 'ticket-answered', event, {
        ...(await of(ctx, event.payload)),
        ownerId: assigneeId,
        notToAuthor: true,
        note: text,
        popup: true,
        buttons: acts(ticketId),
      });
  }),
  on(ticketResolved, 'notifications.ticketResolved', async (ctx, event) => {
    const { assigneeId, solution } = event.payload;
    await notify(ctx, 'ticket-resolved', event, {
      ...(await of(ctx, event.payload)),
      note: solution,
      notToAuthor: true,
      ...(assigneeId && { ownerId: assigneeId }),
    });
  }),
];

async function of(ctx: Context, { ticketId, number, subject, contactId, conversationId }: About) {
  const { name, phone, email } = await ctx.ask(getContact, { contactId });
  return {
    ticket: number,
    subject,
    contactId,
    link: `/tickets/${ticketId}`,
    name: name || phone || email || 'A customer',
    ...(conversationId && { conversationId }),
  };
}

const acts = (ticketId: string): CardButton[] => [
  { label: 'Start', command: moveTicket.name, input: { ticketId, status: 'in-progress' }, style: 'primary' },
  { label: 'Reply', command: replyOnTicket.name, input: { ticketId }, form: true },
];
