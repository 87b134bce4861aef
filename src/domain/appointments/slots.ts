/** Whether somebody may be booked at a time, and whom and when instead. */
import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { addMinutes, readableDate, readableMoment, readableTime } from '../../core/zone.ts';
import { findUsers } from '../staff/contract.ts';
import { type Busy, freeTimes, horizon, hoursText, isOpen, overlaps } from './hours.ts';
import { AppointmentModel } from './model.ts';

/** `except`: an appointment, or a lead's, that does not stand in its own way: it would move. */
export type Slot = {
  at: Date;
  minutes: number;
  assigneeId?: string;
  except?: { appointmentId?: string; leadId?: string };
};
export type Judgement = {
  reason?: 'past' | 'closed' | 'taken' | 'too-soon';
  hoursText: string;
  suggestions: Date[];
};

/** Notice to prepare is asked of customers, not of staff, who know what they do. */
export async function judge(ctx: Context, { at, minutes, assigneeId, except }: Slot): Promise<Judgement> {
  const { organisation: office, demo } = ctx.config.app;
  const now = ctx.now();
  const earliest = ctx.actor.kind === 'system' ? addMinutes(now, demo.noticeMinutes) : now;
  const busy = await busyTimes(ctx, at > earliest ? at : earliest, assigneeId, except);
  const isBusy = (start: Date) =>
    busy.length > 0 && busy.every((calendar) => calendar.some((entry) => overlaps(start, minutes, entry)));
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
  except: NonNullable<Slot['except']> = {},
): Promise<Busy[][]> {
  const people = assigneeId ? [assigneeId] : await callers(ctx);
  if (!people.length) return [];
  const { start, end } = horizon(from, ctx.config.app.organisation.timezone);
  const rows = await AppointmentModel.find(
    {
      assigneeId: { $in: people },
      status: { $in: ['booked', 'confirmed'] },
      startsAt: { $gte: start, $lt: end },
    },
    { assigneeId: 1, leadId: 1, startsAt: 1, endsAt: 1 },
  ).lean();
  const calendars = Map.groupBy(
    rows.filter(
      ({ _id, leadId }) => _id !== except.appointmentId && (!except.leadId || leadId !== except.leadId),
    ),
    (row) => row.assigneeId,
  );
  return people.map((id) => calendars.get(id) ?? []);
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
