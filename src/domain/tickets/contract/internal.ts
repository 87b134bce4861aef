/** What flows ask of tickets for a customer; never offered to a person. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../../core/define.ts';
import { text } from '../../../core/validate.ts';
import { ticketStatuses } from './view.ts';

/**
 * How a customer's tickets stand. The ID alone opens nothing: besides it, the asking conversation must be the one that
 * opened the ticket, or come from an address of its contact, or name the contact's phone or mail. What is not there and
 * what is not proved are answered alike, and after a few wrong tries nothing is found for an hour.
 */
export const ticketStatus = defineCommand({
  name: 'ticket.status',
  summary: 'How a customer’s ticket stands (internal)',
  permission: 'system',
  input: z.object({
    conversationId: z.string(),
    /** The ID, or words with the ID in them. Absent: those that this conversation may see without one. */
    reference: z.string().max(4000).optional(),
    phone: z.string().max(40).optional(),
    email: z.string().max(320).optional(),
    language: z.string().max(20).optional(),
  }),
  output: z.object({
    found: z.boolean(),
    count: z.number(),
    /** The newest of those found. */
    ticketId: z.string().optional(),
    number: z.string().optional(),
    status: z.enum(ticketStatuses).optional(),
    /** Whether work on it goes on. */
    active: z.boolean().optional(),
    /** A line for each, in the customer’s language: `T-2026-00012: in progress, since Tue, 10 Mar 2026`. */
    lines: z.string().optional(),
  }),
});

/**
 * The newest ticket of this conversation, or of its sender, that is not done yet. Where there is none, `recent` names one
 * that was resolved in the last week: what is said now may be that it was not.
 */
export const openTicketOf = defineQuery({
  name: 'ticket.openOf',
  summary: 'The ticket that a conversation has open (internal)',
  permission: 'system',
  input: z.object({ conversationId: z.string() }),
  output: z.object({
    found: z.boolean(),
    recent: z.boolean().default(false),
    ticketId: z.string().optional(),
    number: z.string().optional(),
  }),
});

/** The customer's own words. One that waited for them goes on, one that was resolved is opened again. */
export const addToTicket = defineCommand({
  name: 'ticket.add',
  summary: 'Add a customer’s words to their ticket (internal)',
  permission: 'system',
  input: z.object({
    ticketId: z.string(),
    text: text(5000),
    /** Without it, thanks for a solution would open the ticket again. */
    reopen: z.boolean().default(false),
  }),
  output: z.object({ ticketId: z.string(), number: z.string(), status: z.enum(ticketStatuses) }),
});

/** Who it is from came out later: the ticket, its contact and the conversation learn of it. */
export const identifyTicket = defineCommand({
  name: 'ticket.identify',
  summary: 'Add who a ticket is from (internal)',
  permission: 'system',
  input: z.object({
    ticketId: z.string(),
    name: text(120).optional(),
    phone: z.string().max(40).optional(),
    email: z.string().max(320).optional(),
  }),
  output: z.object({ ticketId: z.string(), number: z.string() }),
});

/** What the customer thinks of the solution (M123: final feedback noted). */
export const rateTicket = defineCommand({
  name: 'ticket.rate',
  summary: 'Note a customer’s rating on their ticket (internal)',
  permission: 'system',
  input: z.object({
    ticketId: z.string(),
    rating: z.number().int().min(1).max(5),
    comment: text(5000).optional(),
  }),
  output: z.object({ ok: z.literal(true) }),
});
