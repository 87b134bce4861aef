import { z } from 'zod';
import { defineCommand, defineEvent } from '../../core/define.ts';

/** Writes to silent leads where they wrote to us (M17); who opted out, or is in a colleague's hands, is left alone. */
export const reengageSilent = defineCommand({
  name: 'outreach.reengage',
  summary: 'Write to leads on which nothing has happened for long',
  permission: { action: 'export', subject: 'Lead' },
  input: z.object({
    /** Absent: `outreach.silentDays` of the configuration. */
    silentDays: z.coerce.number().int().min(1).max(3650).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    written: z.number(),
    /** Silent too, but not to be reached by chat: they have to be called. */
    unreachable: z.number(),
    leads: z.array(z.object({ leadId: z.string(), number: z.number(), name: z.string() })),
  }),
  chat: { verb: 'reengage', slots: [], example: 'reengage' },
});

/** Begins a flow in a conversation, if it is the bot's: what timers run. */
export const beginFlow = defineCommand({
  name: 'outreach.begin',
  summary: 'Begin a flow in a client’s conversation (internal)',
  permission: 'system',
  input: z.object({
    contactId: z.string(),
    /** Absent: where the client wrote last. */
    conversationId: z.string().optional(),
    flow: z.string(),
    vars: z.record(z.string(), z.unknown()).default({}),
    /** The same once only. */
    once: z.string(),
  }),
  output: z.object({ begun: z.boolean() }),
});

export const leadWrittenTo = defineEvent(
  'outreach.leadWrittenTo',
  'A silent lead was written to',
  z.object({ leadId: z.string(), conversationId: z.string() }),
);
