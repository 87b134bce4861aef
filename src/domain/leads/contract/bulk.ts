/** For whoever records a whole file of enquiries: leads read and written together. Never offered to a person. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../../core/define.ts';
import { verdict } from '../../enquiries/contract.ts';
import { leadRef, openLead } from './internal.ts';

const ok = z.object({ ok: z.literal(true) });
const date = z.date();

/** What of a lead may be empty and can be filled from a file. */
export const fillable = [
  'name',
  'phone',
  'email',
  'city',
  'product',
  'quantity',
  'budget',
  'campaign',
  'industry',
  'segment',
  'size',
] as const;
export type Fillable = (typeof fillable)[number];
const filling = z.partialRecord(z.enum(fillable), z.string());

export const leadsOfContacts = defineQuery({
  name: 'lead.ofContacts',
  summary: 'All leads of many contacts, the newest first (internal)',
  permission: 'system',
  input: z.object({ contactIds: z.array(z.string()).max(5000) }),
  output: z.object({
    items: z.array(z.object({ ref: leadRef, empty: z.array(z.enum(fillable)) })),
    /** The number that the next lead gets. */
    nextNumber: z.number(),
  }),
});

/** Which of these one may see (or change). */
export const reachableLeads = defineQuery({
  name: 'lead.reachable',
  summary: 'Which of these leads you may see or change',
  permission: { action: 'read', subject: 'Lead' },
  input: z.object({
    ids: z.array(z.string()).max(5000),
    action: z.enum(['read', 'update']).default('read'),
  }),
  output: z.object({ items: z.array(z.object({ id: z.string(), number: z.number(), name: z.string() })) }),
});

const owner = {
  assigneeId: z.string().optional(),
  projectId: z.string().optional(),
  teamIds: z.array(z.string()).default([]),
};
export const openLeads = defineCommand({
  name: 'lead.openMany',
  summary: 'Make the leads of a batch (internal)',
  permission: 'system',
  input: z.object({
    /** The number of the first, as `lead.ofContacts` told it: taken meanwhile, the batch is looked at anew. */
    first: z.number().int().positive(),
    at: date,
    leads: z.array(
      openLead.input
        .omit({ conversationId: true, assigneeId: true })
        .extend({ leadId: z.string(), ...owner }),
    ),
  }),
  output: ok,
});

/** As a lead was before a batch came back on it. */
export const leadBefore = z.object({
  verdict: verdict.optional(),
  lastActivityAt: date,
  stage: z.string(),
  lostReason: z.string().optional(),
  closedAt: date.optional(),
  cameFrom: z.any().optional(),
  lastCallOutcome: z.string().optional(),
});
export type LeadBefore = z.output<typeof leadBefore>;
export const reopenLeads = defineCommand({
  name: 'lead.reopenMany',
  summary: 'Bring the leads of a batch back to the active pipeline (internal)',
  permission: 'system',
  input: z.object({ at: date, leadIds: z.array(z.string()) }),
  output: z.object({ before: z.record(z.string(), leadBefore) }),
});
export const touchLeads = defineCommand({
  name: 'lead.touchMany',
  summary: 'Note an activity on the leads of a batch, and fill what is empty (internal)',
  permission: 'system',
  input: z.object({
    at: date,
    leads: z.array(z.object({ leadId: z.string(), fill: filling.optional() })),
  }),
  output: ok,
});

/** Each as it was, if nothing has happened on it since `at`; otherwise the whole batch is looked at anew. */
export const rewindLeads = defineCommand({
  name: 'lead.rewindMany',
  summary: 'Take back what a batch did to leads (internal)',
  permission: 'system',
  input: z.object({
    leads: z.array(
      z.object({
        leadId: z.string(),
        /** Its last activity as it was read. */
        expected: date,
        remove: z.boolean().default(false),
        before: leadBefore.partial().optional(),
        empty: z.array(z.enum(fillable)).default([]),
      }),
    ),
  }),
  output: ok,
});
