import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { all } from '../../../core/filter.ts';
import { findUsers } from '../../staff/contract.ts';
import { taskCard } from '../card.ts';
import { getTask, listTasks, type TaskViewName, taskPeople, taskViewNames, taskViews } from '../contract.ts';
import { type TaskDocument, TaskEntryModel, TaskModel } from '../model.ts';
import { searchWords } from '../rules.ts';
import { reach, viewOf, viewsOf } from '../view.ts';

type Condition = Record<string, unknown>;
type Order = 'due' | 'newest';

/** The named lists, as data. A task without a time comes behind those that have one. */
const table: Record<
  TaskViewName,
  { label: string; where: (at: { now: Date; me: string }) => Condition; order: Order }
> = {
  mine: { label: 'Mine', where: ({ me }) => ({ active: true, assigneeId: me }), order: 'due' },
  overdue: {
    label: 'Overdue',
    where: ({ me, now }) => ({ active: true, assigneeId: me, dueAt: { $lt: now } }),
    order: 'due',
  },
  given: {
    label: 'Given by me',
    where: ({ me }) => ({ active: true, initiatorId: me, assigneeId: { $ne: me } }),
    order: 'due',
  },
  watched: { label: 'Watched', where: ({ me }) => ({ active: true, watcherIds: me }), order: 'due' },
  closed: { label: 'Closed', where: () => ({ active: false }), order: 'newest' },
  all: { label: 'All', where: () => ({}), order: 'newest' },
};

/** Behind every time: where those without one stand in the list. */
const noTime = '9999-12-31T00:00:00.000Z';

export const listTasksHandler = handles(
  listTasks,
  async (ctx, input) => {
    const { order } = table[input.view];
    const dated = input.from || input.to ? 'due' : order;
    const conditions = conditionsOf(ctx, input);
    const rows = await page(conditions, dated, input.cursor, input.limit + 1);
    const shown = rows.slice(0, input.limit);
    const last = shown.at(-1);
    return {
      items: await viewsOf(ctx, shown),
      total: await TaskModel.countDocuments(all(conditions)),
      ...(rows.length > input.limit &&
        last && { nextCursor: encodeCursor([last.dueAt?.toISOString() ?? noTime, last._id]) }),
    };
  },
  {
    present: ({ items, total }, at) =>
      items.length
        ? {
            text:
              total > items.length
                ? `${items.length} of ${total} tasks:`
                : `${total} task${total === 1 ? '' : 's'}:`,
            cards: items.map((task) => taskCard(task, at)),
          }
        : { text: 'No tasks here.' },
  },
);

async function page(
  conditions: Condition[],
  order: Order,
  cursor: string | undefined,
  limit: number,
): Promise<TaskDocument[]> {
  const place = decodeCursor<[string, string]>(cursor);
  if (order === 'newest')
    return TaskModel.find(all([...conditions, place ? { _id: { $lt: place[1] } } : {}]))
      .sort({ _id: -1 })
      .limit(limit)
      .lean();
  const at = new Date(place?.[0] ?? 0);
  const isDated = place?.[0] !== noTime;
  const behind = place
    ? { $or: [{ dueAt: { $gt: at } }, { dueAt: at, _id: { $gt: place[1] } }] }
    : { dueAt: { $exists: true } };
  const dated = isDated
    ? await TaskModel.find(all([...conditions, behind]))
        .sort({ dueAt: 1, _id: 1 })
        .limit(limit)
        .lean()
    : [];
  if (dated.length === limit) return dated;
  const rest = [{ dueAt: { $exists: false } }, place && !isDated ? { _id: { $gt: place[1] } } : {}];
  const undated = await TaskModel.find(all([...conditions, ...rest]))
    .sort({ _id: 1 })
    .limit(limit - dated.length)
    .lean();
  return [...dated, ...undated];
}

type Filter = Partial<Pick<TaskDocument, 'status' | 'priority' | 'assigneeId'>> & {
  view: TaskViewName;
  leadId?: string | undefined;
  contactId?: string | undefined;
  ticketId?: string | undefined;
  search?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

function conditionsOf(ctx: Context, filter: Filter): Condition[] {
  const { view, status, priority, assigneeId, leadId, contactId, ticketId, search, from, to } = filter;
  return [
    ctx.scope('read', 'Task'),
    table[view].where({ now: ctx.now(), me: ctx.actor.id }),
    status ? { status } : {},
    priority ? { priority } : {},
    assigneeId ? { assigneeId } : {},
    leadId ? { leadId } : {},
    contactId ? { contactId } : {},
    ticketId ? { ticketId } : {},
    from || to ? { dueAt: { ...(from && { $gte: new Date(from) }), ...(to && { $lt: new Date(to) }) } } : {},
    ...searchWords(search ?? '').map((word) => ({ search: { $regex: `^${word}` } })),
  ];
}

export const taskViewsHandler = handles(taskViews, async (ctx) => ({
  items: await Promise.all(
    taskViewNames.map(async (view) => ({
      view,
      label: table[view].label,
      count: await TaskModel.countDocuments(all(conditionsOf(ctx, { view }))),
    })),
  ),
}));

export const getTaskHandler = handles(
  getTask,
  async (ctx, { taskId }) => {
    const task = await reach(ctx, 'read', taskId);
    const entries = await TaskEntryModel.find({ taskId: task._id }).sort({ _id: 1 }).limit(500).lean();
    return {
      ...(await viewOf(ctx, task)),
      entries: entries.map(({ _id, at, kind, title, text, by }) => ({
        id: _id,
        at: at.toISOString(),
        kind,
        title,
        by,
        ...(text && { text }),
      })),
    };
  },
  { present: (task, at) => ({ cards: [taskCard(task, at)] }) },
);

export const taskPeopleHandler = handles(taskPeople, async (ctx) => {
  const { items } = await ctx.asSystem('tasks').ask(findUsers, {});
  return {
    items: items
      .map(({ id, name, absent }) => ({ id, name, absent }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
});
