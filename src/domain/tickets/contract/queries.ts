import { z } from 'zod';
import { defineQuery } from '../../../core/define.ts';
import { text } from '../../../core/validate.ts';
import { byTicket, ticketEntry, ticketKinds, ticketPriorities, ticketStatuses, ticketView } from './view.ts';

export const ticketViewNames = ['open', 'mine', 'overdue', 'waiting', 'resolved', 'all'] as const;
export type TicketViewName = (typeof ticketViewNames)[number];
export const ticketSorts = ['newest', 'oldest', 'priority', 'due'] as const;

export const listTickets = defineQuery({
  name: 'ticket.list',
  summary: 'Tickets by filter, with their count',
  permission: { action: 'read', subject: 'Ticket' },
  path: '/tickets',
  input: z.object({
    view: z.enum(ticketViewNames).optional(),
    status: z.enum(ticketStatuses).optional(),
    kind: z.enum(ticketKinds).optional(),
    priority: z.enum(ticketPriorities).optional(),
    category: z.string().max(60).optional(),
    /** `none`: nobody's yet. */
    assigneeId: z.string().optional(),
    contactId: z.string().optional(),
    /** An ID, a number, a name or words of the subject, by their beginnings. */
    search: z.string().max(200).optional(),
    /** Absent: as the view says, else the newest first. */
    sort: z.enum(ticketSorts).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ items: z.array(ticketView), nextCursor: z.string().optional(), total: z.number() }),
  chat: {
    verb: 'tickets',
    slots: [
      {
        name: 'view',
        type: 'choice',
        options: {
          open: 'open',
          mine: 'mine',
          overdue: 'overdue',
          waiting: 'waiting',
          resolved: 'resolved',
          all: 'all',
        },
        optional: true,
      },
    ],
    fixed: { limit: 10, view: 'open' },
    example: 'tickets overdue',
  },
});

export const ticketViews = defineQuery({
  name: 'ticket.views',
  summary: 'The named ticket filters with their counts',
  permission: { action: 'read', subject: 'Ticket' },
  path: '/tickets/views',
  input: z.object({}),
  output: z.object({
    items: z.array(z.object({ view: z.enum(ticketViewNames), label: z.string(), count: z.number() })),
    categories: z.array(z.object({ key: z.string(), label: z.string() })),
  }),
});

export const getTicket = defineQuery({
  name: 'ticket.get',
  summary: 'One ticket with its log book',
  permission: { action: 'read', subject: 'Ticket' },
  path: '/tickets/:ticketId',
  input: byTicket,
  output: ticketView.extend({
    entries: z.array(ticketEntry),
    /** Older lines than those shown. */
    earlier: z.number(),
  }),
  chat: { verb: 'ticket', slots: [{ name: 'ticketId', type: 'word' }], example: 'ticket T-2026-00012' },
});

export const findTickets = defineQuery({
  name: 'ticket.find',
  summary: 'Find tickets by ID, customer or subject',
  permission: { action: 'read', subject: 'Ticket' },
  input: z.object({ search: text(200), limit: z.coerce.number().int().min(1).max(20).default(5) }),
  output: z.object({ items: z.array(ticketView), total: z.number() }),
});
