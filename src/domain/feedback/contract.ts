import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';

/** What the feedback is about: our work as a whole, a demo that took place, a ticket that was resolved. */
export const feedbackSubjects = ['general', 'demo', 'ticket'] as const;

export const feedbackView = z.object({
  id: z.string(),
  at: z.string(),
  rating: z.number(),
  comment: z.string().optional(),
  about: z.enum(feedbackSubjects),
  name: z.string().optional(),
  contactId: z.string().optional(),
  conversationId: z.string().optional(),
  ticketId: z.string().optional(),
  assigneeId: z.string().optional(),
});

export const recordFeedback = defineCommand({
  name: 'feedback.record',
  summary: 'Record what a customer thinks of us (internal)',
  permission: 'system',
  input: z.object({
    conversationId: z.string(),
    /** 1 (bad) to 5 (very good). */
    rating: z.coerce.number().int().min(1).max(5),
    comment: text(5000).optional(),
    about: z.enum(feedbackSubjects).default('general'),
    ticketId: z.string().optional(),
  }),
  output: z.object({ feedbackId: z.string() }),
});

export const listFeedback = defineQuery({
  name: 'feedback.list',
  summary: 'What customers say of us, newest first, with the average',
  permission: { action: 'read', subject: 'Conversation' },
  path: '/feedback',
  input: z.object({
    about: z.enum(feedbackSubjects).optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  output: z.object({
    items: z.array(feedbackView),
    nextCursor: z.string().optional(),
    total: z.number(),
    average: z.number().optional(),
  }),
});

export const feedbackRecorded = defineEvent(
  'feedback.recorded',
  'A customer rated us',
  z.object({
    feedbackId: z.string(),
    rating: z.number(),
    about: z.enum(feedbackSubjects),
    contactId: z.string().optional(),
    ticketId: z.string().optional(),
  }),
);
