import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import type { ChartOption } from '../../render/chart.ts';
import { specSchema } from '../reports/contract.ts';

const read = { action: 'read', subject: 'Report' } as const;

/** A number with what it was before and what it should be, or a chart. */
export const tileSchema = z.object({
  title: text(80),
  spec: specSchema,
});
export type Tile = z.output<typeof tileSchema>;

export const goalPeriods = ['today', 'this-week', 'this-month', 'this-year', 'this-financial-year'] as const;
export type GoalPeriod = (typeof goalPeriods)[number];
const goal = z.object({
  measure: z.string().max(60),
  period: z.enum(goalPeriods),
  /** A count, or minor units of the organisation's currency where the measure is money. */
  target: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  /** Whose; absent: the organisation's. */
  userId: z.string().optional(),
});
export type Goal = z.output<typeof goal>;

export const tileView = tileSchema.extend({
  label: z.string(),
  money: z.boolean(),
  currency: z.string(),
  /** Of the period; absent for charts. */
  value: z.number().optional(),
  /** The same of the period before, where there is one. */
  before: z.number().optional(),
  target: z.number().optional(),
  chart: z.custom<ChartOption>().optional(),
});
export const getDashboard = defineQuery({
  name: 'dashboard.get',
  summary: 'Your dashboard: figures now, before, and as they should be',
  permission: read,
  path: '/dashboard',
  input: z.object({}),
  output: z.object({ tiles: z.array(tileView), own: z.boolean() }),
});
export const saveDashboard = defineCommand({
  name: 'dashboard.save',
  summary: 'Choose what your dashboard shows; none: what your role starts with',
  permission: read,
  input: z.object({ tiles: z.array(tileSchema).max(24) }),
  output: z.object({ ok: z.literal(true) }),
});
export const listGoals = defineQuery({
  name: 'goal.list',
  summary: 'Goals with what has been reached',
  permission: read,
  path: '/goals',
  input: z.object({}),
  output: z.object({
    currency: z.string(),
    items: z.array(
      goal.extend({
        label: z.string(),
        userName: z.string().optional(),
        actual: z.number(),
        money: z.boolean(),
        currency: z.string(),
      }),
    ),
  }),
});
export const setGoal = defineCommand({
  name: 'goal.set',
  summary: 'Set a goal for somebody or for all; 0 takes it away',
  permission: { action: 'update', subject: 'Setting' },
  input: goal.extend({ target: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER) }),
  output: z.object({ ok: z.literal(true) }),
});
export const goalSet = defineEvent(
  'goal.set',
  'A goal was set or taken away',
  goal.extend({ target: z.number() }),
);
