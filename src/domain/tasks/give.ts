/** The one place where a task comes to be. */
import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { frequencies, type Repeat, ruleFor, wallTime } from '../../core/recurrence.ts';
import { invalid } from '../../core/validate.ts';
import { findUsers } from '../staff/contract.ts';
import { onTimeline } from './about.ts';
import { taskGiven } from './contract.ts';
import { log } from './log.ts';
import { nextTaskNumber, type TaskDocument, TaskModel } from './model.ts';
import { assigneeButtons, particulars, tellOf } from './notices.ts';
import { partiesOf, rankOf, searchWords } from './rules.ts';
import { schedule } from './timers.ts';
import { subjectFor } from './view.ts';

type New = Pick<
  TaskDocument,
  'title' | 'priority' | 'assigneeId' | 'initiatorName' | 'watcherIds' | 'remind'
> &
  Partial<
    Pick<
      TaskDocument,
      'note' | 'initiatorId' | 'dueAt' | 'minutes' | 'repeat' | 'leadId' | 'contactId' | 'ticketId' | 'key'
    >
  >;

export async function give(ctx: Context, what: New): Promise<TaskDocument> {
  const number = await nextTaskNumber();
  const task: TaskDocument = {
    ...what,
    _id: ctx.id(),
    number,
    status: 'open',
    active: true,
    rank: rankOf(what.priority),
    partyIds: partiesOf(what),
    teamIds: await teamsOf(ctx, what.assigneeId),
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
    search: searchWords(`t${number} ${number} ${what.title}`),
  };
  ctx.writes.insert(TaskModel, task);
  const by = { by: what.initiatorName };
  log(ctx, task._id, { kind: 'given', title: 'Given', ...by });
  await schedule(ctx, task);
  await onTimeline(ctx, task, 'given');
  await tellOf(ctx, task, ['assignee'], {
    what: 'given',
    title: 'New task',
    rule: 'task-given',
    text: particulars(ctx, task),
    buttons: assigneeButtons(task),
    popup: task.priority === 'urgent',
  });
  await tellOf(ctx, task, ['watchers'], {
    what: 'watched',
    title: 'You watch',
    rule: 'task-given',
    text: particulars(ctx, task),
  });
  ctx.emit(
    taskGiven,
    {
      taskId: task._id,
      assigneeId: task.assigneeId,
      ...(task.initiatorId && { initiatorId: task.initiatorId }),
    },
    subjectFor(task),
  );
  return task;
}

export const teamsOf = async (ctx: Context, userId: string): Promise<string[]> =>
  (await ctx.asSystem('tasks').ask(findUsers, { ids: [userId] })).items[0]?.teamIds ?? [];

/** @throws record.not_found for whoever is not, or no longer, a colleague */
export async function checkPeople(ctx: Context, ids: string[]): Promise<void> {
  const wanted = [...new Set(ids)];
  if (!wanted.length) return;
  const { items } = await ctx.asSystem('tasks').ask(findUsers, { ids: wanted });
  const known = new Set(items.map(({ id }) => id));
  for (const id of wanted)
    if (!known.has(id)) throw new AppError('record.not_found', { kind: 'colleague', id });
}

/** `daily` or a rule, from the due time on. */
export function repeatOf(ctx: Context, repeats: string, dueAt: Date | undefined): Repeat {
  if (!dueAt) throw invalid('dueAt', 'is needed for a task that comes again');
  const from = wallTime(dueAt, ctx.config.app.organisation.timezone);
  const named = frequencies.find((each) => each === repeats);
  return { rule: named ? ruleFor(named, from) : repeats, from };
}
