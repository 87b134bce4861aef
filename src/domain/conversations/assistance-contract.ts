/** What the language layer does for colleagues: summaries and drafts. */
import { z } from 'zod';
import { defineCommand } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { byId } from './contract/shared.ts';

const engine = z.enum(['llm', 'offline']);
export const decidedView = z.object({ engine, model: z.string().optional(), reason: z.string().optional() });
/** `engine` is absent while the model is being asked. */
export const writtenView = z.object({
  id: z.string(),
  text: z.string().optional(),
  wish: z.string().optional(),
  engine: engine.optional(),
  model: z.string().optional(),
  reason: z.string().optional(),
  at: z.string(),
});
export type WrittenView = z.output<typeof writtenView>;

/** What the conversation is about, for whoever takes over or calls. With the language layer on, its own follows. */
export const summariseConversation = defineCommand({
  name: 'conversation.summarise',
  summary: 'Sum a conversation up',
  permission: { action: 'read', subject: 'Conversation' },
  input: byId,
  output: z.object({ summary: z.string(), asked: z.boolean() }),
});
/** The same by lead, for chat: `summary #12`. */
export const summariseLead = defineCommand({
  name: 'conversation.summariseLead',
  summary: 'What a lead and we wrote, in short',
  permission: { action: 'read', subject: 'Conversation' },
  input: z.object({ leadId: z.string() }),
  output: z.object({ summary: z.string(), asked: z.boolean() }),
  chat: { verb: 'summary', slots: [{ name: 'leadId', type: 'lead' }], example: 'summary #12' },
});
/** A reply for the colleague to mend and send: nothing of it goes to the customer by itself. */
export const draftReply = defineCommand({
  name: 'conversation.draft',
  summary: 'Have a reply drafted',
  permission: { action: 'update', subject: 'Conversation' },
  input: byId.extend({ wish: text(600) }),
  output: z.object({ draftId: z.string() }),
});
/** What the language layer wrote. */
export const keepWritten = defineCommand({
  name: 'conversation.keepWritten',
  summary: 'Keep a summary or a draft (internal)',
  permission: 'system',
  input: byId.extend({
    kind: z.enum(['brief', 'draft']),
    id: z.string(),
    text: z.string().optional(),
    decided: decidedView,
  }),
  output: z.object({ ok: z.literal(true) }),
});
