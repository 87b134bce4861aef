import { z } from 'zod';
import { defineEvent } from '../../../core/define.ts';
import { taskStatuses } from './view.ts';

export const taskGiven = defineEvent(
  'task.given',
  'A task was given',
  z.object({ taskId: z.string(), assigneeId: z.string(), initiatorId: z.string().optional() }),
);
export const taskMoved = defineEvent(
  'task.moved',
  'A task was begun, done, declined, given back or taken back',
  z.object({ taskId: z.string(), from: z.enum(taskStatuses), to: z.enum(taskStatuses) }),
);
export const taskChanged = defineEvent(
  'task.changed',
  'A task’s particulars changed',
  z.object({ taskId: z.string() }),
);
