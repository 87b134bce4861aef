import { z } from 'zod';
import { defineCommand } from '../../../core/define.ts';
import { instant } from '../../contacts/contract.ts';
import { taskPriorities } from './view.ts';

const ok = z.object({ ok: z.literal(true) });

/** A task that follows by rule: from an event, a reminder, another module. */
export const autoTask = defineCommand({
  name: 'task.auto',
  summary: 'Give somebody a task by rule (internal)',
  permission: 'system',
  input: z.object({
    title: z.string().min(1).max(200),
    note: z.string().max(4000).optional(),
    assigneeId: z.string(),
    /** Who hears of its status; absent: nobody, a rule gave it. */
    initiatorId: z.string().optional(),
    /** What gave it, in words: the rule, the reminder. */
    by: z.string().max(120),
    dueAt: instant.optional(),
    priority: z.enum(taskPriorities).default('normal'),
    leadId: z.string().optional(),
    contactId: z.string().optional(),
    ticketId: z.string().optional(),
    /** The same cause gives one task, however often it is told. */
    key: z.string().max(200),
  }),
  output: z.object({ taskId: z.string().optional() }),
});

/** What the timers of a task run. */
export const tellTask = defineCommand({
  name: 'task.tell',
  summary: 'A task is near its time or due (internal)',
  permission: 'system',
  input: z.object({ taskId: z.string(), minutes: z.number() }),
  output: ok,
});
export const repeatTask = defineCommand({
  name: 'task.repeat',
  summary: 'The next task of a series (internal)',
  permission: 'system',
  input: z.object({ taskId: z.string() }),
  output: ok,
});
