/** A report as data: what is counted, by what, when, narrowed to what, drawn how. Named reports and questions are these. */
import { z } from 'zod';
import { dimensionNames } from '../../core/dataset.ts';
import { chartKinds } from '../../render/chart.ts';
import { periodNames } from './periods.ts';

/** By time: of the moment that the measure itself goes by. */
export const timeNames = ['hour', 'day', 'week', 'month'] as const;
export type TimeName = (typeof timeNames)[number];
export const groupNames = [...dimensionNames, ...timeNames] as const;
export type GroupName = (typeof groupNames)[number];

export const periodSchema = z.union([
  z.enum(periodNames),
  /** Days of the organisation's zone, both included. */
  z
    .object({ from: z.iso.date(), to: z.iso.date() })
    .refine(({ from, to }) => from <= to, 'to lies before from'),
]);
export type Period = z.output<typeof periodSchema>;

export const chartSchema = z.enum([...chartKinds, 'none']);

export const specSchema = z.object({
  /** Names of measures: `lead.created`. With `list`, exactly one. */
  measures: z.array(z.string().max(60)).min(1).max(8),
  by: z.array(z.enum(groupNames)).max(2).default([]),
  period: periodSchema.default('today'),
  filters: z.partialRecord(z.enum(dimensionNames), z.array(z.string().max(200)).min(1).max(50)).default({}),
  chart: chartSchema.default('bar'),
  /** The records themselves rather than their number. */
  list: z.boolean().default(false),
});
export type Spec = z.output<typeof specSchema>;

/** When a report goes out by itself; the moment is on the organisation's clock. */
export const sendSchema = z.object({
  every: z.enum(['hour', 'day', 'week', 'month', 'year', 'financial-year']),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM, e.g. 19:00')
    .default('19:00'),
  /** Roles. Each person gets what they may see themselves. */
  to: z.array(z.string()).min(1).max(20),
});
export type Send = z.output<typeof sendSchema>;

export const namedReportSchema = z.object({
  key: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1).max(120),
  about: z.string().max(400).default(''),
  spec: specSchema,
  send: sendSchema.optional(),
});
export type NamedReport = z.output<typeof namedReportSchema>;
