import { z } from 'zod';
import { defineCommand } from '../../../core/define.ts';
import { text } from '../../../core/validate.ts';
import { byTicket, changedTicket, ticketKinds, ticketPriorities, ticketView } from './view.ts';

const ticketSlot = { name: 'ticketId', type: 'word' } as const;

/**
 * Opens a ticket with the next ID. Where the conversation has one that is not done yet, the words are added to that one
 * and `added` says so, unless `another` is asked for: a complaint that is repeated does not become two.
 */
export const openTicket = defineCommand({
  name: 'ticket.open',
  summary: 'Open a ticket',
  permission: { action: 'create', subject: 'Ticket' },
  input: z
    .object({
      kind: z.enum(ticketKinds).default('case'),
      /** Absent: the beginning of the description. */
      subject: text(200).optional(),
      description: text(5000),
      /** A key of `tickets.categories`; unknown ones become the last. */
      category: z.string().max(60).optional(),
      priority: z.enum(ticketPriorities).optional(),
      /** How urgent the words sounded; decides where no priority is given. */
      urgency: z.enum(['low', 'normal', 'high']).optional(),
      product: text(200).optional(),
      contactId: z.string().optional(),
      conversationId: z.string().optional(),
      name: text(120).optional(),
      phone: z.string().max(40).optional(),
      email: z.string().max(320).optional(),
      assigneeId: z.string().optional(),
      another: z.boolean().default(false),
      /** Whoever opens it tells the customer the ID themselves (the bot's answer); otherwise a message goes out. */
      told: z.boolean().default(false),
    })
    .refine(({ contactId, conversationId, phone, email }) => contactId || conversationId || phone || email, {
      message: 'a phone or an e-mail is needed',
      path: ['phone'],
    }),
  output: z.object({
    ticketId: z.string(),
    number: z.string(),
    status: ticketView.shape.status,
    priority: z.enum(ticketPriorities),
    added: z.boolean(),
    ticket: ticketView,
  }),
});

export const assignTicket = defineCommand({
  name: 'ticket.assign',
  summary: 'Give a ticket to somebody',
  permission: { action: 'assign', subject: 'Ticket' },
  input: byTicket.extend({ assigneeId: z.string(), reason: text(500).optional() }),
  output: changedTicket,
  chat: {
    verb: 'give',
    slots: [
      ticketSlot,
      { name: 'assigneeId', type: 'user' },
      { name: 'reason', type: 'text', optional: true },
    ],
    example: 'give T-2026-00012 @priya',
  },
});

export const setTicketPriority = defineCommand({
  name: 'ticket.setPriority',
  summary: 'Change a ticket’s priority',
  permission: { action: 'update', subject: 'Ticket' },
  input: byTicket.extend({ priority: z.enum(ticketPriorities) }),
  output: changedTicket,
  chat: {
    verb: 'priority',
    slots: [
      ticketSlot,
      {
        name: 'priority',
        type: 'choice',
        options: { urgent: 'urgent', high: 'high', normal: 'normal', low: 'low' },
      },
    ],
    example: 'priority T-2026-00012 urgent',
  },
});

/** Work on it, or wait for the customer; resolving, closing and reopening are acts of their own. */
export const moveTicket = defineCommand({
  name: 'ticket.move',
  summary: 'Start work on a ticket, or wait for the customer',
  permission: { action: 'update', subject: 'Ticket' },
  input: byTicket.extend({ status: z.enum(['in-progress', 'waiting']), note: text(2000).optional() }),
  output: changedTicket,
  chat: {
    verb: 'work',
    slots: [ticketSlot, { name: 'note', type: 'text', optional: true }],
    fixed: { status: 'in-progress' },
    example: 'work T-2026-00012',
  },
});

export const noteOnTicket = defineCommand({
  name: 'ticket.note',
  summary: 'Note something on a ticket, for colleagues',
  permission: { action: 'update', subject: 'Ticket' },
  input: byTicket.extend({ note: text(4000) }),
  output: changedTicket,
  chat: {
    verb: 'log',
    slots: [ticketSlot, { name: 'note', type: 'text' }],
    example: 'log T-2026-00012 spare part ordered',
  },
});

/** Goes to the customer where the ticket came from. `wait`: the next word is theirs, and the clock stops. */
export const replyOnTicket = defineCommand({
  name: 'ticket.reply',
  summary: 'Write to the customer about a ticket',
  permission: { action: 'update', subject: 'Ticket' },
  input: byTicket.extend({ text: text(3500), wait: z.boolean().default(false) }),
  output: changedTicket.extend({ sent: z.boolean() }),
  chat: {
    verb: 'reply',
    slots: [ticketSlot, { name: 'text', type: 'text' }],
    example: 'reply T-2026-00012 our technician comes tomorrow at 11',
  },
});

export const resolveTicket = defineCommand({
  name: 'ticket.resolve',
  summary: 'Resolve a ticket; the customer is told the solution',
  permission: { action: 'update', subject: 'Ticket' },
  input: byTicket.extend({ solution: text(2000) }),
  output: changedTicket,
  chat: {
    verb: 'resolve',
    slots: [ticketSlot, { name: 'solution', type: 'text' }],
    example: 'resolve T-2026-00012 printer driver replaced',
  },
});

export const reopenTicket = defineCommand({
  name: 'ticket.reopen',
  summary: 'Open a resolved or closed ticket again',
  permission: { action: 'update', subject: 'Ticket' },
  input: byTicket.extend({ reason: text(2000).optional() }),
  output: changedTicket,
  chat: {
    verb: 'reopen',
    slots: [ticketSlot, { name: 'reason', type: 'text', optional: true }],
    example: 'reopen T-2026-00012 the fault is back',
  },
});

export const closeTicket = defineCommand({
  name: 'ticket.close',
  summary: 'Close a ticket for good',
  permission: { action: 'update', subject: 'Ticket' },
  input: byTicket.extend({ note: text(2000).optional() }),
  output: changedTicket,
  chat: {
    verb: 'close',
    slots: [ticketSlot, { name: 'note', type: 'text', optional: true }],
    example: 'close T-2026-00012',
  },
});
