import { z } from 'zod';
import { defineCommand, defineEvent } from '../../../core/define.ts';
import { entryFields, entryView, language } from './view.ts';

const update = { action: 'update', subject: 'Knowledge' } as const;
const create = { action: 'create', subject: 'Knowledge' } as const;

export const createEntry = defineCommand({
  name: 'knowledge.create',
  summary: 'Write an answer or an article',
  permission: create,
  input: z.object({
    ...entryFields,
    kind: entryFields.kind.default('question'),
    wordings: entryFields.wordings.default([]),
    language: language.default('en'),
    translationOf: entryFields.translationOf.optional(),
    products: entryFields.products.default([]),
    links: entryFields.links.default([]),
    state: entryFields.state.default('draft'),
    /** The unanswered question that this is the answer to. */
    questionId: z.string().max(60).optional(),
  }),
  output: z.object({ entry: entryView }),
});

export const updateEntry = defineCommand({
  name: 'knowledge.update',
  summary: 'Change, publish or withdraw an answer or an article',
  permission: update,
  input: z
    .object(entryFields)
    .omit({ translationOf: true })
    .partial()
    .extend({
      entryId: z.string().max(60),
      /** `null`: it stands for itself. */
      translationOf: entryFields.translationOf.nullable().optional(),
      /** The version that was changed: refused when there is a newer one. */
      expected: z.number().int().optional(),
    }),
  output: z.object({ entry: entryView }),
});

export const revertEntry = defineCommand({
  name: 'knowledge.revert',
  summary: 'Take an earlier version of an entry again',
  permission: update,
  input: z.object({ entryId: z.string().max(60), version: z.number().int().min(1) }),
  output: z.object({ entry: entryView }),
});

export const importEntries = defineCommand({
  name: 'knowledge.import',
  summary: 'Take entries over from text, or from the files under config/knowledge',
  permission: create,
  input: z.object({
    /** Markdown or plain text. Absent: the files of config/knowledge. */
    text: z.string().min(1).max(500_000).optional(),
    language: language.default('en'),
    state: entryFields.state.exclude(['archived']).default('draft'),
  }),
  output: z.object({
    created: z.number(),
    changed: z.number(),
    /** Changed here since they were taken over, so that the file's words were left aside; and those as they were. */
    kept: z.number(),
    entryIds: z.array(z.string()),
  }),
});

export const entryChanged = defineEvent(
  'knowledge.changed',
  'An entry of the knowledge base was written, changed or withdrawn',
  z.object({ entryId: z.string() }),
);
