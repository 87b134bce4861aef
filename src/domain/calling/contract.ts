/** A calling session: one lead after another, never the same to two callers at once. */
import { z } from 'zod';
import { defineCommand } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { leadView } from '../leads/contract.ts';

/** The order in which leads are handed out: who rang us comes before whom we ring. */
export const reasons = ['missed', 'due', 'soon', 'fresh'] as const;
export type Reason = (typeof reasons)[number];
export const reasonLabels: Record<Reason, string> = {
  missed: 'Missed call',
  due: 'Follow-up is due',
  soon: 'Follow-up within 15 minutes',
  fresh: 'Nobody has tried yet',
};

const handedOut = z.object({
  /** Absent: nothing waits. */
  lead: leadView.optional(),
  reason: z.enum(reasons).optional(),
  why: z.string(),
  /** Since when it has been waiting. */
  since: z.string().optional(),
  /** Until then it is offered to nobody else. */
  claimedUntil: z.string().optional(),
  /** What to say, by the organisation’s script. */
  script: z.string().optional(),
  /** What was last said and done with them. */
  note: z.string().optional(),
  waiting: z.object({ missed: z.number(), due: z.number(), soon: z.number(), fresh: z.number() }),
});
export type HandedOut = z.output<typeof handedOut>;

const from = z.enum(['mine', 'everybody']).default('mine');

export const nextToRing = defineCommand({
  name: 'calling.next',
  summary: 'The next lead to ring, held for you while you do',
  permission: { action: 'update', subject: 'Lead' },
  input: z.object({
    /** `everybody`: also leads of others and of nobody, as far as your rights reach. */
    from,
    /** The lead that was rung just now: a press repeated by accident is told from the next one by it. */
    after: z.string().optional(),
  }),
  output: handedOut,
  chat: { verb: 'next', slots: [], example: 'next' },
});

export const skipLead = defineCommand({
  name: 'calling.skip',
  summary: 'Leave a lead out of your calling session for a while, and say why',
  permission: { action: 'update', subject: 'Lead' },
  input: z.object({
    leadId: z.string(),
    reason: text(300),
    /** For so long it is not offered to you again. */
    minutes: z.coerce.number().int().min(5).max(10_080).default(60),
    from,
  }),
  output: handedOut,
  chat: {
    verb: 'skip',
    slots: [
      { name: 'leadId', type: 'lead' },
      { name: 'reason', type: 'text' },
    ],
    example: 'skip #12 at lunch until two',
  },
});

export const endSession = defineCommand({
  name: 'calling.end',
  summary: 'End your calling session: what was held for you is free again',
  permission: { action: 'update', subject: 'Lead' },
  input: z.object({}),
  output: z.object({ ok: z.literal(true) }),
});

export * from './contract-said.ts';
