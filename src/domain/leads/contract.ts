import { z } from 'zod';
import { leadMoments } from '../../core/config-schema.ts';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { instant } from '../contacts/contract.ts';
import { evidence, verdict } from '../enquiries/contract.ts';

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
  source: z.string(),
  medium: z.string(),
  campaign: z.string().optional(),
  stage: z.string(),
  stageLabel: z.string(),
  stageKind: z.enum(['open', 'won', 'lost']),
  /** Stages that this lead may go to now. */
  nextStages: z.array(z.object({ key: z.string(), label: z.string() })),
  lostReason: z.string().optional(),
  lostReasonLabel: z.string().optional(),
  assigneeId: z.string().optional(),
  assigneeName: z.string().optional(),
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
const byId = z.object({ leadId: z.string() });
const changed = z.object({ lead: leadView });

export const leadViewNames = [
  'all',
  'hot',
  'previousMonth',
  'notAttempted',
  'lost',
  'todayFollowUp',
  'missedFollowUp',
] as const;
export type LeadViewName = (typeof leadViewNames)[number];
export const leadSorts = ['newest', 'oldest', 'lastActivity', 'followUp'] as const;

/** What a list of leads may be narrowed by; every field together with the asking person's rights. */
export const leadFilter = z.object({
  view: z.enum(leadViewNames).optional(),
  stage: z.string().optional(),
  assigneeId: z.string().optional(),
  source: z.string().optional(),
  search: z.string().max(200).optional(),
});

export const listLeads = defineQuery({
  name: 'lead.list',
  summary: 'Leads by filter, with their count',
  permission: { action: 'read', subject: 'Lead' },
  path: '/leads',
  input: leadFilter.extend({
    sort: z.enum(leadSorts).default('newest'),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ items: z.array(leadView), nextCursor: z.string().optional(), total: z.number() }),
});

export const leadViews = defineQuery({
  name: 'lead.views',
  summary: 'The named lead filters with their counts',
  permission: { action: 'read', subject: 'Lead' },
  path: '/leads/views',
  input: z.object({}),
  output: z.object({
    items: z.array(z.object({ view: z.enum(leadViewNames), label: z.string(), count: z.number() })),
  }),
});

export const getLead = defineQuery({
  name: 'lead.get',
  summary: 'One lead',
  permission: { action: 'read', subject: 'Lead' },
  path: '/leads/:leadId',
  input: byId,
  output: leadView,
});

export const findLeads = defineQuery({
  name: 'lead.find',
  summary: 'Find leads by phone, name, e-mail or number',
  permission: { action: 'read', subject: 'Lead' },
  input: z.object({ search: text(200), limit: z.coerce.number().int().min(1).max(20).default(5) }),
  output: z.object({ items: z.array(leadView), total: z.number() }),
  chat: { verb: 'find', slots: [{ name: 'search', type: 'search' }], example: 'find 98450 12345' },
});

/** `#12` → the lead, if whoever asks may see it; otherwise `record.not_found`. */
export const leadByNumber = defineQuery({
  name: 'lead.byNumber',
  summary: 'The lead with this number',
  permission: { action: 'read', subject: 'Lead' },
  input: z.object({ number: z.coerce.number().int().positive() }),
  output: leadView,
});

export const myDay = defineQuery({
  name: 'lead.today',
  summary: 'Your day: missed and due follow-ups, new leads, demos',
  permission: { action: 'read', subject: 'Lead' },
  path: '/leads/today',
  input: z.object({ which: z.enum(['all', 'overdue']).default('all') }),
  output: z.object({
    missed: z.array(leadView),
    due: z.array(leadView),
    notAttempted: z.array(leadView),
    demos: z.array(leadView),
    counts: z.object({ missed: z.number(), due: z.number(), notAttempted: z.number(), demos: z.number() }),
  }),
  chat: {
    verb: 'today',
    slots: [{ name: 'which', type: 'choice', options: { overdue: 'overdue' }, optional: true }],
    example: 'today overdue',
  },
});

export const nextLead = defineQuery({
  name: 'lead.next',
  summary: 'The lead to work on next',
  permission: { action: 'read', subject: 'Lead' },
  path: '/leads/next',
  input: z.object({}),
  output: z.object({ lead: leadView.optional(), why: z.string() }),
  chat: { verb: 'next', slots: [], example: 'next' },
});

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
      note: text(4000).optional(),
      source: text(80).default('Manual'),
      medium: text(80).default('manual'),
      campaign: text(200).optional(),
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
  input: byId.extend({
    name: text(120).optional(),
    phone: z.string().max(40).optional(),
    email: z.email().toLowerCase().optional(),
    product: text(200).nullable().optional(),
    quantity: text(80).nullable().optional(),
    budget: text(80).nullable().optional(),
    city: text(120).nullable().optional(),
    source: text(80).optional(),
    medium: text(80).optional(),
    campaign: text(200).nullable().optional(),
    hot: z.boolean().optional(),
  }),
  output: changed,
});

