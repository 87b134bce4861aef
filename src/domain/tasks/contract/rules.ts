/** Tasks that follow from events: settings of the organisation, edited while running. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../../core/define.ts';
import { text } from '../../../core/validate.ts';
import { taskPriorities } from './view.ts';

/** What may bring a task about. */
export const taskCauses = [
  'lead.assigned',
  'lead.reengaged',
  'lead.lost',
  'lead.won',
  'appointment.confirmed',
  'appointment.completed',
  'appointment.missed',
  'ticket.opened',
] as const;
export type TaskCause = (typeof taskCauses)[number];

const values = z.array(text(120)).min(1).max(50);
export const taskRule = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,60}$/, 'takes small letters, digits and dashes'),
  label: text(120),
  enabled: z.boolean().default(true),
  on: z.enum(taskCauses),
  /** Only for leads with one of these. */
  when: z.object({ source: values.optional(), product: values.optional() }).default({}),
  /** Whose lead it is, their manager, or somebody named. */
  to: z
    .union([z.literal('caller'), z.literal('manager'), z.object({ userId: z.string() })])
    .default('caller'),
  /** With fields in braces, as in notices: `Send the proposal to {name} ({lead})`. */
  title: text(200),
  note: text(2000).optional(),
  /** Due so many minutes of office time after the event. */
  dueMinutes: z.number().int().min(0).max(43_200).default(240),
  priority: z.enum(taskPriorities).default('normal'),
});
export type TaskRule = z.output<typeof taskRule>;

export const listTaskRules = defineQuery({
  name: 'task.rules',
  summary: 'Which events bring tasks about, for whom, in which words',
  permission: { action: 'read', subject: 'Setting' },
  path: '/task-rules',
  input: z.object({}),
  output: z.object({
    rules: z.array(taskRule),
    /** Counts up with each change; 0: as shipped. */
    version: z.number(),
    changedBy: z.string().optional(),
    fields: z.array(z.object({ name: z.string(), about: z.string() })),
  }),
});
export const saveTaskRules = defineCommand({
  name: 'task.saveRules',
  summary: 'Change which events bring tasks about',
  permission: { action: 'update', subject: 'Setting' },
  input: z.object({
    rules: z.array(taskRule).max(100),
    /** The version that was edited: somebody else's change is not overwritten. */
    expected: z.number().int().optional(),
  }),
  output: z.object({ version: z.number() }),
});
