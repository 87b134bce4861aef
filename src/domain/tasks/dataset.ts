import { defineDataset } from '../../core/dataset.ts';
import type { TaskStatus } from './contract.ts';
import { TaskModel } from './model.ts';
import { statusLabel, workflow } from './rules.ts';

const labels = Object.fromEntries(
  (Object.keys(workflow.states) as TaskStatus[]).map((status) => [status, statusLabel(status)]),
);

export const taskDataset = defineDataset({
  name: 'tasks',
  label: 'Tasks',
  subject: 'Task',
  model: TaskModel,
  dimensions: { caller: { field: 'assigneeId' }, status: { field: 'status', labels: () => labels } },
  measures: [
    {
      name: 'task.given',
      label: 'Tasks given',
      words: ['tasks given', 'tasks', 'task', 'new tasks'],
      at: 'createdAt',
    },
    {
      name: 'task.done',
      label: 'Tasks done',
      words: ['tasks done', 'done tasks', 'tasks completed', 'tasks finished'],
      at: 'closedAt',
      where: () => ({ status: 'done' }),
    },
    {
      name: 'task.due',
      label: 'Tasks due',
      words: ['tasks due', 'due tasks', 'pending tasks'],
      at: 'dueAt',
      where: () => ({ active: true }),
    },
  ],
  columns: [
    { key: 'number', label: 'Task', field: 'number', kind: 'number' },
    { key: 'title', label: 'What', field: 'title', kind: 'text' },
    { key: 'caller', label: 'For', field: 'assigneeId', kind: 'text', person: true },
    { key: 'status', label: 'Status', field: 'status', kind: 'text' },
    { key: 'dueAt', label: 'Due', field: 'dueAt', kind: 'time' },
    { key: 'report', label: 'Report', field: 'report', kind: 'text' },
  ],
});
