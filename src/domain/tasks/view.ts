import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { all } from '../../core/filter.ts';
import { repeatWords } from '../../core/recurrence.ts';
import type { Action } from '../../core/rights.ts';
import { findUsers } from '../staff/contract.ts';
import { aboutOf, labelsOf } from './about.ts';
import type { TaskView } from './contract.ts';
import { type TaskDocument, TaskModel } from './model.ts';
import { isActive, mayDo, numberIn, priorityLabels, statusLabel } from './rules.ts';

/** By its record id or its number. @throws record.not_found for what the actor may not reach, too */
export async function reach(ctx: Context, action: Action, taskId: string): Promise<TaskDocument> {
  const number = numberIn(taskId);
  const which = number === undefined ? { _id: taskId } : { number };
  const task = await TaskModel.findOne(all([which, ctx.scope(action, 'Task')])).lean();
  if (!task) throw new AppError('record.not_found', { kind: 'task', id: taskId });
  return task;
}

/** Reaches it and asks the workflow. @throws auth.forbidden, task.move_not_allowed */
export async function reachFor(
  ctx: Context,
  taskId: string,
  act: TaskView['may'][number],
): Promise<TaskDocument> {
  const task = await reach(ctx, 'update', taskId);
  const may = mayDo(task, ctx.actor);
  if (may.includes(act)) return task;
  const inTime = mayDo({ ...task, status: isActive(task.status) ? 'done' : 'open' }, ctx.actor).includes(act);
  if (inTime || act === 'start')
    throw new AppError('task.move_not_allowed', {
      number: `T${task.number}`,
      status: statusLabel(task.status).toLowerCase(),
    });
  throw new AppError('auth.forbidden', { action: act, subject: 'this task' });
}

export async function viewsOf(ctx: Context, tasks: TaskDocument[]): Promise<TaskView[]> {
  const ids = [...new Set(tasks.flatMap(({ partyIds }) => partyIds))];
  const { items } = ids.length
    ? await ctx.asSystem('tasks').ask(findUsers, { ids, activeOnly: false })
    : { items: [] };
  const names = new Map(items.map(({ id, name }) => [id, name]));
  const labels = await labelsOf(ctx, tasks);
  const person = (id: string) => ({ id, name: names.get(id) ?? 'Somebody' });
  const about = (task: TaskDocument) => {
    const of = aboutOf(task);
    return of && { ...of, ...labels.get(of.id) };
  };
  return tasks.map((task) => ({
    id: task._id,
    number: `T${task.number}`,
    title: task.title,
    status: task.status,
    statusLabel: statusLabel(task.status),
    priority: task.priority,
    priorityLabel: priorityLabels[task.priority],
    assignee: person(task.assigneeId),
    initiator: task.initiatorId ? person(task.initiatorId) : { name: task.initiatorName },
    watchers: task.watcherIds.map(person),
    overdue: task.active && task.dueAt !== undefined && task.dueAt < ctx.now(),
    remind: task.remind,
    createdAt: task.createdAt.toISOString(),
    may: ctx.can('update', 'Task', task) ? mayDo(task, ctx.actor) : [],
    ...(task.note && { note: task.note }),
    ...(task.dueAt && { dueAt: task.dueAt.toISOString() }),
    ...(task.minutes && { minutes: task.minutes }),
    ...(task.repeat && { repeats: repeatWords(task.repeat), repeatRule: task.repeat.rule }),
    ...(aboutOf(task) && { about: about(task) }),
    ...(task.report && { report: task.report }),
    ...(task.startedAt && { startedAt: task.startedAt.toISOString() }),
    ...(task.closedAt && { closedAt: task.closedAt.toISOString() }),
  }));
}

export const viewOf = async (ctx: Context, task: TaskDocument): Promise<TaskView> =>
  (await viewsOf(ctx, [task]))[0]!;
export const subjectFor = ({ _id }: TaskDocument) => ({ kind: 'Task' as const, id: _id });
