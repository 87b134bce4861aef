/** For the conversation engine: it looks up within a turn, and notes what came of it at the turn's end. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../../core/define.ts';
import { foundView, language, ok } from './view.ts';

export const findAnswer = defineQuery({
  name: 'knowledge.find',
  summary: 'The entry that answers a question (internal)',
  permission: 'system',
  input: z.object({
    question: z.string().max(1000),
    language: language.optional(),
    product: z.string().optional(),
  }),
  output: z.object({
    /** Absent: nobody has written an answer. `certain`: rather this than what else the message could be. */
    answer: foundView.extend({ certain: z.boolean() }).optional(),
  }),
});

export const publishedPassages = defineQuery({
  name: 'knowledge.published',
  summary: 'What customers may be told, for trying flows out (internal)',
  permission: 'system',
  input: z.object({}),
  output: z.object({
    passages: z.array(z.object({ title: z.string(), wordings: z.array(z.string()), text: z.string() })),
  }),
});

export const noteKnowledge = defineCommand({
  name: 'knowledge.note',
  summary: 'Note which entries were given, and what was asked in vain (internal)',
  permission: 'system',
  input: z.object({
    conversationId: z.string(),
    given: z.array(z.object({ entryId: z.string(), question: z.string().max(1000) })).default([]),
    /** `entryId`: what was given before, and did not help. */
    unknown: z
      .array(z.object({ question: z.string().max(1000), entryId: z.string().optional() }))
      .default([]),
    /** The entry given before, after which they ask on or want a person. */
    askedAgain: z.string().optional(),
    language: language.optional(),
    product: z.string().optional(),
  }),
  output: ok,
});
