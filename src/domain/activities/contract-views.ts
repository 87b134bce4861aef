import { z } from 'zod';
import { callOutcomes } from './outcomes.ts';

export const followUpView = z.object({
  id: z.string(),
  leadId: z.string(),
  leadNumber: z.number(),
  leadName: z.string(),
  at: z.string(),
  note: z.string().optional(),
  remind: z.array(z.number()),
  status: z.enum(['open', 'done', 'replaced']),
  assigneeId: z.string().optional(),
});
export type FollowUpView = z.output<typeof followUpView>;

export const missedStates = ['open', 'tried', 'rungBack'] as const;
/** `waiting`: still at the provider; `failed`: it could not be fetched. */
export const recordingState = z.object({
  id: z.string(),
  state: z.enum(['waiting', 'stored', 'failed']),
  seconds: z.number().optional(),
});

export const callView = z.object({
  id: z.string(),
  leadId: z.string(),
  leadNumber: z.number(),
  leadName: z.string(),
  direction: z.enum(['in', 'out']),
  outcome: z.enum(callOutcomes),
  outcomeLabel: z.string(),
  calledAt: z.string(),
  minutes: z.number().optional(),
  purpose: z.string().optional(),
  note: z.string().optional(),
  by: z.string(),
  assigneeId: z.string().optional(),
  /** As the telephone counted them. */
  seconds: z.number().optional(),
  /** Recorded by the telephone, and not yet completed by whoever spoke. */
  automatic: z.boolean(),
  /** Of an incoming call that nobody took: `open`, `tried` (rung back without success), `rungBack`. */
  missed: z.enum(missedStates).optional(),
  rungBackAt: z.string().optional(),
  rungBackBy: z.string().optional(),
  recording: recordingState.optional(),
});
export type CallView = z.output<typeof callView>;
