import { z } from 'zod';
import { defineCommand, defineQuery } from '../../../core/define.ts';
import { text } from '../../../core/validate.ts';
import { byLead, leadView } from './view.ts';

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
  projectId: z.string().optional(),
  search: z.string().max(200).optional(),
});

export const listLeads = defineQuery({
  name: 'lead.list',
  summary: 'Leads by filter, with their count',
  permission: { action: 'read', subject: 'Lead' },
  path: '/leads',
  input: leadFilter.extend({
    /** Absent: by follow-up in the follow-up views, else the newest first. */
    sort: z.enum(leadSorts).optional(),
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
    /** Filters that the asking person has kept under a name. */
    own: z.array(z.object({ id: z.string(), label: z.string(), filter: leadFilter, count: z.number() })),
  }),
});

/** Yours alone; another one of that name is replaced. */
export const keepLeadView = defineCommand({
  name: 'lead.keepView',
  summary: 'Keep a filter of leads under a name',
  permission: { action: 'read', subject: 'Lead' },
  input: z.object({ label: text(60), filter: leadFilter }),
  output: z.object({ id: z.string() }),
});
export const dropLeadView = defineCommand({
  name: 'lead.dropView',
  summary: 'Drop a filter of leads that you have kept',
  permission: { action: 'read', subject: 'Lead' },
  input: z.object({ id: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});
/** By its name or the beginning of it; without one: which there are. */
export const showLeadView = defineQuery({
  name: 'lead.show',
  summary: 'Leads of a named filter, or of one that you have kept',
  permission: { action: 'read', subject: 'Lead' },
  input: z.object({ name: text(60).optional() }),
  output: z.object({
    label: z.string().optional(),
    items: z.array(leadView),
    total: z.number(),
    views: z.array(z.object({ label: z.string(), count: z.number() })),
  }),
  chat: { verb: 'leads', slots: [{ name: 'name', type: 'text', optional: true }], example: 'leads hot' },
});

export const getLead = defineQuery({
  name: 'lead.get',
  summary: 'One lead',
  permission: { action: 'read', subject: 'Lead' },
  path: '/leads/:leadId',
  input: byLead,
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

/** `due`: a follow-up was missed or is due. `soon`: within a quarter of an hour. `fresh`: nobody has tried yet. */
export const callableQueues = ['due', 'soon', 'fresh'] as const;
/** Those with a number that may be rung: hot ones first, then the oldest due or the newest fresh. */
export const callableLeads = defineQuery({
  name: 'lead.callable',
  summary: 'Leads to ring, in their order',
  permission: { action: 'update', subject: 'Lead' },
  input: z.object({
    queue: z.enum(callableQueues),
    /** Only these colleague's. */
    assigneeId: z.string().optional(),
    without: z.array(z.string()).max(1000).default([]),
    limit: z.number().int().min(1).max(50),
  }),
  output: z.object({
    items: z.array(leadView),
    /** All in the queue, also those left out. */
    total: z.number(),
  }),
});
