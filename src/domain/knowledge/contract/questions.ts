import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../../core/define.ts';
import { text } from '../../../core/validate.ts';
import { ok } from './view.ts';

const update = { action: 'update', subject: 'Knowledge' } as const;
const byQuestion = z.object({ questionId: z.string().max(60) });
/** `answered`: an entry was written for it. `dismissed`: none will be. */
export const questionStates = ['open', 'answered', 'dismissed'] as const;

export const questionView = z.object({
  id: z.string(),
  /** As it was asked first; addresses and numbers left out. */
  text: z.string(),
  /** Other ways in which it was asked. */
  alsoAsked: z.array(z.string()),
  language: z.string().optional(),
  product: z.string().optional(),
  state: z.enum(questionStates),
  /** How often, by how many customers, and how many of them have no answer yet. */
  count: z.number(),
  customers: z.number(),
  waiting: z.number(),
  firstAt: z.string(),
  lastAt: z.string(),
  /** Its answer; while it is open, an entry that was given and did not help. */
  entry: z.object({ id: z.string(), title: z.string(), state: z.string() }).optional(),
});
export type QuestionView = z.output<typeof questionView>;

export const listQuestions = defineQuery({
  name: 'knowledge.questions',
  summary: 'What customers asked and nobody had written down, most asked first',
  permission: update,
  path: '/knowledge-questions',
  input: z.object({
    state: z.enum(questionStates).default('open'),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  output: z.object({
    items: z.array(questionView),
    counts: z.object({ open: z.number(), answered: z.number(), dismissed: z.number() }),
  }),
});

export const getQuestion = defineQuery({
  name: 'knowledge.question',
  summary: 'An unanswered question, and who waits for its answer',
  permission: update,
  path: '/knowledge-questions/:questionId',
  input: byQuestion,
  output: z.object({
    question: questionView,
    /** The words that would be sent: its entry's, as a chat shows them. */
    answer: z.string().optional(),
    /** Those whose conversations one may read. */
    asked: z.array(
      z.object({
        conversationId: z.string(),
        name: z.string(),
        channel: z.string(),
        text: z.string(),
        at: z.string(),
        answeredAt: z.string().optional(),
      }),
    ),
  }),
});

export const dismissQuestion = defineCommand({
  name: 'knowledge.dismiss',
  summary: 'Say that a question needs no entry, or take that back',
  permission: update,
  input: byQuestion.extend({ state: z.enum(['open', 'dismissed']).default('dismissed') }),
  output: ok,
});

/** Staff send, nothing goes by itself: the customers see it as the colleague's message. */
export const sendAnswer = defineCommand({
  name: 'knowledge.send',
  summary: 'Send the answer to customers who still wait for it',
  permission: update,
  input: byQuestion.extend({
    /** Absent: as it stands in the entry. */
    text: text(4000).optional(),
    /** Absent: everybody who waits and whom one may answer. */
    conversationIds: z.array(z.string()).max(500).optional(),
  }),
  output: z.object({
    sent: z.number(),
    /** Opted out, or not one's to answer. */
    skipped: z.number(),
  }),
});

/** A colleague put an entry into a reply. */
export const noteInserted = defineCommand({
  name: 'knowledge.inserted',
  summary: 'Count an entry that a colleague sent',
  permission: { action: 'update', subject: 'Conversation' },
  input: z.object({ conversationId: z.string(), entryId: z.string().max(60) }),
  output: ok,
});

export const questionAsked = defineEvent(
  'knowledge.asked',
  'A customer asked what nobody had written down',
  z.object({
    questionId: z.string(),
    conversationId: z.string(),
    /** As it was asked first, and this time. */
    text: z.string(),
    asked: z.string(),
    count: z.number(),
  }),
);
