import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { all } from '../../../core/filter.ts';
import { lookUpLeads } from '../../leads/contract.ts';
import {
  type AppointmentViewName,
  appointmentById,
  appointmentViewNames,
  appointmentViews,
  checkSlot,
  freeSlots,
  getAppointment,
  listAppointments,
  nextOpening,
} from '../contract.ts';
import { nextOpening as opensNext } from '../hours.ts';
import { AppointmentModel } from '../model.ts';
import { judge, openTimes } from '../slots.ts';
import { viewOf } from '../view.ts';
import { appointmentViewTable } from '../views.ts';

export const getAppointmentHandler = handles(getAppointment, async (ctx, { appointmentId }) => {
  const found = await AppointmentModel.findOne(
    all([{ _id: appointmentId }, ctx.scope('read', 'Appointment')]),
  ).lean();
  if (!found) throw new AppError('record.not_found', { kind: 'appointment', id: appointmentId });
  return viewOf(found);
});

export const listAppointmentsHandler = handles(
  listAppointments,
  async (ctx, { leadId, contactId, assigneeId, kind, status, view, from, to, cursor, limit }) => {
    const startsAt = { ...(from && { $gte: new Date(from) }), ...(to && { $lt: new Date(to) }) };
    const conditions = [
      ctx.scope('read', 'Appointment'),
      leadId ? { leadId } : {},
      contactId ? { contactId } : {},
      assigneeId ? { assigneeId } : {},
      kind ? { kind } : {},
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

export const freeSlotsHandler = handles(freeSlots, async (ctx, { appointmentId, from, limit }) => {
  const appointment = await AppointmentModel.findById(appointmentId).lean();
  if (!appointment) return { slots: [] };
  const { minutes, assigneeId } = appointment;
  const slots = await openTimes(ctx, {
    at: new Date(from),
    minutes,
    except: { appointmentId },
    limit,
    ...(assigneeId && { assigneeId }),
  });
  return { slots: slots.map((time) => time.toISOString()) };
});

export const appointmentByIdHandler = handles(appointmentById, async (_ctx, { appointmentId }) => {
  const found = await AppointmentModel.findById(appointmentId).lean();
  if (!found) return { sequence: 0, changedAt: '', invited: false };
  const { sequence = 0, invited = false, changedAt, bookedAt, conversationId } = found;
  return {
    appointment: viewOf(found),
    sequence,
    invited,
    changedAt: (changedAt ?? bookedAt).toISOString(),
    ...(conversationId && { conversationId }),
  };
});

export const nextOpeningHandler = handles(nextOpening, async (ctx, { at }) => ({
  at: opensNext(new Date(at), ctx.config.app.organisation).toISOString(),
}));
