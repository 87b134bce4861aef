import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { instant } from '../contacts/contract.ts';
import { repeats } from '../tasks/contract.ts';

/** What it does at its time: gives a task, says it in the application and in chat, or by mail as well. */
export const reminderKinds = ['message', 'task', 'mail'] as const;

const person = z.object({ id: z.string(), name: z.string() });
export const reminderView = z.object({
  id: z.string(),
  text: z.string(),
  fires: z.enum(reminderKinds),
  for: z.array(person),
  by: person,
  /** Absent: it is over. */
  nextAt: z.string().optional(),
  repeats: z.string().optional(),
  repeatRule: z.string().optional(),
  leadId: z.string().optional(),
  told: z.number(),
  mine: z.boolean(),
});
export type ReminderView = z.output<typeof reminderView>;

const content = {
  text: text(500),
  at: instant,
  /** Absent: oneself. */
  for: z.array(z.string()).min(1).max(50),
  fires: z.enum(reminderKinds),
  repeats,
};
const changed = z.object({ reminder: reminderView });
const byReminder = z.object({ reminderId: z.string() });

export const setReminder = defineCommand({
  name: 'reminder.set',
  summary: 'Remind yourself or others: once, daily, weekly, monthly or yearly',
  permission: { action: 'create', subject: 'Reminder' },
  input: z.object({
    ...content,
    for: content.for.optional(),
    /** One more, as chat says it. */
    who: z.string().optional(),
    self: z.literal('me').optional(),
    fires: content.fires.default('message'),
    repeats: repeats.optional(),
    leadId: z.string().optional(),
  }),
  output: changed,
  chat: {
    verb: 'remind',
    slots: [
      { name: 'self', type: 'choice', options: { me: 'me' }, optional: true },
      { name: 'who', type: 'user', optional: true },
      {
        name: 'repeats',
        type: 'choice',
        options: {
          daily: 'daily',
          'every day': 'daily',
          weekly: 'weekly',
          'every week': 'weekly',
          monthly: 'monthly',
          'every month': 'monthly',
          yearly: 'yearly',
          'every year': 'yearly',
        },
        optional: true,
      },
      { name: 'at', type: 'when' },
      { name: 'text', type: 'text' },
    ],
    example: 'remind me tomorrow 5pm call the bank',
  },
});
export const updateReminder = defineCommand({
  name: 'reminder.update',
  summary: 'Change a reminder of yours',
  permission: { action: 'update', subject: 'Reminder' },
  input: byReminder.extend({
    text: content.text.optional(),
    at: content.at.optional(),
    for: content.for.optional(),
    fires: content.fires.optional(),
    repeats: repeats.nullable().optional(),
  }),
  output: changed,
});
/** Whoever set it ends it for all; whoever is reminded by somebody else ends it for themselves. */
export const stopReminder = defineCommand({
  name: 'reminder.stop',
  summary: 'End a reminder; one that somebody else set, for yourself',
  permission: { action: 'update', subject: 'Reminder' },
  input: byReminder,
  output: z.object({ ok: z.literal(true) }),
});
/** How stopping and changing are undone. */
export const restoreReminder = defineCommand({
  name: 'reminder.restore',
  summary: 'Let a reminder go on that was ended',
  permission: { action: 'update', subject: 'Reminder' },
  input: byReminder,
  output: changed,
});

export const listReminders = defineQuery({
  name: 'reminder.list',
  summary: 'Reminders: those that you get and those that you set',
  permission: { action: 'read', subject: 'Reminder' },
  path: '/reminders',
  input: z.object({
    over: z.stringbool().or(z.boolean()).default(false),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ items: z.array(reminderView), nextCursor: z.string().optional(), total: z.number() }),
  chat: { verb: 'reminders', slots: [], example: 'reminders', fixed: { limit: 10 } },
});
/** Every time of every reminder in `[from, to)`, at most 500. */
export const reminderTimes = defineQuery({
  name: 'reminder.times',
  summary: 'When your reminders come in a range of time',
  permission: { action: 'read', subject: 'Reminder' },
  path: '/reminders/times',
  input: z.object({ from: instant, to: instant }),
  output: z.object({ items: z.array(z.object({ at: z.string(), reminder: reminderView })) }),
});

export const fireReminder = defineCommand({
  name: 'reminder.fire',
  summary: 'A reminder’s time has come (internal)',
  permission: 'system',
  input: z.object({ reminderId: z.string(), at: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});

export const reminderFired = defineEvent(
  'reminder.fired',
  'A reminder was told',
  z.object({ reminderId: z.string(), at: z.string() }),
);
export const reminderChanged = defineEvent(
  'reminder.changed',
  'A reminder was set, changed or ended',
  z.object({ reminderId: z.string() }),
);
