/** What other modules ask of leads; never offered to a person. */
import { z } from 'zod';
import { leadMoments } from '../../../core/config-schema.ts';
import { defineCommand, defineQuery } from '../../../core/define.ts';
import { instant } from '../../contacts/contract.ts';
import { verdict } from '../../enquiries/contract.ts';
import { byLead } from './view.ts';

export const leadRef = z.object({
  id: z.string(),
  number: z.number(),
  name: z.string(),
  phone: z.string().optional(),
  email: z.string().optional(),
  product: z.string().optional(),
  source: z.string(),
  medium: z.string(),
  stage: z.string(),
  stageLabel: z.string(),
  stageKind: z.enum(['open', 'won', 'lost']),
  lostReason: z.string().optional(),
  lostReasonLabel: z.string().optional(),
  contactId: z.string(),
  assigneeId: z.string().optional(),
  teamIds: z.array(z.string()),
  lastActivityAt: z.string(),
  createdAt: z.string(),
  followUpAt: z.string().optional(),
  lastCallOutcome: z.string().optional(),
  /** From a channel of the internet rather than by hand or from print. */
  online: z.boolean(),
});
export type LeadRef = z.output<typeof leadRef>;

export const lookUpLeads = defineQuery({
  name: 'lead.lookUp',
  summary: 'Leads by id or contact, newest first (internal)',
  permission: 'system',
  input: z.object({
    ids: z.array(z.string()).max(500).optional(),
    contactIds: z.array(z.string()).max(50).optional(),
  }),
  output: z.object({ items: z.array(leadRef) }),
});

/** Open leads on which nothing has happened since then, the longest silent first. */
export const silentLeads = defineQuery({
  name: 'lead.silent',
  summary: 'Open leads on which nothing happened for long (internal)',
  permission: { action: 'export', subject: 'Lead' },
  input: z.object({ before: instant, limit: z.number().int().min(1).max(500) }),
  output: z.object({ items: z.array(leadRef) }),
});

const among = z.array(z.string()).optional();
/** For plans over all leads of a kind, page by page, the longest ago first. */
export const leadsByAge = defineQuery({
  name: 'lead.byAge',
  summary: 'Leads whose last activity, closing or coming lies before a moment (internal)',
  permission: { action: 'read', subject: 'Lead' },
  input: z.object({
    of: z.enum(['open', 'won', 'lost']),
    by: z.enum(['lastActivity', 'closed', 'created']),
    before: instant,
    when: z.object({
      source: among,
      city: among,
      product: among,
      industry: among,
      segment: among,
      size: among,
    }),
    cursor: z.string().max(200).optional(),
    limit: z.number().int().min(1).max(500),
  }),
  output: z.object({
    items: z.array(z.object({ lead: leadRef, at: z.string() })),
    nextCursor: z.string().optional(),
  }),
});

export const openLead = defineCommand({
  name: 'lead.open',
  summary: 'Make a lead of an enquiry (internal)',
  permission: 'system',
  input: z.object({
    enquiryId: z.string(),
    contactId: z.string(),
    conversationId: z.string().optional(),
    verdict,
    name: z.string(),
    phone: z.string().optional(),
    email: z.string().optional(),
    product: z.string().optional(),
    quantity: z.string().optional(),
    budget: z.string().optional(),
    city: z.string().optional(),
    source: z.string(),
    medium: z.string(),
    campaign: z.string().optional(),
    industry: z.string().optional(),
    segment: z.string().optional(),
    size: z.string().optional(),
    assigneeId: z.string().optional(),
  }),
  output: z.object({
    leadId: z.string(),
    leadNumber: z.number(),
    /** Whose it became; absent when nobody is there to take it. */
    assigneeId: z.string().optional(),
    teamIds: z.array(z.string()).optional(),
  }),
});

export const reengageLead = defineCommand({
  name: 'lead.reengage',
  summary: 'Bring a lead back to the active pipeline (internal)',
  permission: 'system',
  input: z.object({ leadId: z.string(), enquiryId: z.string(), why: z.string() }),
  output: z.object({ leadId: z.string(), leadNumber: z.number() }),
});

/** A stage has ended: its oldest leads go to another one, with a word on each timeline. */
export const moveLeadsOn = defineCommand({
  name: 'lead.moveOn',
  summary: 'Move leads of a stage that ended (internal)',
  permission: 'system',
  input: z.object({
    from: z.string(),
    to: z.string(),
    fromLabel: z.string(),
    toLabel: z.string(),
    why: z.string(),
    limit: z.number().int().positive().max(1000),
  }),
  output: z.object({ moved: z.number() }),
});
export const countLeadsByStage = defineQuery({
  name: 'lead.countByStage',
  summary: 'How many leads are in each of these stages (internal)',
  permission: 'system',
  input: z.object({ stages: z.array(z.string()).max(100) }),
  output: z.object({ stages: z.record(z.string(), z.number()) }),
});

/** Facts that other modules keep on the lead for its lists; `null` takes one away. */
export const touchLead = defineCommand({
  name: 'lead.touch',
  summary: 'Note an activity on a lead (internal)',
  permission: 'system',
  input: byLead.extend({
    followUpAt: instant.nullable().optional(),
    demoAt: instant.nullable().optional(),
    lastCallOutcome: z.string().nullable().optional(),
    verdict: verdict.optional(),
    /** What happened: moves the lead where the pipeline says so (`on`), else nowhere. */
    moment: z.enum(leadMoments).optional(),
    /** Takes such a move back, unless the lead was moved on meanwhile. */
    back: z.object({ from: z.string(), to: z.string() }).optional(),
    /** The enquiry behind it was no lead after all: closed with this reason, nobody is told. */
    withdraw: z.string().optional(),
  }),
  output: z.object({ ok: z.literal(true), moved: z.object({ from: z.string(), to: z.string() }).optional() }),
});
