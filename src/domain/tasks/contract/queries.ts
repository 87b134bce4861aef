import { z } from 'zod';
import { defineQuery } from '../../../core/define.ts';
import { instant } from '../../contacts/contract.ts';
import { byTask, taskEntry, taskPriorities, taskStatuses, taskView } from './view.ts';

export const taskViewNames = ['mine', 'overdue', 'given', 'watched', 'closed', 'all'] as const;
export type TaskViewName = (typeof taskViewNames)[number];

export const listTasks = defineQuery({
  name: 'task.list',
  summary: 'Tasks: yours, those you gave, those you watch',
  permission: { action: 'read', subject: 'Task' },
  path: '/tasks',
  input: z.object({
    view: z.enum(taskViewNames).default('all'),
    status: z.enum(taskStatuses).optional(),
    priority: z.enum(taskPriorities).optional(),
    assigneeId: z.string().optional(),
    leadId: z.string().optional(),
    contactId: z.string().optional(),
    ticketId: z.string().optional(),
    search: z.string().max(200).optional(),
    /** Due in `[from, to)`. */
    from: instant.optional(),
    to: instant.optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ items: z.array(taskView), nextCursor: z.string().optional(), total: z.number() }),
  chat: {
    verb: 'tasks',
    slots: [
      {
        name: 'view',
        type: 'choice',
        options: { mine: 'mine', overdue: 'overdue', given: 'given', watched: 'watched', closed: 'closed' },
        optional: true,
      },
    ],
    example: 'tasks overdue',
    fixed: { view: 'mine', limit: 10 },
  },
});

export const taskViews = defineQuery({
  name: 'task.views',
  summary: 'The named task lists with their counts',
  permission: { action: 'read', subject: 'Task' },
  path: '/tasks/views',
  input: z.object({}),
  output: z.object({
    items: z.array(z.object({ view: z.enum(taskViewNames), label: z.string(), count: z.number() })),
  }),
});

export const getTask = defineQuery({
  name: 'task.get',
  summary: 'One task with what was said and done on it',
  permission: { action: 'read', subject: 'Task' },
  path: '/tasks/:taskId',
  input: byTask,
  output: taskView.extend({ entries: z.array(taskEntry) }),
});

/** Anyone gives a task to anyone: their names and nothing else, whatever one may see of users. */
export const taskPeople = defineQuery({
  name: 'task.people',
  summary: 'Colleagues whom you may give a task or a reminder',
  permission: { action: 'create', subject: 'Task' },
  path: '/tasks/people',
  input: z.object({}),
  output: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), absent: z.boolean() })) }),
});
