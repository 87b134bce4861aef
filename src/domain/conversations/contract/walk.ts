import { z } from 'zod';
import { defineQuery } from '../../../core/define.ts';

const walk = z.object({
  conversationId: z.string(),
  contactId: z.string().optional(),
  leadId: z.string().optional(),
  mode: z.enum(['bot', 'human']),
  /** Flow → step → times entered, gone on, asked again, handed over; seconds waited, and how often. */
  steps: z.record(
    z.string(),
    z.record(z.string(), z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()])),
  ),
  /** `<flow>.<step>` of an A/B step → the way taken. */
  variants: z.record(z.string(), z.string()),
  at: z.object({ flow: z.string(), step: z.string(), since: z.string() }).optional(),
  released: z.boolean(),
  resting: z.boolean(),
  heardAt: z.string().optional(),
  booked: z.boolean(),
  /** In full units of the currency. */
  budget: z.number().optional(),
});
export type WalkView = z.output<typeof walk>;
/** What the sessions remember of the way through the flows: for the funnel. */
export const conversationWalks = defineQuery({
  name: 'conversation.walks',
  summary: 'The ways that conversations took through the flows (internal)',
  permission: 'system',
  input: z.object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    cursor: z.string().optional(),
    limit: z.number().int().min(1).max(1000),
  }),
  output: z.object({ items: z.array(walk), nextCursor: z.string().optional() }),
});
