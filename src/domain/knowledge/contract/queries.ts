import { z } from 'zod';
import { defineQuery } from '../../../core/define.ts';
import { text } from '../../../core/validate.ts';
import { entryKinds, entryStates, entryView, foundView, language } from './view.ts';

const read = { action: 'read', subject: 'Knowledge' } as const;
const byEntry = z.object({ entryId: z.string().max(60) });

export const listEntries = defineQuery({
  name: 'knowledge.list',
  summary: 'Answers and articles, newest change first',
  permission: read,
  path: '/knowledge',
  input: z.object({
    /** By the beginnings of words. */
    search: z.string().max(200).optional(),
    kind: z.enum(entryKinds).optional(),
    /** Absent: all but archived ones. */
    state: z.enum(entryStates).optional(),
    language: language.optional(),
    product: z.string().max(120).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    items: z.array(entryView),
    nextCursor: z.string().optional(),
    total: z.number(),
    /** Of all that one may read. */
    counts: z.object({ draft: z.number(), published: z.number(), archived: z.number() }),
    languages: z.array(z.string()),
    /** Files under config/knowledge that can be taken over. */
    files: z.array(z.string()),
  }),
});

export const getEntry = defineQuery({
  name: 'knowledge.get',
  summary: 'One answer or article',
  permission: read,
  path: '/knowledge/:entryId',
  input: byEntry,
  output: z.object({
    entry: entryView,
    /** The same in other languages. */
    translations: z.array(z.object({ id: z.string(), language: z.string(), title: z.string() })),
  }),
});

export const entryVersions = defineQuery({
  name: 'knowledge.versions',
  summary: 'Versions of an entry, the newest first',
  permission: { action: 'update', subject: 'Knowledge' },
  path: '/knowledge/:entryId/versions',
  input: byEntry,
  output: z.object({
    items: z.array(
      z.object({
        version: z.number(),
        by: z.string(),
        at: z.string(),
        title: z.string(),
        text: z.string(),
        state: z.enum(entryStates),
      }),
    ),
  }),
});

export const searchKnowledge = defineQuery({
  name: 'knowledge.search',
  summary: 'What the knowledge base says of a question',
  permission: read,
  path: '/knowledge-search',
  input: z.object({
    question: text(500),
    language: language.optional(),
    product: z.string().max(120).optional(),
    limit: z.coerce.number().int().min(1).max(20).default(5),
  }),
  output: z.object({ items: z.array(foundView) }),
  chat: {
    verb: 'kb',
    slots: [{ name: 'question', type: 'text' }],
    example: 'kb refund policy',
    fixed: { limit: 3 },
  },
});

/** What is offered to whoever answers a conversation: to its last words, in its language. */
export const suggestEntries = defineQuery({
  name: 'knowledge.suggest',
  summary: 'Entries that may answer a customer’s last words',
  permission: { action: 'read', subject: 'Conversation' },
  input: z.object({ conversationId: z.string(), limit: z.coerce.number().int().min(1).max(20).default(4) }),
  output: z.object({ question: z.string(), items: z.array(foundView) }),
});

export const readText = defineQuery({
  name: 'knowledge.read',
  summary: 'Which entries a text would become; nothing is kept',
  permission: { action: 'create', subject: 'Knowledge' },
  input: z.object({ text: z.string().min(1).max(500_000), language: language.default('en') }),
  output: z.object({
    items: z.array(
      z.object({
        kind: z.enum(entryKinds),
        title: z.string(),
        text: z.string(),
        wordings: z.array(z.string()),
        language: z.string(),
      }),
    ),
    /** What was left out, and why. */
    faults: z.array(z.string()),
  }),
});

export const previewEntry = defineQuery({
  name: 'knowledge.preview',
  summary: 'How an answer looks on each channel',
  permission: read,
  input: z.object({
    text: z.string().max(20_000).default(''),
    links: z
      .array(z.object({ label: z.string().max(120), url: z.string().max(500) }))
      .max(10)
      .default([]),
  }),
  output: z.object({
    items: z.array(
      z.object({
        channel: z.string(),
        text: z.string(),
        /** Longest text that the channel carries; a longer one is cut. */
        limit: z.number(),
        cut: z.boolean(),
      }),
    ),
  }),
});
