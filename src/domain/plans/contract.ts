/** Follow-ups that come by themselves: of leads and customers by criteria, once or again and again. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';

const values = z.array(text(120)).min(1).max(50).optional();

export const planUnits = ['days', 'weeks', 'months', 'years'] as const;
export const planAnchors = ['lastActivity', 'closed', 'created'] as const;

export const followUpPlan = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,60}$/, 'takes small letters, digits and dashes'),
  label: text(120),
  enabled: z.boolean().default(true),
  /** Leads that are being worked, customers who bought, or lost ones. */
  of: z.enum(['open', 'won', 'lost']),
  /** Only with one of these each; upper and lower case do not matter. */
  when: z
    .object({
      source: values,
      city: values,
      product: values,
      industry: values,
      segment: values,
      size: values,
    })
    .default({}),
  /** Counted from the last contact (or consumption), from when it was won or lost (a contract's start), or from when it came in. */
  from: z.enum(planAnchors).default('lastActivity'),
  after: z.object({ count: z.number().int().min(1).max(120), unit: z.enum(planUnits) }),
  /** So many days sooner: a renewal is spoken of before the year is over. */
  daysAhead: z.number().int().min(0).max(180).default(0),
  /** Again and again after the same time; else once. */
  repeats: z.boolean().default(false),
  /** What is to be done, with fields in braces: `Ask {name} whether {product} does`. */
  note: text(200),
  /** Whoever has the lead, their manager, or somebody named; an open lead's follow-up is always whose lead it is. */
  to: z
    .union([z.literal('caller'), z.literal('manager'), z.object({ userId: z.string() })])
    .default('caller'),
  /** So many a day at most, those that wait longest first: the rest comes on the days after. */
  perDay: z.number().int().min(1).max(1000).default(50),
});
export type FollowUpPlan = z.output<typeof followUpPlan>;

export const planFields = ['name', 'lead', 'product', 'source', 'phone', 'caller', 'brand'] as const;

export const listPlans = defineQuery({
  name: 'plan.list',
  summary: 'Which follow-ups come by themselves, for whom, when',
  permission: { action: 'read', subject: 'Setting' },
  path: '/follow-up-plans',
  input: z.object({}),
  output: z.object({
    plans: z.array(followUpPlan.extend({ nextAt: z.string().optional(), done: z.number() })),
    /** Counts up with each change; 0: as shipped. */
    version: z.number(),
    changedBy: z.string().optional(),
    fields: z.array(z.string()),
  }),
});
export const savePlans = defineCommand({
  name: 'plan.save',
  summary: 'Change which follow-ups come by themselves',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({
    plans: z.array(followUpPlan).max(50),
    /** The version that was edited: somebody else's change is not overwritten. */
    expected: z.number().int().optional(),
  }),
  output: z.object({ version: z.number() }),
});
/** Nothing is planned by it. */
export const previewPlan = defineQuery({
  name: 'plan.preview',
  summary: 'Which leads a follow-up plan would take up now',
  permission: { action: 'read', subject: 'Setting' },
  input: z.object({ plan: followUpPlan }),
  output: z.object({
    /** The first of them. */
    items: z.array(
      z.object({
        leadId: z.string(),
        number: z.number(),
        name: z.string(),
        dueAt: z.string(),
        note: z.string(),
      }),
    ),
    total: z.number(),
    /** There are more than were counted. */
    more: z.boolean(),
  }),
});

/** What a plan's daily timer runs; it goes on from `cursor` until the day's share is given. */
export const runPlan = defineCommand({
  name: 'plan.run',
  summary: 'Plan the follow-ups that a plan asks for (internal)',
  permission: 'system',
  input: z.object({ key: z.string(), cursor: z.string().optional() }),
  output: z.object({ planned: z.number() }),
});
