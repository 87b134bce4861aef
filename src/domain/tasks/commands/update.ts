import type { z } from 'zod';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { readableMoment } from '../../../core/zone.ts';
import { taskCard } from '../card.ts';
import { taskChanged, updateTask } from '../contract.ts';
import { checkPeople, repeatOf, teamsOf } from '../give.ts';
import { log } from '../log.ts';
import { type TaskDocument, TaskModel } from '../model.ts';
import { assigneeButtons, particulars, tellOf } from '../notices.ts';
import { partiesOf, priorityLabels, rankOf, searchWords } from '../rules.ts';
import { schedule } from '../timers.ts';
import { reachFor, subjectFor, viewOf } from '../view.ts';

export const updateTaskHandler = handles(
  updateTask,
  async (ctx, { taskId, ...changes }) => {
    const before = await reachFor(ctx, taskId, 'update');
    const { timezone, locale } = ctx.config.app.organisation;
    const due = changes.dueAt ? new Date(changes.dueAt) : undefined;
    if (due && due <= ctx.now() && due.getTime() !== before.dueAt?.getTime())
      throw new AppError('time.past', { when: readableMoment(due, timezone, locale) });
    const named = [changes.assigneeId, ...(changes.watcherIds ?? [])].flatMap((id) => id ?? []);
    await checkPeople(
      ctx,
      named.filter((id) => !before.partyIds.includes(id)),
    );
    const after = applied(ctx, before, changes, due);
    if (after.assigneeId !== before.assigneeId) after.teamIds = await teamsOf(ctx, after.assigneeId);
    const told = differences(ctx, before, after);
    if (!told.length) return { task: await viewOf(ctx, before) };
    const { _id, ...rest } = after;
    await TaskModel.replaceOne({ _id }, rest);
    await schedule(ctx, after);
    log(ctx, _id, { kind: 'changed', title: told.join('; ') });
    await tellChange(ctx, before, after, told.join('; '));
    ctx.emit(taskChanged, { taskId: _id }, subjectFor(after));
    ctx.audit({
      kind: 'Task',
      id: _id,
      before: editable(before),
      after: editable(after),
      text: `changed T${before.number}`,
      undo: { command: updateTask.name, input: { taskId: _id, ...editable(before) } },
    });
    return { task: await viewOf(ctx, after) };
  },
  { present: ({ task }, at) => ({ cards: [taskCard(task, at)], update: true }) },
);

type Changes = Omit<z.output<typeof updateTask.input>, 'taskId'>;

/** What is `null` goes; a series follows its due time. */
function applied(ctx: Context, before: TaskDocument, changes: Changes, due: Date | undefined): TaskDocument {
  const after: TaskDocument = { ...before, updatedAt: ctx.now() };
  for (const name of [
    'title',
    'assigneeId',
    'watcherIds',
    'priority',
    'remind',
    'note',
    'minutes',
  ] as const) {
    if (changes[name] === null) delete after[name as 'note' | 'minutes'];
    else if (changes[name] !== undefined) Object.assign(after, { [name]: changes[name] });
  }
  if (changes.dueAt === null) delete after.dueAt;
  else if (due) after.dueAt = due;
  if (changes.repeats === null || !after.dueAt) delete after.repeat;
  else if (changes.repeats) after.repeat = repeatOf(ctx, changes.repeats, after.dueAt);
  const { assigneeId, initiatorId } = after;
  after.watcherIds = [...new Set(after.watcherIds)].filter((id) => id !== assigneeId && id !== initiatorId);
  after.partyIds = partiesOf(after);
  after.rank = rankOf(after.priority);
  after.search = searchWords(`t${after.number} ${after.number} ${after.title}`);
  // Somebody else has not begun it.
  if (assigneeId !== before.assigneeId) {
    after.status = 'open';
    delete after.startedAt;
  }
  return after;
}

function differences(ctx: Context, before: TaskDocument, after: TaskDocument): string[] {
  const { timezone, locale } = ctx.config.app.organisation;
  const due = ({ dueAt }: TaskDocument) => (dueAt ? readableMoment(dueAt, timezone, locale) : 'no time');
  const same = (name: keyof TaskDocument) => JSON.stringify(before[name]) === JSON.stringify(after[name]);
  const told: [keyof TaskDocument, () => string][] = [
    ['title', () => `Now called “${after.title}”`],
    ['note', () => 'Description changed'],
    ['assigneeId', () => 'Given to somebody else'],
    ['dueAt', () => `Due ${due(after)} instead of ${due(before)}`],
    ['minutes', () => (after.minutes ? `Takes ${after.minutes} minutes` : 'Length taken away')],
    ['priority', () => `Priority ${priorityLabels[after.priority].toLowerCase()}`],
    ['watcherIds', () => 'Others watch it'],
    ['remind', () => 'Reminders changed'],
    ['repeat', () => (after.repeat ? 'Comes again otherwise' : 'Does not come again')],
  ];
  return told.filter(([name]) => !same(name)).map(([, say]) => say());
}

async function tellChange(
  ctx: Context,
  before: TaskDocument,
  after: TaskDocument,
  what: string,
): Promise<void> {
  const moved = after.assigneeId !== before.assigneeId;
  const key = `changed:${ctx.cause.id}`;
  await tellOf(ctx, after, ['assignee'], {
    what: key,
    title: moved ? 'New task' : 'Changed',
    ...(moved && { rule: 'task-given' as const }),
    text: moved ? particulars(ctx, after) : `${ctx.actor.name}: ${what}`,
    buttons: assigneeButtons(after),
  });
  if (moved)
    await tellOf(ctx, before, ['assignee'], {
      what: key,
      title: 'No longer yours',
      text: `By ${ctx.actor.name}.`,
    });
  await tellOf(ctx, after, ['initiator', 'watchers'], {
    what: key,
    title: 'Changed',
    text: `${ctx.actor.name}: ${what}`,
  });
}

/** What an update says, so that its undoing can say it. */
const editable = ({
  title,
  note,
  assigneeId,
  watcherIds,
  dueAt,
  minutes,
  priority,
  remind,
  repeat,
}: TaskDocument) => ({
  title,
  note: note ?? null,
  assigneeId,
  watcherIds,
  dueAt: dueAt?.toISOString() ?? null,
  minutes: minutes ?? null,
  priority,
  remind,
  repeats: repeat?.rule ?? null,
});
