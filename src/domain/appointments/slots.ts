/** Whether somebody may be booked at a time, and whom and when instead. */
import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { addMinutes, readableDate, readableMoment, readableTime } from '../../core/zone.ts';
import { findUsers } from '../staff/contract.ts';
import type { AppointmentStatus } from './contract.ts';
import { type Busy, freeTimes, horizon, hoursText, isOpen, overlaps } from './hours.ts';
import { AppointmentModel } from './model.ts';

/** `except`: an appointment, or a lead's, that does not stand in its own way: it would move. */
export type Slot = {
  at: Date;
  minutes: number;
  assigneeId?: string;
  /** Colleagues who take part: all of them have to be free. */
  others?: string[];
  except?: { appointmentId?: string; leadId?: string };
};
export type Judgement = {
  reason?: 'past' | 'closed' | 'taken' | 'too-soon';
  hoursText: string;
  suggestions: Date[];
};

/** Notice to prepare is asked of customers, not of staff, who know what they do. */
export async function judge(
  ctx: Context,
  { at, minutes, assigneeId, others = [], except }: Slot,
): Promise<Judgement> {
  const { organisation: office, demo } = ctx.config.app;
  const now = ctx.now();
  const earliest = ctx.actor.kind === 'system' ? addMinutes(now, demo.noticeMinutes) : now;
  const from = at > earliest ? at : earliest;
  const busy = await busyTimes(ctx, from, assigneeId, except);
  const theirs = others.length ? await calendarsOf(ctx, from, others, except) : [];
  const isIn = (start: Date) => (calendar: Busy[]) =>
    calendar.some((entry) => overlaps(start, minutes, entry));
  const isBusy = (start: Date) => (busy.length > 0 && busy.every(isIn(start))) || theirs.some(isIn(start));
  const reason =
    at <= now
      ? 'past'
      : !isOpen(at, office)
        ? 'closed'
        : at < earliest
          ? 'too-soon'
          : isBusy(at)
            ? 'taken'
            : undefined;
  return {
    hoursText: hoursText(office),
    suggestions: reason ? freeTimes(at, { office, minutes, isBusy, earliest }) : [],
    ...(reason && { reason }),
  };
}

/** What is open from a moment on, in order of time. */
export async function openTimes(
  ctx: Context,
  { at, minutes, assigneeId, except, limit }: Slot & { limit: number },
): Promise<Date[]> {
  const { organisation: office, demo } = ctx.config.app;
  const earliest = addMinutes(ctx.now(), ctx.actor.kind === 'system' ? demo.noticeMinutes : 0);
  const busy = await busyTimes(ctx, at > earliest ? at : earliest, assigneeId, except);
  const isBusy = (start: Date) =>
    busy.length > 0 && busy.every((calendar) => calendar.some((entry) => overlaps(start, minutes, entry)));
  return freeTimes(at, { office, minutes, isBusy, earliest, count: limit });
}

/** One calendar for each person who could take it: the named one, or every tele-caller who is here. */
async function busyTimes(
  ctx: Context,
  from: Date,
  assigneeId?: string,
  except?: Slot['except'],
): Promise<Busy[][]> {
  const people = assigneeId ? [assigneeId] : await callers(ctx);
  return people.length ? calendarsOf(ctx, from, people, except) : [];
}

const openStatuses: AppointmentStatus[] = ['booked', 'confirmed'];

/** What each has, be it theirs or a colleague's in which they take part. */
async function calendarsOf(
  ctx: Context,
  from: Date,
  people: string[],
  except: NonNullable<Slot['except']> = {},
): Promise<Busy[][]> {
  const { start, end } = horizon(from, ctx.config.app.organisation.timezone);
  const standing = { status: { $in: openStatuses }, startsAt: { $gte: start, $lt: end } };
  const fields = { assigneeId: 1, colleagueIds: 1, leadId: 1, startsAt: 1, endsAt: 1 };
  const rows = [
    ...(await AppointmentModel.find({ assigneeId: { $in: people }, ...standing }, fields).lean()),
    ...(await AppointmentModel.find({ colleagueIds: { $in: people }, ...standing }, fields).lean()),
  ].filter(({ _id, leadId }) => _id !== except.appointmentId && (!except.leadId || leadId !== except.leadId));
  const calendars = new Map(people.map((id): [string, Busy[]] => [id, []]));
  for (const row of rows)
    for (const id of [row.assigneeId, ...(row.colleagueIds ?? [])]) if (id) calendars.get(id)?.push(row);
  return [...calendars.values()];
}

export async function callers(ctx: Context): Promise<string[]> {
  const { items } = await ctx.once('appointments.callers', () =>
    ctx.asSystem('appointments').ask(findUsers, { roles: ['tele-caller'] }),
  );
  return items.filter(({ absent }) => !absent).map(({ id }) => id);
}

/** @throws time.past, time.closed, time.too_soon, time.taken; each with `free`, ISO instants that are open. */
export function refuse(ctx: Context, at: Date, { reason, hoursText: hours, suggestions }: Judgement): never {
  const { timezone: zone, locale } = ctx.config.app.organisation;
  const when = readableMoment(at, zone, locale);
  const free = suggestions.map((time) => time.toISOString());
  const words =
    suggestions
      .map((time) => `${readableDate(time, zone, locale)}, ${readableTime(time, zone, locale)}`)
      .join('; ') || 'nothing soon';
  if (reason === 'past') throw new AppError('time.past', { when, free });
  if (reason === 'closed') throw new AppError('time.closed', { when, hours, free });
  if (reason === 'too-soon')
    throw new AppError('time.too_soon', { when, minutes: ctx.config.app.demo.noticeMinutes, free });
  throw new AppError('time.taken', { when, suggestions: words, free });
}
