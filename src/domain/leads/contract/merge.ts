import { z } from 'zod';
import { defineCommand, defineEvent } from '../../../core/define.ts';
import { leadView } from './view.ts';

/** From which of the two leads a field is taken; absent: from the one that is kept, and where that has none, from the other. */
const side = z.enum(['keep', 'merge']).optional();
export const leadChoice = z.object({
  name: side,
  phone: side,
  email: side,
  city: side,
  company: side,
  /** Absent: an open lead stays open. */
  stage: side,
  product: side,
  quantity: side,
  budget: side,
  value: side,
  source: side,
  medium: side,
  campaign: side,
  industry: side,
  segment: side,
  size: side,
  /** Whose it becomes; the other's needs the right to assign. */
  assignee: side,
});
export type LeadChoice = z.output<typeof leadChoice>;

/** Their contacts become one as well. */
export const mergeLead = defineCommand({
  name: 'lead.merge',
  summary: 'Merge two leads into one, with all interactions under it',
  permission: { action: 'update', subject: 'Lead' },
  input: z.object({ keep: z.string(), merge: z.string(), fields: leadChoice.default({}) }),
  output: z.object({
    mergeId: z.string(),
    lead: leadView,
    /** What the one that is gone was called. */
    label: z.string(),
    /** How many records went along, by kind. */
    moved: z.record(z.string(), z.number()),
  }),
  chat: {
    verb: 'merge',
    slots: [
      { name: 'keep', type: 'lead' },
      { name: 'merge', type: 'lead' },
    ],
    example: 'merge #12 #15',
  },
});
export const unmergeLead = defineCommand({
  name: 'lead.unmerge',
  summary: 'Undo a merge of leads: what was moved goes back, what came since stays',
  permission: { action: 'update', subject: 'Lead' },
  input: z.object({ mergeId: z.string() }),
  output: z.object({
    lead: leadView,
    restored: z.object({ id: z.string(), number: z.number(), name: z.string() }),
  }),
});

const aboutMerge = z.object({ mergeId: z.string(), keep: z.string(), merge: z.string() });
export const leadMerged = defineEvent('lead.merged', 'Two leads became one', aboutMerge);
export const leadUnmerged = defineEvent('lead.unmerged', 'A merge of leads was undone', aboutMerge);
