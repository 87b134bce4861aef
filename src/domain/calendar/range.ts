/** One calendar over what other modules keep: each asked by its own query, with the rights of whoever asks. */
import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { invalid } from '../../core/validate.ts';
import { addMinutes } from '../../core/zone.ts';
import { listFollowUps } from '../activities/contract.ts';
import { type AppointmentView, listAppointments, takePart } from '../appointments/contract.ts';
import { reminderTimes } from '../reminders/contract.ts';
import { findUsers } from '../staff/contract.ts';
import { listTasks } from '../tasks/contract.ts';
import { type CalendarItem, type CalendarKind, calendarRange } from './contract.ts';

type Range = { from: Date; to: Date; assigneeId?: string | undefined };
type Found = { items: Omit<CalendarItem, 'assigneeName'>[]; cut: boolean };
type Source = {
  subject: 'Appointment' | 'Task' | 'FollowUp' | 'Reminder';
  find(ctx: Context, range: Range): Promise<Found>;
};

const longestDays = 62;
/** Of a month of a whole sales floor there may be more: it is said, and one person is chosen. */
const most = 1000;
/** The longest appointment: what began before the range may still go on in it. */
const longestMinutes = 480;
const page = 200;

const sources: Record<CalendarKind, Source> = {
  appointment: { subject: 'Appointment', find: appointments },
  task: { subject: 'Task', find: tasks },
  followUp: { subject: 'FollowUp', find: followUps },
  reminder: { subject: 'Reminder', find: reminders },
};

export const calendarRangeHandler = handles(calendarRange, async (ctx, { kinds, closed, ...input }) => {
  const range: Range = { ...input, from: new Date(input.from), to: new Date(input.to) };
  const days = (range.to.getTime() - range.from.getTime()) / 86_400_000;
  if (days <= 0 || days > longestDays)
    throw invalid('to', `must lie after from, by ${longestDays} days at most`);
  const wanted = kinds ?? (Object.keys(sources) as CalendarKind[]);
  const found: Found[] = [];
  for (const kind of new Set(wanted)) {
    const { subject, find } = sources[kind];
    if (ctx.can('read', subject)) found.push(await find(ctx, range));
  }
  const items = found.flatMap((one) => one.items).filter((item) => closed || !item.closed);
  items.sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id));
  return { items: await named(ctx, items), cut: found.some(({ cut }) => cut) };
});

async function appointments(ctx: Context, { from, to, assigneeId }: Range): Promise<Found> {
  const views: AppointmentView[] = [];
  const since = addMinutes(from, -longestMinutes).toISOString();
  let cursor: string | undefined;
  do {
    const answer = await ctx.ask(listAppointments, {
      from: since,
      to: to.toISOString(),
      limit: page,
      ...(assigneeId && { assigneeId }),
      ...(cursor && { cursor }),
    });
    views.push(...answer.items);
    cursor = answer.nextCursor;
  } while (cursor && views.length < most);
  const items = views.map((a) => {
    const open = a.status === 'booked' || a.status === 'confirmed';
    const isOver = new Date(a.startsAt) <= ctx.now();
    return {
      id: `appointment:${a.id}`,
      kind: 'appointment' as const,
      recordId: a.id,
      title: a.leadName ? `#${a.leadNumber} ${a.leadName}` : (a.title ?? 'Appointment'),
      startsAt: a.startsAt,
      endsAt: addMinutes(new Date(a.startsAt), a.minutes).toISOString(),
      status: a.status,
      statusLabel: a.statusLabel,
      closed: !open,
      overdue: open && isOver,
      appointmentKind: a.kind,
      link: a.leadId ? `/leads/${a.leadId}` : '/calendar',
      movable: open && ctx.can('update', 'Appointment'),
      ...(a.location && { location: a.location }),
      ...(a.agenda && { note: a.agenda }),
      ...(a.assigneeId && { assigneeId: a.assigneeId }),
      ...(a.leadId && { leadId: a.leadId }),
    };
  });
  const known = new Set(items.map(({ id }) => id));
  const others = (await withMe(ctx, since, to, assigneeId)).filter(({ id }) => !known.has(id));
  return {
    items: [...items, ...others].filter(({ endsAt }) => new Date(endsAt) > from),
    cut: Boolean(cursor),
  };
}

