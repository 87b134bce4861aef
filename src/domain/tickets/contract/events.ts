import { z } from 'zod';
import { defineEvent } from '../../../core/define.ts';
import { ticketPriorities, ticketStatuses } from './view.ts';

const about = {
  ticketId: z.string(),
  number: z.string(),
  contactId: z.string(),
  conversationId: z.string().optional(),
};

export const ticketOpened = defineEvent(
  'ticket.opened',
  'A ticket was opened',
  z.object({
    ...about,
    subject: z.string(),
    priority: z.enum(ticketPriorities),
    assigneeId: z.string().optional(),
    /** Whether the customer has the ID already. */
    told: z.boolean(),
  }),
);
export const ticketMoved = defineEvent(
  'ticket.moved',
  'A ticket got another status',
  z.object({
    ...about,
    from: z.enum(ticketStatuses),
    to: z.enum(ticketStatuses),
    note: z.string().optional(),
  }),
);
export const ticketResolved = defineEvent(
  'ticket.resolved',
  'A ticket was resolved',
  z.object({ ...about, subject: z.string(), solution: z.string(), assigneeId: z.string().optional() }),
);
export const ticketAssigned = defineEvent(
  'ticket.assigned',
  'A ticket got another assignee',
  z.object({ ...about, subject: z.string(), to: z.string(), by: z.string(), reason: z.string().optional() }),
);
export const ticketAdded = defineEvent(
  'ticket.added',
  'A customer wrote about their ticket',
  z.object({ ...about, subject: z.string(), assigneeId: z.string().optional(), text: z.string() }),
);
export const ticketChanged = defineEvent('ticket.changed', 'A ticket’s particulars changed', z.object(about));
