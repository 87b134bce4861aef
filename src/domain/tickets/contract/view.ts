import { z } from 'zod';
import { text } from '../../../core/validate.ts';

/** A case is a request for service; a complaint says that something is wrong with what we did. */
export const ticketKinds = ['case', 'complaint'] as const;
export const ticketStatuses = ['open', 'in-progress', 'waiting', 'resolved', 'closed', 'reopened'] as const;
export type TicketStatus = (typeof ticketStatuses)[number];
/** The most pressing first. */
export const ticketPriorities = ['urgent', 'high', 'normal', 'low'] as const;
export type TicketPriority = (typeof ticketPriorities)[number];

const choice = z.object({ key: z.string(), label: z.string() });

export const ticketView = z.object({
  id: z.string(),
  /** What the customer was told, e.g. `T-2026-00012`. */
  number: z.string(),
  kind: z.enum(ticketKinds),
  subject: z.string(),
  description: z.string(),
  category: z.string(),
  categoryLabel: z.string(),
  product: z.string().optional(),
  status: z.enum(ticketStatuses),
  statusLabel: z.string(),
  /** Where it may go now. */
  nextStatuses: z.array(choice.extend({ key: z.enum(ticketStatuses) })),
  priority: z.enum(ticketPriorities),
  priorityLabel: z.string(),
  name: z.string(),
  phone: z.string().optional(),
  email: z.string().optional(),
  contactId: z.string(),
  conversationId: z.string().optional(),
  channel: z.string().optional(),
  assigneeId: z.string().optional(),
  assigneeName: z.string().optional(),
  openedAt: z.string(),
  updatedAt: z.string(),
  /** By when it is to be resolved; absent while it waits for the customer and once it is done. */
  dueAt: z.string().optional(),
  overdue: z.boolean(),
  resolvedAt: z.string().optional(),
  solution: z.string().optional(),
});
export type TicketView = z.output<typeof ticketView>;

export const entryKinds = [
  'opened',
  'customer',
  'reply',
  'note',
  'status',
  'priority',
  'assignment',
  'rating',
] as const;
/** A line of the ticket's log book. */
export const ticketEntry = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum(entryKinds),
  title: z.string(),
  text: z.string().optional(),
  by: z.string().optional(),
});
export type TicketEntry = z.output<typeof ticketEntry>;

/** A ticket by its record id or by the ID that the customer has, in any spelling: `T-2026-00012`, `t 2026 12`. */
export const byTicket = z.object({ ticketId: text(80) });
export const changedTicket = z.object({ ticket: ticketView });
