import { z } from 'zod';
import { defineCommand } from '../../../core/define.ts';
import { frequencies, repeatRule } from '../../../core/recurrence.ts';
import { text } from '../../../core/validate.ts';
import { instant } from '../../contacts/contract.ts';
import { byTask, changedTask, taskPriorities } from './view.ts';

const minutes = z.coerce.number().int().min(5).max(1440);
/** Minutes before it is due; 0: at the moment itself. */
const remind = z.array(z.number().int().min(0).max(43_200)).max(5);
/** `daily`, `monthly`: from its due time on; or a rule of RFC 5545 (`FREQ=WEEKLY;BYDAY=MO`). */
export const repeats = z.union([z.enum(frequencies), repeatRule]);
const watcherIds = z.array(z.string()).max(20);

export const giveTask = defineCommand({
  name: 'task.give',
  summary: 'Give somebody a task, or note one for yourself',
  permission: { action: 'create', subject: 'Task' },
  input: z.object({
    title: text(200),
    note: text(4000).optional(),
    /** Absent: oneself. */
    assigneeId: z.string().optional(),
    watcherIds: watcherIds.default([]),
    dueAt: instant.optional(),
    minutes: minutes.optional(),
    priority: z.enum(taskPriorities).default('normal'),
    remind: remind.default([0]),
    repeats: repeats.optional(),
    leadId: z.string().optional(),
    contactId: z.string().optional(),
    ticketId: z.string().optional(),
  }),
  output: changedTask,
  chat: {
    verb: 'task',
    slots: [
      { name: 'leadId', type: 'lead', optional: true },
      { name: 'assigneeId', type: 'user', optional: true },
      { name: 'dueAt', type: 'when', keyword: 'due', optional: true },
      { name: 'title', type: 'text' },
    ],
    example: 'task #12 @priya call the bank due tomorrow 5pm',
  },
});

export const startTask = defineCommand({
  name: 'task.start',
  summary: 'Begin a task',
  permission: { action: 'update', subject: 'Task' },
  input: byTask,
  output: changedTask,
});
export const finishTask = defineCommand({
  name: 'task.finish',
  summary: 'Report that a task is done',
  permission: { action: 'update', subject: 'Task' },
  input: byTask.extend({ report: text(4000).optional() }),
  output: changedTask,
  chat: {
    verb: 'done',
    slots: [
      { name: 'taskId', type: 'word' },
      { name: 'report', type: 'text', optional: true },
    ],
    example: 'done T12 the bank has confirmed',
  },
});
export const declineTask = defineCommand({
  name: 'task.decline',
  summary: 'Decline a task, saying why',
  permission: { action: 'update', subject: 'Task' },
  input: byTask.extend({ reason: text(1000) }),
  output: changedTask,
  chat: {
    verb: 'decline',
    slots: [
      { name: 'taskId', type: 'word' },
      { name: 'reason', type: 'text' },
    ],
    example: 'decline T12 on leave this week',
  },
});
export const reopenTask = defineCommand({
  name: 'task.reopen',
  summary: 'Give a task back: its report does not do, or it was closed by mistake',
  permission: { action: 'update', subject: 'Task' },
  input: byTask.extend({ reason: text(1000).optional() }),
  output: changedTask,
});
export const cancelTask = defineCommand({
  name: 'task.cancel',
  summary: 'Take a task back that you gave',
  permission: { action: 'update', subject: 'Task' },
  input: byTask.extend({
    reason: text(1000).optional(),
    /** It does not come again either. */
    series: z.boolean().default(false),
  }),
  output: changedTask,
});
export const updateTask = defineCommand({
  name: 'task.update',
  summary: 'Change a task: whose it is, when it is due, what it says, who watches',
  permission: { action: 'update', subject: 'Task' },
  input: byTask.extend({
    title: text(200).optional(),
    note: text(4000).nullable().optional(),
    assigneeId: z.string().optional(),
    watcherIds: watcherIds.optional(),
    dueAt: instant.nullable().optional(),
    minutes: minutes.nullable().optional(),
    priority: z.enum(taskPriorities).optional(),
    remind: remind.optional(),
    repeats: repeats.nullable().optional(),
  }),
  output: changedTask,
});
export const commentTask = defineCommand({
  name: 'task.comment',
  summary: 'Say something on a task',
  permission: { action: 'update', subject: 'Task' },
  input: byTask.extend({ text: text(4000) }),
  output: changedTask,
});
