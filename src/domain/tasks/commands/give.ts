import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { nextTime } from '../../../core/recurrence.ts';
import { readableMoment } from '../../../core/zone.ts';
import { findUsers } from '../../staff/contract.ts';
import { checkAbout } from '../about.ts';
import { taskCard } from '../card.ts';
import { autoTask, cancelTask, giveTask, repeatTask, tellTask } from '../contract.ts';
import { checkPeople, give, repeatOf } from '../give.ts';
import { TaskModel } from '../model.ts';
import { assigneeButtons, tellOf } from '../notices.ts';
import { viewOf } from '../view.ts';
import { soonWords } from '../words.ts';

const ok = { ok: true } as const;

export const giveTaskHandler = handles(
  giveTask,
  async (ctx, { leadId, contactId, ticketId, repeats, dueAt, assigneeId = ctx.actor.id, ...input }) => {
    const { timezone, locale } = ctx.config.app.organisation;
    const due = dueAt ? new Date(dueAt) : undefined;
    if (due && due <= ctx.now())
      throw new AppError('time.past', { when: readableMoment(due, timezone, locale) });
    const watcherIds = input.watcherIds.filter((id) => id !== assigneeId && id !== ctx.actor.id);
    await checkPeople(ctx, [assigneeId, ...watcherIds]);
    const about = await checkAbout(ctx, { leadId, contactId, ticketId });
    const task = await give(ctx, {
      ...input,
      assigneeId,
      watcherIds,
      initiatorId: ctx.actor.id,
      initiatorName: ctx.actor.name,
      ...(due && { dueAt: due }),
      ...(repeats && { repeat: repeatOf(ctx, repeats, due) }),
      ...about,
    });
    ctx.audit({
      kind: 'Task',
      id: task._id,
      after: { title: task.title, assigneeId, dueAt },
      text: `gave T${task.number} “${task.title}”`,
      undo: { command: cancelTask.name, input: { taskId: task._id, series: true } },
    });
    return { task: await viewOf(ctx, task) };
  },
  { present: ({ task }, at) => ({ cards: [taskCard(task, at)] }) },
);

export const autoTaskHandler = handles(
  autoTask,
  async (ctx, { key, by, leadId, contactId, ticketId, ...input }) => {
    const before = await TaskModel.findOne({ key }, { _id: 1 }).lean();
    if (before) return { taskId: before._id };
    const [assignee] = (await ctx.ask(findUsers, { ids: [input.assigneeId] })).items;
    if (!assignee) return {};
    const about = await checkAbout(ctx, { leadId, contactId, ticketId });
    const { dueAt, ...rest } = input;
    const task = await give(ctx, {
      ...rest,
      initiatorName: by,
      watcherIds: [],
      remind: [0],
      key,
      ...(dueAt && { dueAt: new Date(dueAt) }),
      ...about,
    });
    return { taskId: task._id };
  },
);

/** Silent when it was closed or moved meanwhile. */
export const tellTaskHandler = handles(tellTask, async (ctx, { taskId, minutes }) => {
  const task = await TaskModel.findOne({ _id: taskId, active: true }).lean();
  if (!task?.dueAt) return ok;
  await tellOf(ctx, task, ['assignee'], {
    what: `due:${task.dueAt.toISOString()}:${minutes}`,
    rule: 'task-due',
    title: minutes ? `Task due ${soonWords(minutes)}` : 'Task due now',
    buttons: assigneeButtons(task),
    popup: minutes === 0,
  });
  return ok;
});

/** At its due time the next of the series is given, whether this one is done or not; what an outage left out stays out. */
export const repeatTaskHandler = handles(repeatTask, async (ctx, { taskId }) => {
  const task = await TaskModel.findById(taskId).lean();
  if (!task?.repeat || !task.dueAt) return ok;
  const { timezone } = ctx.config.app.organisation;
  const after = new Date(Math.max(task.dueAt.getTime(), ctx.now().getTime()));
  const dueAt = nextTime(task.repeat, after, timezone);
  await TaskModel.updateOne({ _id: taskId }, { $unset: { repeat: 1 } });
  const [assignee] = (await ctx.ask(findUsers, { ids: [task.assigneeId] })).items;
  if (!dueAt || !assignee) return ok;
  const {
    title,
    note,
    priority,
    assigneeId,
    initiatorId,
    initiatorName,
    watcherIds,
    remind,
    minutes,
    leadId,
    contactId,
    ticketId,
  } = task;
  await give(ctx, {
    title,
    priority,
    assigneeId,
    initiatorName,
    watcherIds,
    remind,
    dueAt,
    repeat: task.repeat,
    ...(note && { note }),
    ...(initiatorId && { initiatorId }),
    ...(minutes && { minutes }),
    ...(leadId && { leadId }),
    ...(contactId && { contactId }),
    ...(ticketId && { ticketId }),
  });
  return ok;
});
