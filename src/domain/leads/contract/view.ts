import { z } from 'zod';
import { money } from '../../../core/money.ts';
import { verdict } from '../../enquiries/contract.ts';

export const leadView = z.object({
  id: z.string(),
  number: z.number(),
  name: z.string(),
  phone: z.string().optional(),
  email: z.string().optional(),
  city: z.string().optional(),
  product: z.string().optional(),
  quantity: z.string().optional(),
  budget: z.string().optional(),
  /** What the deal is worth, once somebody has said so. */
  value: money.optional(),
  source: z.string(),
  medium: z.string(),
  campaign: z.string().optional(),
  /** What kind of customer it is: one's own words, rights and assignment go by them. */
  industry: z.string().optional(),
  segment: z.string().optional(),
  size: z.string().optional(),
  stage: z.string(),
  stageLabel: z.string(),
  stageKind: z.enum(['open', 'won', 'lost']),
  /** Stages that this lead may go to now. */
  nextStages: z.array(z.object({ key: z.string(), label: z.string() })),
  lostReason: z.string().optional(),
  lostReasonLabel: z.string().optional(),
  assigneeId: z.string().optional(),
  assigneeName: z.string().optional(),
  projectId: z.string().optional(),
  contactId: z.string(),
  followUpAt: z.string().optional(),
  hot: z.boolean(),
  createdAt: z.string(),
  lastActivityAt: z.string(),
  lastCallOutcome: z.string().optional(),
  demoAt: z.string().optional(),
  verdict,
});
export type LeadView = z.output<typeof leadView>;
/** A lead by its id, as most commands on one take it. */
export const byLead = z.object({ leadId: z.string() });
/** What a command on a lead answers. */
export const changedLead = z.object({ lead: leadView });