/** Those of colleagues in which one takes part, in one's own calendar. */
async function withMe(
  ctx: Context,
  from: string,
  to: Date,
  assigneeId: string | undefined,
): Promise<Found['items']> {
  if (assigneeId && assigneeId !== ctx.actor.id) return [];
  const { items } = await ctx.ask(takePart, { from, to: to.toISOString() });
  return items.map(({ id, kind, title, startsAt, minutes, status, statusLabel, location, agenda, owner }) => {
    const open = status === 'booked' || status === 'confirmed';
    return {
      id: `appointment:${id}`,
      kind: 'appointment' as const,
      recordId: id,
      title: owner ? `${title} (${owner.name})` : title,
      startsAt,
      endsAt: addMinutes(new Date(startsAt), minutes).toISOString(),
      status,
      statusLabel,
      closed: !open,
      overdue: open && new Date(startsAt) <= ctx.now(),
      appointmentKind: kind,
      link: '/calendar',
      movable: false,
      assigneeId: ctx.actor.id,
      ...(location && { location }),
      ...(agenda && { note: agenda }),
    };
  });
}

async function tasks(ctx: Context, { from, to, assigneeId }: Range): Promise<Found> {
  const { items, total } = await ctx.ask(listTasks, {
    from: from.toISOString(),
    to: to.toISOString(),
    limit: page,
    ...(assigneeId && { assigneeId }),
  });
  return {
    cut: total > items.length,
    items: items.map((task) => ({
      id: `task:${task.id}`,
      kind: 'task' as const,
      recordId: task.id,
      title: `${task.number} ${task.title}`,
      startsAt: task.dueAt!,
      endsAt: addMinutes(new Date(task.dueAt!), task.minutes ?? 30).toISOString(),
      status: task.status,
      statusLabel: task.statusLabel,
      closed: Boolean(task.closedAt),
      overdue: task.overdue,
      assigneeId: task.assignee.id,
      link: `/tasks/${task.id}`,
      movable: task.may.includes('update'),
      ...(task.note && { note: task.note }),
    })),
  };
}

async function followUps(ctx: Context, { from, to, assigneeId }: Range): Promise<Found> {
  const { items, total } = await ctx.ask(listFollowUps, {
    from: from.toISOString(),
    to: to.toISOString(),
    limit: page,
    ...(assigneeId && { assigneeId }),
  });
  return {
    cut: total > items.length,
    items: items.map((one) => ({
      id: `followUp:${one.id}`,
      kind: 'followUp' as const,
      recordId: one.id,
      title: `#${one.leadNumber} ${one.leadName}`,
      startsAt: one.at,
      endsAt: addMinutes(new Date(one.at), 15).toISOString(),
      status: one.status,
      statusLabel: 'Open',
      closed: false,
      overdue: new Date(one.at) < ctx.now(),
      leadId: one.leadId,
      link: `/leads/${one.leadId}`,
      movable: ctx.can('create', 'FollowUp'),
      ...(one.note && { note: one.note }),
      ...(one.assigneeId && { assigneeId: one.assigneeId }),
    })),
  };
}

async function reminders(ctx: Context, { from, to, assigneeId }: Range): Promise<Found> {
  const { items } = await ctx.ask(reminderTimes, { from: from.toISOString(), to: to.toISOString() });
  const theirs = items.filter(
    ({ reminder }) => !assigneeId || reminder.for.some(({ id }) => id === assigneeId),
  );
  return {
    cut: items.length >= 500,
    items: theirs.map(({ at, reminder }) => ({
      id: `reminder:${reminder.id}:${at}`,
      kind: 'reminder' as const,
      recordId: reminder.id,
      title: reminder.text,
      startsAt: at,
      endsAt: addMinutes(new Date(at), 15).toISOString(),
      status: reminder.repeats ? 'repeats' : 'once',
      statusLabel: reminder.repeats ? `Comes ${reminder.repeats}` : 'Once',
      closed: false,
      overdue: false,
      link: '/reminders',
      // Of one that comes again a single time cannot be moved.
      movable: reminder.mine && !reminder.repeats,
    })),
  };
}

async function named(ctx: Context, items: Found['items']): Promise<CalendarItem[]> {
  const ids = [...new Set(items.flatMap(({ assigneeId }) => assigneeId ?? []))];
  const users = ids.length
    ? (await ctx.asSystem('calendar').ask(findUsers, { ids, activeOnly: false })).items
    : [];
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return items.map((item) => {
    const assigneeName = names.get(item.assigneeId ?? '');
    return assigneeName ? { ...item, assigneeName } : item;
  });
}
