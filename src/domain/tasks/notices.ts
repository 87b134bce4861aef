/** Who hears of what on a task. Each is told once, in the console and in their linked chat, with what they can do. */
import type { Context } from '../../core/context.ts';
import type { CardButton } from '../../core/messaging.ts';
import { readableMoment } from '../../core/zone.ts';
import { tell } from '../notifications/contract.ts';
import { declineTask, finishTask, reopenTask, startTask } from './contract.ts';
import type { TaskDocument } from './model.ts';

type To = 'assignee' | 'initiator' | 'watchers';
type Said = {
  /** What it is, once per task and moment. */
  what: string;
  title: string;
  text?: string;
  /** Which rule says whether, how and in which words. */
  rule?: 'task-given' | 'task-due' | 'task-progress';
  buttons?: CardButton[];
  popup?: boolean;
};

/** Never to whoever did it: they know. */
export async function tellOf(ctx: Context, task: TaskDocument, to: To[], said: Said): Promise<void> {
  const people: Record<To, string[]> = {
    assignee: [task.assigneeId],
    initiator: task.initiatorId ? [task.initiatorId] : [],
    watchers: task.watcherIds,
  };
  const ids = new Set(to.flatMap((each) => people[each]));
  ids.delete(ctx.actor.id);
  for (const userId of ids)
    await ctx.asSystem('tasks').run(tell, {
      userId,
      rule: said.rule ?? 'task-progress',
      title: `${said.title}: T${task.number} ${task.title}`.slice(0, 200),
      text: said.text ?? task.note ?? task.title,
      about: {
        task: `T${task.number}`,
        subject: task.title,
        from: task.initiatorName,
        ...wordsOf(ctx, task),
        note: said.rule === 'task-given' ? (task.note ?? '') : (said.text ?? task.note ?? task.title),
      },
      link: `/tasks/${task._id}`,
      key: `task:${task._id}:${said.what}:${userId}`,
      popup: said.popup ?? false,
      buttons: said.buttons ?? [],
    });
}

/** `From Priya. Due Tue, 24 Nov 2026, 4:00 PM (Asia/Kolkata). The note.` */
export function particulars(ctx: Context, task: TaskDocument): string {
  const { due, priority } = wordsOf(ctx, task);
  return [`From ${task.initiatorName}.`, due, priority, task.note].filter(Boolean).join(' ');
}

function wordsOf(ctx: Context, { dueAt, priority }: TaskDocument): { due?: string; priority?: string } {
  const { timezone, locale } = ctx.config.app.organisation;
  return {
    ...(dueAt && { due: `Due ${readableMoment(dueAt, timezone, locale)}.` }),
    ...((priority === 'urgent' || priority === 'high') && { priority: `Priority: ${priority}.` }),
  };
}

export const assigneeButtons = ({
  _id: taskId,
  status,
  initiatorId,
  assigneeId,
}: TaskDocument): CardButton[] => [
  ...(status === 'open'
    ? [{ label: 'Start', command: startTask.name, input: { taskId }, style: 'primary' as const }]
    : []),
  { label: 'Done', command: finishTask.name, input: { taskId }, form: initiatorId !== assigneeId },
  ...(initiatorId === assigneeId
    ? []
    : [{ label: 'Decline', command: declineTask.name, input: { taskId }, form: true }]),
];
export const initiatorButtons = ({ _id: taskId }: TaskDocument): CardButton[] => [
  { label: 'Give back', command: reopenTask.name, input: { taskId }, form: true },
];
