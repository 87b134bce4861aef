/** Logging a call in plain words: read, shown back with the words that each field came from, and logged when confirmed. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { callOutcomes, logCall } from '../activities/contract.ts';
import { instant } from '../contacts/contract.ts';

const said = text(4000);
const fields = ['lead', 'outcome', 'at', 'demoAt', 'calledAt', 'budget', 'note'] as const;

/** What `call.logSaid` would be given: nothing stands here that was not said. */
const toLog = z.object({
  leadId: z.string().optional(),
  outcome: z.enum(callOutcomes).exclude(['missed']).optional(),
  at: z.string().optional(),
  demoAt: z.string().optional(),
  calledAt: z.string().optional(),
  budget: z.string().optional(),
  note: z.string(),
});

export const understandCall = defineQuery({
  name: 'call.understand',
  summary: 'Log a call in your own words: what is understood is shown before anything is kept',
  permission: { action: 'create', subject: 'Call' },
  input: z.object({
    said,
    /** Absent: whoever is named in the words. */
    leadId: z.string().optional(),
  }),
  output: z.object({
    said: z.string(),
    input: toLog,
    lead: z.object({ id: z.string(), number: z.number(), name: z.string() }).optional(),
    /** Of several of that name. */
    leads: z.array(
      z.object({ id: z.string(), number: z.number(), name: z.string(), stageLabel: z.string() }),
    ),
    /** Each field with the words that it was read from. */
    understood: z.array(
      z.object({ field: z.enum(fields), label: z.string(), value: z.string(), words: z.string() }),
    ),
    /** What has to be said before it can be logged, or was not understood. */
    open: z.array(z.object({ field: z.enum(fields), why: z.string(), needed: z.boolean() })),
  }),
  chat: {
    verb: 'tell',
    slots: [{ name: 'said', type: 'text' }],
    example: 'tell spoke to Ravi, wants demo friday 4pm, budget 5 lakh',
  },
});

export const logSaid = defineCommand({
  name: 'call.logSaid',
  summary: 'Log a call as it was understood, with its demo and budget',
  permission: { action: 'create', subject: 'Call' },
  input: z.object({
    leadId: z.string(),
    outcome: logCall.input.shape.outcome,
    at: instant.optional(),
    demoAt: instant.optional(),
    calledAt: instant.optional(),
    budget: text(80).optional(),
    note: text(2000).optional(),
  }),
  output: logCall.output.extend({ demoAt: z.string().optional(), budget: z.string().optional() }),
});
