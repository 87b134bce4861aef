import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { instant } from '../contacts/contract.ts';
import { callView, followUpView } from './contract-views.ts';
import { callOutcome, callOutcomes, saidOutcome, typedOutcomes } from './outcomes.ts';

export {
  type CallOutcome,
  callOutcome,
  callOutcomes,
  outcomeLabels,
  type SaidOutcome,
  saidOutcomes,
} from './outcomes.ts';

const byLead = z.object({ leadId: z.string() });

export const logCall = defineCommand({
  name: 'call.log',
  summary: 'Log a call',
  permission: { action: 'create', subject: 'Call' },
  input: byLead.extend({
    direction: z.enum(['in', 'out']).default('out'),
    outcome: saidOutcome,
    /** When to call again. CALL BACK needs it; RNR, NUMBER BUSY and NOT REACHABLE get the policy's retry without it. */
    at: instant.optional(),
    /** When the call took place; absent: now. */
    calledAt: instant.optional(),
    minutes: z.coerce.number().min(0).max(1440).optional(),
    purpose: text(200).optional(),
    note: text(2000).optional(),
  }),
  output: z.object({
    callId: z.string(),
    leadId: z.string(),
    leadNumber: z.number(),
    leadName: z.string(),
    outcome: z.enum(callOutcomes),
    outcomeLabel: z.string(),
    stageLabel: z.string(),
    followUp: followUpView.optional(),
  }),
  chat: {
    verb: 'call',
    slots: [
      { name: 'leadId', type: 'lead' },
      {
        name: 'outcome',
        type: 'choice',
        options: { rnr: 'rnr', callback: 'callback', busy: 'busy', answered: 'answered', ...typedOutcomes },
      },
      { name: 'at', type: 'when', keyword: 'when', optional: true },
      { name: 'note', type: 'text', optional: true },
    ],
    example: 'call #12 callback when tomorrow 5pm asked for the price list',
  },
});

