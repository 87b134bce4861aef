import type { Card, CardButton } from '../../core/messaging.ts';
import { readableMoment } from '../../core/zone.ts';
import {
  cancelTask,
  commentTask,
  declineTask,
  finishTask,
  reopenTask,
  startTask,
  type TaskView,
} from './contract.ts';

type At = { zone: string; locale: string };

/** What staff see of a task in chat; its buttons are what this reader may do with it now. */
export function taskCard(task: TaskView, { zone, locale }: At): Card {
  const fields = [
    ['Status', task.statusLabel],
    ['For', task.assignee.name],
    ['From', task.initiator.name],
    [
      task.overdue ? 'Overdue since' : 'Due',
      task.dueAt && readableMoment(new Date(task.dueAt), zone, locale),
    ],
    ['Priority', task.priority === 'normal' ? undefined : task.priorityLabel],
    ['Repeats', task.repeats],
    ['About', task.about?.label],
    ['Report', task.report],
  ] as const;
  return {
    title: `${task.number} ${task.title}`.slice(0, 150),
    ...(task.note && { text: task.note }),
    fields: fields.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
    buttons: task.may.flatMap((act) => buttons[act]?.(task) ?? []),
    link: `/tasks/${task.id}`,
    key: `task:${task.id}`,
  };
}

const buttons: Partial<Record<TaskView['may'][number], (task: TaskView) => CardButton>> = {
  start: ({ id }) => ({ label: 'Start', command: startTask.name, input: { taskId: id }, style: 'primary' }),
  finish: ({ id, initiator, assignee }) => ({
    label: 'Done',
    command: finishTask.name,
    input: { taskId: id },
    form: initiator.id !== assignee.id,
  }),
  decline: ({ id }) => ({ label: 'Decline', command: declineTask.name, input: { taskId: id }, form: true }),
  reopen: ({ id }) => ({ label: 'Give back', command: reopenTask.name, input: { taskId: id }, form: true }),
  comment: ({ id }) => ({ label: 'Comment', command: commentTask.name, input: { taskId: id }, form: true }),
  cancel: ({ id }) => ({
    label: 'Take back',
    command: cancelTask.name,
    input: { taskId: id },
    style: 'danger',
    confirm: 'Take this task back?',
  }),
};
