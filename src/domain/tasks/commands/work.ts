import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { Form } from '../../../core/messaging.ts';
import { onTimeline } from '../about.ts';
import { taskCard } from '../card.ts';
import {
  cancelTask,
  commentTask,
  declineTask,
  finishTask,
  reopenTask,
  startTask,
  type TaskStatus,
  type TaskView,
  taskMoved,
} from '../contract.ts';
import { log } from '../log.ts';
import { type TaskDocument, TaskModel } from '../model.ts';
import { assigneeButtons, initiatorButtons, tellOf } from '../notices.ts';
import { isActive, needsReport, statusLabel } from '../rules.ts';
import { schedule } from '../timers.ts';
import { reach, reachFor, subjectFor, viewOf } from '../view.ts';

const card = {
  present: ({ task }: { task: TaskView }, at: { zone: string; locale: string }) => ({
    cards: [taskCard(task, at)],
    update: true,
  }),
};
const asking =
  (what: { command: string; title: string; field: string; label: string; optional?: boolean }) =>
  async (ctx: Context, partial: Record<string, unknown>): Promise<Form> => {
    const task = await reach(ctx, 'update', String(partial.taskId));
    return {
      title: `${what.title} T${task.number}`,
      command: what.command,
      fixed: { taskId: task._id },
      fields: [
        {
          name: what.field,
          label: what.label,
          type: 'longtext',
          ...(what.optional && { optional: true }),
          ...(typeof partial[what.field] === 'string' && { value: partial[what.field] as string }),
        },
      ],
    };
  };

export const startTaskHandler = handles(
  startTask,
  async (ctx, { taskId }) => {
    const task = await reachFor(ctx, taskId, 'start');
    const after = await move(ctx, task, 'in-progress', { startedAt: ctx.now() });
    await tellOf(ctx, after, ['initiator'], {
      what: `begun:${ctx.cause.id}`,
      title: 'Begun',
      text: `By ${ctx.actor.name}.`,
    });
    return { task: await viewOf(ctx, after) };
  },
  card,
);

export const finishTaskHandler = handles(
  finishTask,
  async (ctx, { taskId, report }) => {
    const task = await reachFor(ctx, taskId, 'finish');
    if (!report && needsReport(task, ctx.actor))
      throw new AppError('task.report_required', {
        number: `T${task.number}`,
        initiator: task.initiatorName,
      });
    const after = await move(ctx, task, 'done', { closedAt: ctx.now(), ...(report && { report }) }, report);
    await tellOf(ctx, after, ['initiator', 'assignee', 'watchers'], {
      what: `done:${ctx.cause.id}`,
      title: 'Done',
      text: `${ctx.actor.name}: ${report ?? 'done.'}`,
      buttons: initiatorButtons(after),
    });
    await onTimeline(ctx, after, 'done', report);
    return { task: await viewOf(ctx, after) };
  },
  {
    ...card,
    form: asking({ command: finishTask.name, title: 'Report on', field: 'report', label: 'What came of it' }),
  },
);

export const declineTaskHandler = handles(
  declineTask,
  async (ctx, { taskId, reason }) => {
    const task = await reachFor(ctx, taskId, 'decline');
    const after = await move(ctx, task, 'declined', { closedAt: ctx.now(), report: reason }, reason);
    await tellOf(ctx, after, ['initiator', 'watchers'], {
      what: `declined:${ctx.cause.id}`,
      title: 'Declined',
      text: `${ctx.actor.name}: ${reason}`,
      buttons: initiatorButtons(after),
      popup: true,
    });
    return { task: await viewOf(ctx, after) };
  },
  { ...card, form: asking({ command: declineTask.name, title: 'Decline', field: 'reason', label: 'Why' }) },
);

export const cancelTaskHandler = handles(
  cancelTask,
  async (ctx, { taskId, reason, series }) => {
    const found = await reachFor(ctx, taskId, 'cancel');
    const { repeat: _, ...once } = found;
    const after = await move(ctx, series ? once : found, 'cancelled', { closedAt: ctx.now() }, reason);
    await tellOf(ctx, after, ['assignee', 'watchers'], {
      what: `cancelled:${ctx.cause.id}`,
      title: 'Taken back',
      text: [`By ${ctx.actor.name}.`, reason].filter(Boolean).join(' '),
    });
    return { task: await viewOf(ctx, after) };
  },
  card,
);

export const reopenTaskHandler = handles(
  reopenTask,
  async (ctx, { taskId, reason }) => {
    const task = await reachFor(ctx, taskId, 'reopen');
    const { closedAt: _, startedAt: __, ...open } = task;
    const after = await move(ctx, open, 'open', {}, reason);
    await tellOf(ctx, after, ['assignee'], {
      what: `reopened:${ctx.cause.id}`,
      title: 'Given back',
      text: `${ctx.actor.name}: ${reason ?? 'please do it again.'}`,
      buttons: assigneeButtons(after),
      popup: true,
    });
    return { task: await viewOf(ctx, after) };
  },
  {
    ...card,
    form: asking({
      command: reopenTask.name,
      title: 'Give back',
      field: 'reason',
      label: 'What is missing',
      optional: true,
    }),
  },
);

export const commentTaskHandler = handles(
  commentTask,
  async (ctx, { taskId, text }) => {
    const task = await reach(ctx, 'update', taskId);
    log(ctx, task._id, { kind: 'comment', title: 'Comment', text });
    await tellOf(ctx, task, ['assignee', 'initiator', 'watchers'], {
      what: `comment:${ctx.cause.id}`,
      title: 'Comment',
      text: `${ctx.actor.name}: ${text}`,
    });
    ctx.audit({ kind: 'Task', id: task._id, after: { text }, text: `commented on T${task.number}` });
    return { task: await viewOf(ctx, task) };
  },
  {
    ...card,
    form: asking({ command: commentTask.name, title: 'Comment on', field: 'text', label: 'Comment' }),
  },
);

/** The one place where a task's status changes: silent timers, its log, the audit with its undoing. */
async function move(
  ctx: Context,
  task: TaskDocument,
  to: TaskStatus,
  more: Partial<TaskDocument>,
  text?: string,
): Promise<TaskDocument> {
  const after: TaskDocument = { ...task, ...more, status: to, active: isActive(to), updatedAt: ctx.now() };
  const { _id, ...rest } = after;
  await TaskModel.replaceOne({ _id }, rest);
  await schedule(ctx, after);
  log(ctx, _id, {
    kind: 'status',
    title: `${statusLabel(task.status)} → ${statusLabel(to)}`,
    ...(text && { text }),
  });
  ctx.emit(taskMoved, { taskId: _id, from: task.status, to }, subjectFor(task));
  const closed = !isActive(to);
  ctx.audit({
    kind: 'Task',
    id: _id,
    before: { status: task.status },
    after: { status: to, ...(text && { text }) },
    text: `T${task.number} ${statusLabel(to).toLowerCase()}`,
    ...(closed && {
      undo: { command: reopenTask.name, input: { taskId: _id, reason: 'Closed by mistake.' } },
    }),
  });
  return after;
}
