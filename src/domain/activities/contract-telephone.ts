/** What the telephone says of calls, the calls that nobody took, and numbers that nobody is to ring. */
import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { instant } from '../contacts/contract.ts';
import { callView, recordingState } from './contract-views.ts';
import { callOutcome } from './outcomes.ts';

/** Reporting a call again improves its record: a call held to be missed turns out to have been taken, say. */
export const reportCall = defineCommand({
  name: 'call.report',
  summary: 'What the telephone says of a call with a lead (internal)',
  permission: 'system',
  input: z.object({
    /** `<account>:<the provider's id>`. */
    phoneId: z.string(),
    leadId: z.string(),
    direction: z.enum(['in', 'out']),
    outcome: callOutcome,
    calledAt: instant,
    /** Spoken. */
    seconds: z.number().int().nonnegative().optional(),
    /** The client's, E.164. */
    number: z.string().optional(),
    /** Whose line it was. */
    userId: z.string().optional(),
  }),
  output: z.object({ callId: z.string() }),
});

export const markRecording = defineCommand({
  name: 'call.markRecording',
  summary: 'A call has a recording, or how it stands with it (internal)',
  permission: 'system',
  input: z.object({ phoneId: z.string(), recording: recordingState }),
  output: z.object({
    /** Absent: there is no such call. */
    callId: z.string().optional(),
    leadNumber: z.number().optional(),
  }),
});

export const missedCalls = defineQuery({
  name: 'call.missed',
  summary: 'Incoming calls that nobody took, the one that waits longest first',
  permission: { action: 'read', subject: 'Call' },
  path: '/calls/missed',
  input: z.object({
    /** `waiting`: not rung back yet, or without success; `untried`: not rung back yet. */
    state: z.enum(['waiting', 'untried', 'rungBack']).default('waiting'),
    assigneeId: z.string().optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  output: z.object({ items: z.array(callView), nextCursor: z.string().optional(), total: z.number() }),
  chat: { verb: 'missed', slots: [], example: 'missed' },
});

/** A call by its id, if whoever asks may see it. */
export const getCall = defineQuery({
  name: 'call.get',
  summary: 'One call',
  permission: { action: 'read', subject: 'Call' },
  path: '/calls/:callId',
  input: z.object({ callId: z.string() }),
  output: callView,
});

export const numberMark = z.object({
  number: z.string(),
  mark: z.enum(['wrong', 'doNotCall']),
  at: z.string(),
  by: z.string(),
  note: z.string().optional(),
});
export const numberMarks = defineQuery({
  name: 'number.marks',
  summary: 'Which of these numbers are not to be rung (internal)',
  permission: 'system',
  input: z.object({ numbers: z.array(z.string()).max(500) }),
  output: z.object({ items: z.array(numberMark) }),
});

/** They asked to be called again, or the number turned out to be theirs after all. */
export const unmarkNumber = defineCommand({
  name: 'number.unmark',
  summary: 'Let a lead’s number be rung again',
  permission: { action: 'update', subject: 'Call' },
  input: z.object({ leadId: z.string(), reason: text(300) }),
  output: z.object({ number: z.string() }),
});

export const callMissed = defineEvent(
  'call.missed',
  'Somebody rang and nobody took it',
  z.object({ callId: z.string(), leadId: z.string() }),
);
export const callRecorded = defineEvent(
  'call.recorded',
  'How it stands with a call’s recording',
  z.object({ callId: z.string(), leadId: z.string() }),
);
