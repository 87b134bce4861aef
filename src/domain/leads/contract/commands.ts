import { z } from 'zod';
import { defineCommand } from '../../../core/define.ts';
import { money } from '../../../core/money.ts';
import { text } from '../../../core/validate.ts';
import { evidence, verdict } from '../../enquiries/contract.ts';
import { byLead, changedLead, leadView } from './view.ts';

/** As an API gives it, or as a person types it. */
const dealValue = money.or(text(40));

/** Added by hand: goes through the same verdict as every other enquiry. */
export const createLead = defineCommand({
  name: 'lead.create',
  summary: 'Add a lead by hand',
  permission: { action: 'create', subject: 'Lead' },
  input: z
    .object({
      name: text(120),
      phone: z.string().max(40).optional(),
      email: z.email().toLowerCase().optional(),
      product: text(200).optional(),
      quantity: z.coerce.string().max(80).optional(),
      budget: z.coerce.string().max(80).optional(),
      city: text(120).optional(),
      company: text(120).optional(),
      note: text(4000).optional(),
      source: text(80).default('Manual'),
      medium: text(80).default('manual'),
      campaign: text(200).optional(),
      industry: text(120).optional(),
      segment: text(120).optional(),
      size: text(120).optional(),
      assigneeId: z.string().optional(),
    })
    .refine(({ phone, email }) => phone || email, {
      message: 'a phone or an e-mail is needed',
      path: ['phone'],
    }),
  output: z.object({
    enquiryId: z.string(),
    verdict,
    evidence: z.array(evidence),
    /** Absent where the enquiry repeats a lead that you may not see. */
    lead: leadView.optional(),
  }),
});

export const updateLead = defineCommand({
  name: 'lead.update',
  summary: 'Change a lead’s particulars',
  permission: { action: 'update', subject: 'Lead' },
  input: byLead.extend({
    name: text(120).optional(),
    phone: z.string().max(40).optional(),
    email: z.email().toLowerCase().optional(),
    product: text(200).nullable().optional(),
    quantity: text(80).nullable().optional(),
    budget: text(80).nullable().optional(),
    value: dealValue.nullable().optional(),
    city: text(120).nullable().optional(),
    source: text(80).optional(),
    medium: text(80).optional(),
    campaign: text(200).nullable().optional(),
    industry: text(120).nullable().optional(),
    segment: text(120).nullable().optional(),
    size: text(120).nullable().optional(),
    hot: z.boolean().optional(),
  }),
  output: changedLead,
});

/** `stage` is a key of the pipeline or its name in any spelling: `follow-up`, `FOLLOW-UP`, `Demo confirmed`. */
export const moveLead = defineCommand({
  name: 'lead.move',
  summary: 'Move a lead to another stage',
  permission: { action: 'update', subject: 'Lead' },
  input: byLead.extend({
    stage: z.string().min(1).max(60),
    lostReason: z.string().max(120).optional(),
    /** What the deal is worth; `1,50,000` and `1.5 lakh` are read in the organisation's currency. */
    value: dealValue.optional(),
    note: text(2000).optional(),
    /** What the stage asks for and is not known yet: changed with the move. */
    fields: z
      .object({
        phone: z.string().max(40),
        email: z.email().toLowerCase(),
        city: text(120),
        product: text(200),
        quantity: text(80),
        budget: text(80),
      })
      .partial()
      .optional(),
  }),
  output: changedLead,
  chat: {
    verb: 'status',
    slots: [
      { name: 'leadId', type: 'lead' },
      {
        name: 'stage',
        type: 'choice',
        from: 'stages',
        options: {},
      },
      { name: 'note', type: 'text', optional: true },
    ],
    example: 'status #12 proposal sent mailed the quotation',
  },
});

export const assignLead = defineCommand({
  name: 'lead.assign',
  summary: 'Give a lead to somebody',
  permission: { action: 'assign', subject: 'Lead' },
  input: byLead.extend({ assigneeId: z.string(), reason: text(500).optional() }),
  output: changedLead,
  chat: {
    verb: 'assign',
    slots: [
      { name: 'leadId', type: 'lead' },
      { name: 'assigneeId', type: 'user' },
      { name: 'reason', type: 'text', optional: true },
    ],
    example: 'assign #12 @priya',
  },
});

/** `null`: of no project. */
export const placeLead = defineCommand({
  name: 'lead.place',
  summary: 'Put a lead into a project, or take it out',
  permission: { action: 'assign', subject: 'Lead' },
  input: byLead.extend({ projectId: z.string().nullable() }),
  output: changedLead,
});

/** Upwards or to whom one may assign; afterwards the giver sees the lead only if their rights reach it. */
export const handOffLead = defineCommand({
  name: 'lead.handOff',
  summary: 'Hand your lead over, to your manager when nobody is named',
  permission: { action: 'update', subject: 'Lead' },
  input: byLead.extend({ assigneeId: z.string().optional(), reason: text(500).optional() }),
  output: z.object({
    leadId: z.string(),
    number: z.number(),
    assigneeId: z.string(),
    assigneeName: z.string(),
  }),
  chat: {
    verb: 'handoff',
    slots: [
      { name: 'leadId', type: 'lead' },
      { name: 'assigneeId', type: 'user', optional: true },
      { name: 'reason', type: 'text', optional: true },
    ],
    example: 'handoff #12 @meera wants a special price',
  },
});

/** Undo of the last move; refused once the lead went on from there. */
export const restoreLead = defineCommand({
  name: 'lead.restore',
  summary: 'Return a lead to where its last move came from',
  permission: { action: 'update', subject: 'Lead' },
  input: byLead.extend({ from: z.string() }),
  output: changedLead,
});
/** Undo of a hand-over, by whoever gave the lead away. */
export const takeBackLead = defineCommand({
  name: 'lead.takeBack',
  summary: 'Take back a lead that you handed over',
  permission: { action: 'update', subject: 'Lead' },
  input: byLead,
  output: changedLead,
});
/** What a timer asks of a lead from online that nobody has called yet. */
export const checkAttempted = defineCommand({
  name: 'lead.checkAttempted',
  summary: 'Remind of a lead that is not attempted (internal)',
  permission: 'system',
  input: byLead,
  output: z.object({ ok: z.literal(true) }),
});
