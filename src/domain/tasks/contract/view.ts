import { z } from 'zod';

export const taskStatuses = ['open', 'in-progress', 'done', 'declined', 'cancelled'] as const;
export type TaskStatus = (typeof taskStatuses)[number];
export const taskPriorities = ['low', 'normal', 'high', 'urgent'] as const;
export type TaskPriority = (typeof taskPriorities)[number];

/** What a task may be about, beside nothing. */
export const taskSubjects = ['lead', 'contact', 'ticket'] as const;

const person = z.object({ id: z.string(), name: z.string() });
export const taskView = z.object({
  id: z.string(),
  /** `T12`, as one says it in chat. */
  number: z.string(),
  title: z.string(),
  note: z.string().optional(),
  status: z.enum(taskStatuses),
  statusLabel: z.string(),
  priority: z.enum(taskPriorities),
  priorityLabel: z.string(),
  assignee: person,
  /** Who gave it; without an id where a rule of the organisation did. */
  initiator: z.object({ id: z.string().optional(), name: z.string() }),
  watchers: z.array(person),
  dueAt: z.string().optional(),
  /** How long it takes from then on the calendar. */
  minutes: z.number().optional(),
  overdue: z.boolean(),
  remind: z.array(z.number()),
  /** In words; only while it comes again. */
  repeats: z.string().optional(),
  repeatRule: z.string().optional(),
  about: z
    .object({
      kind: z.enum(taskSubjects),
      id: z.string(),
      /** `#12 Ravi Kumar`, to those who may see that record; the task alone does not show it to anybody. */
      label: z.string().optional(),
      link: z.string().optional(),
    })
    .optional(),
  /** What the assignee reported, or why they declined. */
  report: z.string().optional(),
  createdAt: z.string(),
  startedAt: z.string().optional(),
  closedAt: z.string().optional(),
  /** What whoever asks may do with it now. */
  may: z.array(z.enum(['start', 'finish', 'decline', 'reopen', 'cancel', 'update', 'comment'])),
});
export type TaskView = z.output<typeof taskView>;

export const taskEntry = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum(['given', 'status', 'changed', 'comment']),
  title: z.string(),
  text: z.string().optional(),
  by: z.string(),
});
export const byTask = z.object({
  /** Its record id, or its number: `T12`, `12`. */
  taskId: z.string().max(40),
});
export const changedTask = z.object({ task: taskView });
