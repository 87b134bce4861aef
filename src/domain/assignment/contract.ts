/** Who gets a new lead: rules by source, area and product first, then in turn, within everybody's limits. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { userView } from '../staff/contract.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM, e.g. 09:30');
const values = z.array(text(120)).min(1).max(200).optional();

export const assignmentRule = z.object({
  label: text(80),
  /** All that are named must fit; upper and lower case do not matter. */
  when: z.object({
    source: values,
    city: values,
    product: values,
    campaign: values,
    industry: values,
    segment: values,
    size: values,
  }),
  /** Any of these: colleagues, dealers and agents alike. */
  to: z.object({
    users: z.array(z.string()).max(500).default([]),
    teams: z.array(z.string()).max(100).default([]),
    roles: z.array(z.string()).max(50).default([]),
  }),
});
export type AssignmentRule = z.output<typeof assignmentRule>;

export const assignmentSettings = z.object({
  /** The first that fits and has somebody to give to. */
  rules: z.array(assignmentRule).max(200).default([]),
  /** Who takes turns where no rule fits. */
  roles: z.array(z.string()).min(1).default(['tele-caller']),
  /** `turn`: whoever waited longest. `load`: whoever got least in the last 24 hours, then in turn. */
  by: z.enum(['turn', 'load']).default('turn'),
  /** Leads a day for each, in the organisation's zone; 0: no limit. Beyond it a lead waits for a manager. */
  perDay: z.number().int().min(0).max(10_000).default(0),
  /** Of single colleagues, by their id. */
  people: z
    .record(
      z.string(),
      z.object({
        perDay: z.number().int().min(0).max(10_000).optional(),
        /** From when to when they take leads, on the organisation's clock. */
        hours: z.tuple([clockTime, clockTime]).optional(),
        /** Days off that are known beforehand, first and last included, on the organisation's calendar. */
        away: z
          .array(
            z
              .object({ from: z.iso.date(), to: z.iso.date() })
              .refine(({ from, to }) => from <= to, { path: ['to'], message: 'lies before the beginning' }),
          )
          .max(50)
          .optional(),
      }),
    )
    .default({}),
  /** So many minutes after allocation the first call is due, as a follow-up; 0: none is made. */
  firstCallMinutes: z.number().int().min(0).max(10_080).default(0),
  /** A lead on which nobody has called so many minutes of open office is told to the manager; 0: never. */
  unattendedMinutes: z.number().int().min(0).max(10_080).default(0),
});
export type AssignmentSettings = z.output<typeof assignmentSettings>;
const versioned = assignmentSettings.extend({
  /** 0: as shipped. */
  version: z.number(),
  changedBy: z.string().optional(),
});

export const getAssignment = defineQuery({
  name: 'assignment.get',
  summary: 'Who gets new leads, by which rules and limits',
  permission: { action: 'read', subject: 'Setting' },
  path: '/assignment',
  input: z.object({}),
  output: versioned,
});
export const saveAssignment = defineCommand({
  name: 'assignment.save',
  summary: 'Change who gets new leads; effective with the next one',
  permission: { action: 'update', subject: 'Setting' },
  input: assignmentSettings.extend({
    /** The version that was changed: refused when somebody else was quicker. */
    expected: z.number().int().nonnegative().optional(),
  }),
  output: versioned,
});

/** Everybody who may get leads by these settings, with what they got and what holds them now. */
export const assignmentPeople = defineQuery({
  name: 'assignment.people',
  summary: 'Who takes leads now, and how many each got',
  permission: { action: 'read', subject: 'Setting' },
  path: '/assignment/people',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        role: z.string(),
        absent: z.boolean(),
        today: z.number(),
        lastDay: z.number(),
        /** Absent: they take leads. */
        held: z.string().optional(),
      }),
    ),
  }),
});

/** Nothing is given to anybody: the same decision, told. */
export const tryAssignment = defineQuery({
  name: 'assignment.try',
  summary: 'Who would get an enquiry, by which rule and why',
  permission: { action: 'read', subject: 'Setting' },
  input: z.object({
    source: z.string().max(120).optional(),
    city: z.string().max(120).optional(),
    product: z.string().max(120).optional(),
    campaign: z.string().max(120).optional(),
    industry: z.string().max(120).optional(),
    segment: z.string().max(120).optional(),
    size: z.string().max(120).optional(),
    /** Absent: now. The day's shares are those of now. */
    at: z.iso.datetime({ offset: true }).optional(),
    /** Settings that are not saved yet. */
    settings: assignmentSettings.optional(),
  }),
  output: z.object({
    /** Absent: nobody may take it; it waits for a manager. */
    user: z.object({ id: z.string(), name: z.string() }).optional(),
    why: z.string(),
    /** What was gone through, in its order, up to and with the group that takes it. */
    steps: z.array(
      z.object({
        label: z.string(),
        taken: z.boolean(),
        why: z.string(),
        members: z.array(z.object({ name: z.string(), held: z.string().optional() })),
      }),
    ),
  }),
});

export const chooseAssignee = defineCommand({
  name: 'assignment.choose',
  summary: 'Whose this lead is, by the rules (internal)',
  permission: 'system',
  input: z.object({
    leadId: z.string(),
    source: z.string().optional(),
    city: z.string().optional(),
    product: z.string().optional(),
    campaign: z.string().optional(),
    industry: z.string().optional(),
    segment: z.string().optional(),
    size: z.string().optional(),
    /** Only one of these: the people of its project. */
    among: z.array(z.string()).optional(),
  }),
  /** Absent: nobody may take it now. */
  output: z.object({ user: userView.optional() }),
});
/** As many leads as a file brings: the same rules, limits and turns, counted along. */
export const chooseAssignees = defineCommand({
  name: 'assignment.chooseMany',
  summary: 'Whose each of these leads is, by the rules (internal)',
  permission: 'system',
  input: z.object({
    leads: z.array(chooseAssignee.input).max(1000),
  }),
  /** In their order; absent: nobody may take it now. */
  output: z.object({ users: z.array(userView.optional()) }),
});
export const tellUnattended = defineCommand({
  name: 'assignment.tellUnattended',
  summary: 'Tell the manager of a lead that nobody has called yet (internal)',
  permission: 'system',
  input: z.object({ leadId: z.string(), minutes: z.number() }),
  output: z.object({ told: z.number() }),
});