export const listCalls = defineQuery({
  name: 'call.list',
  summary: 'Calls by status, newest first',
  permission: { action: 'read', subject: 'Call' },
  path: '/calls',
  input: z.object({
    direction: z.enum(['in', 'out']).optional(),
    outcome: callOutcome.optional(),
    leadId: z.string().optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  output: z.object({ items: z.array(callView), nextCursor: z.string().optional(), total: z.number() }),
});

export const removeCall = defineCommand({
  name: 'call.remove',
  summary: 'Take back a call that was logged by mistake',
  permission: { action: 'update', subject: 'Call' },
  input: z.object({ callId: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});

export const setFollowUp = defineCommand({
  name: 'followup.set',
  summary: 'Set the next follow-up of a lead',
  permission: { action: 'create', subject: 'FollowUp' },
  input: byLead.extend({
    at: instant,
    note: text(1000).optional(),
    /** Minutes before, e.g. [15, 60, 1440]; absent: as the notification rule says. The exact time is always told. */
    remind: z.array(z.number().int().min(0).max(43_200)).max(10).optional(),
  }),
  output: z.object({ followUp: followUpView }),
  chat: {
    verb: 'follow',
    slots: [
      { name: 'leadId', type: 'lead' },
      { name: 'at', type: 'when' },
      { name: 'note', type: 'text', optional: true },
    ],
    example: 'follow #12 tomorrow 5pm send the brochure first',
  },
});

export const followUpDone = defineCommand({
  name: 'followup.done',
  summary: 'Mark a follow-up as done',
  permission: { action: 'update', subject: 'FollowUp' },
  input: z.object({ followUpId: z.string() }),
  output: z.object({ followUp: followUpView }),
});

export const cancelFollowUp = defineCommand({
  name: 'followup.cancel',
  summary: 'Take a follow-up back; the one it replaced returns',
  permission: { action: 'update', subject: 'FollowUp' },
  input: z.object({ followUpId: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});

export const listFollowUps = defineQuery({
  name: 'followup.list',
  summary: 'Open follow-ups, the earliest first',
  permission: { action: 'read', subject: 'FollowUp' },
  path: '/follow-ups',
  input: z.object({
    leadId: z.string().optional(),
    assigneeId: z.string().optional(),
    from: instant.optional(),
    to: instant.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ items: z.array(followUpView), total: z.number() }),
});

/** What a timer runs at each lead-time and at the moment itself. */
export const tellFollowUp = defineCommand({
  name: 'followup.tell',
  summary: 'A follow-up is near or due (internal)',
  permission: 'system',
  input: z.object({ followUpId: z.string(), minutes: z.number() }),
  output: z.object({ ok: z.literal(true) }),
});

/**
 * What a customer asked for and somebody is to do: the lead's next follow-up says so, at the latest within the first
 * half hour of business. What is planned sooner stays, with these words added.
 */
export const requestFollowUp = defineCommand({
  name: 'followup.request',
  summary: 'Make what a customer asks for the next follow-up of their lead (internal)',
  permission: 'system',
  /** Of a long message its beginning: all of it stands in the conversation. */
  input: byLead.extend({ note: text(20_000).transform((note) => note.slice(0, 900)) }),
  output: z.object({ followUpId: z.string().optional(), at: z.string().optional() }),
});

export const addNote = defineCommand({
  name: 'note.add',
  summary: 'Add a note to a lead',
  permission: { action: 'create', subject: 'Note' },
  input: byLead.extend({ note: text(4000) }),
  output: z.object({
    noteId: z.string(),
    leadId: z.string(),
    leadNumber: z.number(),
    leadName: z.string(),
    /** Who was named with an @ and has been told. */
    told: z.array(z.string()),
    /** Who was named and may not see this lead: they were not told. */
    notTold: z.array(z.string()),
  }),
  chat: {
    verb: 'note',
    slots: [
      { name: 'leadId', type: 'lead' },
      { name: 'note', type: 'text' },
    ],
    example: 'note #12 prefers Hindi',
  },
});

export const removeNote = defineCommand({
  name: 'note.remove',
  summary: 'Take a note back',
  permission: { action: 'update', subject: 'Note' },
  input: z.object({ noteId: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});

/** Two leads became one: of their open follow-ups the earliest stays. */
export const joinFollowUps = defineCommand({
  name: 'followup.join',
  summary: 'Leave a merged lead one open follow-up (internal)',
  permission: 'system',
  input: z.object({ leadId: z.string(), mergeId: z.string() }),
  output: z.object({ followUpAt: z.string().optional() }),
});
export const partFollowUps = defineCommand({
  name: 'followup.part',
  summary: 'Give leads back the follow-ups that a merge replaced (internal)',
  permission: 'system',
  input: z.object({ leadIds: z.array(z.string()).max(2), mergeId: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});

/** Keeps calls, follow-ups and notes with whoever has the lead. */
export const assignActivities = defineCommand({
  name: 'activity.assign',
  summary: 'Give a lead’s activities to a user (internal)',
  permission: 'system',
  input: z.object({
    leadId: z.string(),
    assigneeId: z.string().optional(),
    teamIds: z.array(z.string()).default([]),
  }),
  output: z.object({ ok: z.literal(true) }),
});

export const callLogged = defineEvent(
  'call.logged',
  'A call was logged',
  z.object({
    callId: z.string(),
    leadId: z.string(),
    direction: z.enum(['in', 'out']),
    outcome: z.enum(callOutcomes),
  }),
);
export const followUpSet = defineEvent(
  'followup.set',
  'A follow-up was set',
  z.object({ followUpId: z.string(), leadId: z.string(), at: z.string() }),
);
export const followUpDue = defineEvent(
  'followup.due',
  'A follow-up is due in so many minutes (0: now)',
  z.object({
    followUpId: z.string(),
    leadId: z.string(),
    at: z.string(),
    minutes: z.number(),
    note: z.string().optional(),
  }),
);
export const followUpRequested = defineEvent(
  'followup.requested',
  'A customer asked for something that a colleague is to do',
  z.object({ leadId: z.string(), note: z.string(), followUpId: z.string().optional() }),
);
export const followUpClosed = defineEvent(
  'followup.closed',
  'A follow-up was done or taken back',
  z.object({ followUpId: z.string(), leadId: z.string() }),
);
export const noteAdded = defineEvent(
  'note.added',
  'A note was added',
  z.object({ noteId: z.string(), leadId: z.string() }),
);

export * from './contract-telephone.ts';
export * from './contract-views.ts';