/** `stage` is a key of the pipeline or its name in any spelling: `follow-up`, `FOLLOW-UP`, `Demo confirmed`. */
export const moveLead = defineCommand({
  name: 'lead.move',
  summary: 'Move a lead to another stage',
  permission: { action: 'update', subject: 'Lead' },
  input: byId.extend({
    stage: z.string().min(1).max(60),
    lostReason: z.string().max(120).optional(),
    note: text(2000).optional(),
  }),
  output: changed,
  chat: {
    verb: 'status',
    slots: [
      { name: 'leadId', type: 'lead' },
      {
        name: 'stage',
        type: 'choice',
        options: {
          'not attempted': 'not-attempted',
          'follow-up': 'follow-up',
          'demo confirmed': 'demo-confirmed',
          'proposal sent': 'proposal-sent',
          won: 'won',
          lost: 'lost',
          'close to won': 'won',
          'close to loose': 'lost',
        },
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
  input: byId.extend({ assigneeId: z.string(), reason: text(500).optional() }),
  output: changed,
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

/** Upwards or to whom one may assign; afterwards the giver sees the lead only if their rights reach it. */
export const handOffLead = defineCommand({
  name: 'lead.handOff',
  summary: 'Hand your lead over, to your manager when nobody is named',
  permission: { action: 'update', subject: 'Lead' },
  input: byId.extend({ assigneeId: z.string().optional(), reason: text(500).optional() }),
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
  input: byId.extend({ from: z.string() }),
  output: changed,
});
/** Undo of a hand-over, by whoever gave the lead away. */
export const takeBackLead = defineCommand({
  name: 'lead.takeBack',
  summary: 'Take back a lead that you handed over',
  permission: { action: 'update', subject: 'Lead' },
  input: byId,
  output: changed,
});
/** What a timer asks of a lead from online that nobody has called yet. */
export const checkAttempted = defineCommand({
  name: 'lead.checkAttempted',
  summary: 'Remind of a lead that is not attempted (internal)',
  permission: 'system',
  input: byId,
  output: z.object({ ok: z.literal(true) }),
});

// — for other modules —
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
    assigneeId: z.string().optional(),
  }),
  output: z.object({ leadId: z.string(), leadNumber: z.number() }),
});

export const reengageLead = defineCommand({
  name: 'lead.reengage',
  summary: 'Bring a lead back to the active pipeline (internal)',
  permission: 'system',
  input: z.object({ leadId: z.string(), enquiryId: z.string(), why: z.string() }),
  output: z.object({ leadId: z.string(), leadNumber: z.number() }),
});

/** Facts that other modules keep on the lead for its lists; `null` takes one away. */
export const touchLead = defineCommand({
  name: 'lead.touch',
  summary: 'Note an activity on a lead (internal)',
  permission: 'system',
  input: byId.extend({
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

export const leadCreated = defineEvent(
  'lead.created',
  'A lead was made',
  z.object({ leadId: z.string(), enquiryId: z.string(), assigneeId: z.string().optional() }),
);
export const leadReengaged = defineEvent(
  'lead.reengaged',
  'A closed or silent lead came back',
  z.object({ leadId: z.string(), enquiryId: z.string(), from: z.string(), why: z.string() }),
);
export const leadAssigned = defineEvent(
  'lead.assigned',
  'A lead got another assignee',
  z.object({
    leadId: z.string(),
    from: z.string().optional(),
    to: z.string().optional(),
    by: z.string(),
    first: z.boolean(),
    reason: z.string().optional(),
  }),
);
export const leadMoved = defineEvent(
  'lead.moved',
  'A lead went to another stage',
  z.object({
    leadId: z.string(),
    from: z.string(),
    to: z.string(),
    lostReason: z.string().optional(),
    note: z.string().optional(),
    /** A correction: nobody is told. */
    quiet: z.boolean().default(false),
  }),
);
export const leadNotAttempted = defineEvent(
  'lead.notAttempted',
  'A lead from online is still not attempted',
  z.object({ leadId: z.string() }),
);
export const leadChanged = defineEvent(
  'lead.changed',
  'A lead’s particulars changed',
  z.object({ leadId: z.string() }),
);
