import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { all } from '../../../core/filter.ts';
import { lookUpLeads } from '../../leads/contract.ts';
import {
  type AppointmentViewName,
  appointmentViewNames,
  appointmentViews,
  checkSlot,
  listAppointments,
  nextOpening,
} from '../contract.ts';
import { nextOpening as opensNext } from '../hours.ts';
import { AppointmentModel } from '../model.ts';
import { judge } from '../slots.ts';
import { viewOf } from '../view.ts';
import { appointmentViewTable } from '../views.ts';

export const listAppointmentsHandler = handles(
  listAppointments,
  async (ctx, { leadId, contactId, status, view, from, to, cursor, limit }) => {
    const startsAt = { ...(from && { $gte: new Date(from) }), ...(to && { $lt: new Date(to) }) };
    const conditions = [
      ctx.scope('read', 'Appointment'),
      leadId ? { leadId } : {},
      contactId ? { contactId } : {},
      status ? { status } : {},
      view ? inView(ctx, view) : {},
      from || to ? { startsAt } : {},
    ];
    const filter = all(conditions);
    const place = decodeCursor<[string, string]>(cursor);
    const at = place && new Date(place[0]);
    const behind = place
      ? [
          { startsAt: { $gte: at } },
          { $or: [{ startsAt: { $gt: at } }, { startsAt: at, _id: { $gt: place[1] } }] },
        ]
      : [];
    const page = [...conditions, ...behind];
    const rows = await AppointmentModel.find(all(page))
      .sort({ startsAt: 1, _id: 1 })
      .limit(limit + 1)
      .lean();
    const items = rows.slice(0, limit).map(viewOf);
    const last = items.at(-1);
    return {
      items,
      total: await AppointmentModel.countDocuments(filter),
      ...(rows.length > limit && last && { nextCursor: encodeCursor([last.startsAt, last.id]) }),
    };
  },
);

const inView = (ctx: Context, view: AppointmentViewName) =>
  appointmentViewTable[view].where({ now: ctx.now(), zone: ctx.config.app.organisation.timezone });

export const appointmentViewsHandler = handles(appointmentViews, async (ctx) => ({
  items: await Promise.all(
    appointmentViewNames.map(async (view) => ({
      view,
      label: appointmentViewTable[view].label,
      count: await AppointmentModel.countDocuments(
        all([ctx.scope('read', 'Appointment'), inView(ctx, view)]),
      ),
    })),
  ),
}));

export const checkSlotHandler = handles(
  checkSlot,
  async (ctx, { at, minutes = ctx.config.app.demo.minutes, assigneeId, leadId }) => {
    const lead = leadId ? (await ctx.ask(lookUpLeads, { ids: [leadId] })).items[0] : undefined;
    const who = assigneeId ?? lead?.assigneeId;
    const { reason, hoursText, suggestions } = await judge(ctx, {
      at: new Date(at),
      minutes,
      ...(who && { assigneeId: who }),
      ...(leadId && { except: { leadId } }),
    });
    return {
      open: !reason,
      hoursText,
      suggestions: suggestions.map((time) => time.toISOString()),
      ...(reason && { reason }),
    };
  },
);

export const nextOpeningHandler = handles(nextOpening, async (ctx, { at }) => ({
  at: opensNext(new Date(at), ctx.config.app.organisation).toISOString(),
}));
