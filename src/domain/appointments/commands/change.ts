import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import type { Form } from '../../../core/messaging.ts';
import { cancelTimers } from '../../../core/timers.ts';
import { addMinutes } from '../../../core/zone.ts';
import { lookUpLeads } from '../../leads/contract.ts';
import {
  appointmentCancelled,
  appointmentCompleted,
  appointmentConfirmed,
  appointmentMissed,
  appointmentNear,
  appointmentRescheduled,
  assignAppointments,
  cancelAppointment,
  completeAppointment,
  confirmAppointment,
  remindAppointment,
  rescheduleAppointment,
  restoreAppointment,
} from '../contract.ts';
import { type AppointmentDocument, AppointmentModel } from '../model.ts';
import { judge, refuse } from '../slots.ts';
import { schedule, timerPrefix } from '../timers.ts';
import { appointmentCard } from '../view.ts';
import { lockCalendar } from './book.ts';
import { remindColleagues, tellColleagues } from './colleagues.ts';
import { answer, nameOf, next, note, onLead, reachOpen, save, told } from './record.ts';

const ok = { ok: true } as const;
const card = {
  present: ({ appointment }: ReturnType<typeof answer>, at: { zone: string; locale: string }) => ({
    cards: [appointmentCard(appointment, at)],
    update: true,
  }),
};
const subject = ({ _id }: AppointmentDocument) => ({ kind: 'Appointment' as const, id: _id });

export const confirmAppointmentHandler = handles(
  confirmAppointment,
  async (ctx, { appointmentId }) => {
    const appointment = await reachOpen(ctx, appointmentId);
    if (appointment.status === 'confirmed') return answer(appointment);
    if (appointment.startsAt <= ctx.now())
      refuse(ctx, appointment.startsAt, { reason: 'past', hoursText: '', suggestions: [] });
    const moved = await onLead(ctx, appointment, { moment: 'appointment.confirmed' });
    const confirmed = next(ctx, {
      ...appointment,
      status: 'confirmed',
      invited: true,
      ...(moved && { moved }),
    });
    await save(confirmed);
    await note(ctx, confirmed, 'confirmed');
    ctx.emit(appointmentConfirmed, told(confirmed), subject(confirmed));
    ctx.audit({
      kind: 'Appointment',
      id: appointmentId,
      before: { status: 'booked' },
      after: { status: 'confirmed' },
      text: `confirmed ${nameOf(appointment)}`,
      undo: { command: restoreAppointment.name, input: { appointmentId, status: 'booked' } },
    });
    return answer(confirmed);
  },
  card,
);

/** A customer's new time is to be confirmed again; one that staff set stays as it was. */
export const rescheduleAppointmentHandler = handles(
  rescheduleAppointment,
  async (ctx, { appointmentId, startsAt, minutes }) => {
    const before = await reachOpen(ctx, appointmentId);
    const at = new Date(startsAt);
    const length = minutes ?? before.minutes;
    if (at.getTime() === before.startsAt.getTime() && length === before.minutes) return answer(before);
    if (before.assigneeId) await lockCalendar(before.assigneeId);
    const others = before.colleagueIds ?? [];
    for (const id of others) await lockCalendar(id);
    const judgement = await judge(ctx, {
      at,
      minutes: length,
      others,
      except: { appointmentId },
      ...(before.assigneeId && { assigneeId: before.assigneeId }),
    });
    // One's own evening is one's own; only what is past or taken is refused.
    const free = !before.leadId && judgement.reason === 'closed';
    if (judgement.reason && !free) refuse(ctx, at, judgement);
    const after = next(ctx, {
      ...before,
      startsAt: at,
      minutes: length,
      endsAt: addMinutes(at, length),
      ...(ctx.actor.kind === 'system' && { status: 'booked' as const }),
    });
    await save(after);
    await schedule(ctx, after);
    await onLead(ctx, after, { demoAt: at.toISOString() });
    await note(ctx, after, 'moved');
    await tellColleagues(ctx, after, 'Moved');
    ctx.emit(appointmentRescheduled, { ...told(after), from: before.startsAt.toISOString() }, subject(after));
    ctx.audit({
      kind: 'Appointment',
      id: appointmentId,
      before: { startsAt: before.startsAt },
      after: { startsAt: at },
      text: `moved ${nameOf(before)}`,
      undo: {
        command: rescheduleAppointment.name,
        input: { appointmentId, startsAt: before.startsAt.toISOString(), minutes: before.minutes },
      },
    });
    return answer(after);
  },
  { ...card, form: moveForm },
);

export const cancelAppointmentHandler = handles(
  cancelAppointment,
  async (ctx, { appointmentId, reason }) => {
    const appointment = await end(ctx, { appointmentId, status: 'cancelled', reason });
    await tellColleagues(ctx, appointment, 'Cancelled');
    ctx.emit(appointmentCancelled, told(appointment), subject(appointment));
    return answer(appointment);
  },
  card,
);

export const completeAppointmentHandler = handles(
  completeAppointment,
  async (ctx, { appointmentId, outcome, note: text }) => {
    const appointment = await end(ctx, { appointmentId, status: outcome, reason: text });
    ctx.emit(
      outcome === 'completed' ? appointmentCompleted : appointmentMissed,
      told(appointment),
      subject(appointment),
    );
    return answer(appointment);
  },
  card,
);

type Ending = {
  appointmentId: string;
  status: 'cancelled' | 'completed' | 'no-show';
  reason?: string | undefined;
};

async function end(ctx: Context, { appointmentId, status, reason }: Ending): Promise<AppointmentDocument> {
  const before = await reachOpen(ctx, appointmentId);
  const done = status === 'completed';
  const ended = await onLead(ctx, before, {
    demoAt: null,
    ...(done ? { moment: 'appointment.completed' as const } : back(ctx, before)),
  });
  const after = next(ctx, { ...before, status, ...(reason && { reason }), ...(ended && { ended }) });
  await save(after);
  await cancelTimers(timerPrefix(appointmentId));
  await note(ctx, after, status === 'no-show' ? 'missed by the client' : status, reason);
  ctx.audit({
    kind: 'Appointment',
    id: appointmentId,
    before: { status: before.status },
    after: { status },
    text: `${status} ${nameOf(before)}`,
    undo: { command: restoreAppointment.name, input: { appointmentId, status: before.status } },
  });
  return after;
}

/** Where the lead was before the demo was confirmed; it has been attempted since, though. */
function back(ctx: Context, { moved }: AppointmentDocument): { back?: { from: string; to: string } } {
  if (!moved) return {};
  const { initial, notAttempted = [initial], on } = ctx.config.pipelines[0]!;
  const to = notAttempted.includes(moved.from) ? (on['call.answered']?.to ?? initial) : moved.from;
  return { back: { from: moved.to, to } };
}

const open = { status: { $in: ['booked', 'confirmed'] as AppointmentDocument['status'][] } };
const openOne = (ctx: Context, _id: string) =>
  ctx.once(`appointment:${_id}`, () =>
    AppointmentModel.findOne({ _id, ...open })
      .lean()
      .exec(),
  );
const leadOf = (ctx: Context, leadId: string) =>
  ctx.once(
    `appointment.lead:${leadId}`,
    async () => (await ctx.ask(lookUpLeads, { ids: [leadId] })).items[0],
  );

/** Silent when it was moved, cancelled or its lead was lost meanwhile. */
export const remindAppointmentHandler = handles(
  remindAppointment,
  async (ctx, { appointmentId, which, startsAt }) => {
    const appointment = await openOne(ctx, appointmentId);
    // After an outage: nobody wants to be reminded of what is over.
    if (appointment?.startsAt.getTime() !== Date.parse(startsAt) || appointment.startsAt <= ctx.now())
      return ok;
    const lead = appointment.leadId ? await leadOf(ctx, appointment.leadId) : undefined;
    if (lead?.stageKind === 'lost') return ok;
    await remindColleagues(ctx, appointment, which);
    if (lead) ctx.emit(appointmentNear, { ...told(appointment), which }, subject(appointment));
    return ok;
  },
  {
    // At 7 A.M. the whole day's are due.
    prepare: async (ctx, inputs) => {
      const ids = [...new Set(inputs.map(({ appointmentId }) => appointmentId))];
      const found = await AppointmentModel.find({ _id: { $in: ids }, ...open }).lean();
      for (const id of ids)
        void ctx.once(`appointment:${id}`, async () => found.find(({ _id }) => _id === id) ?? null);
      const leadIds = [...new Set(found.flatMap(({ leadId }) => leadId ?? []))];
      if (!leadIds.length) return;
      const { items } = await ctx.ask(lookUpLeads, { ids: leadIds });
      for (const id of leadIds)
        void ctx.once(`appointment.lead:${id}`, async () => items.find((lead) => lead.id === id));
    },
  },
);

export const assignAppointmentsHandler = handles(
  assignAppointments,
  async (ctx, { leadId, assigneeId, teamIds }) => {
    ctx.writes.adjust(AppointmentModel, { leadId }, { $set: { assigneeId: assigneeId ?? null, teamIds } });
    return ok;
  },
  { apart: true },
);

async function moveForm(ctx: Context, partial: Record<string, unknown>): Promise<Form> {
  const appointment = await reachOpen(ctx, String(partial.appointmentId));
  return {
    title: `Move ${nameOf(appointment)}`.slice(0, 60),
    command: rescheduleAppointment.name,
    fixed: { appointmentId: appointment._id },
    fields: [
      { name: 'startsAt', label: 'New time', type: 'datetime', value: appointment.startsAt.toISOString() },
    ],
  };
}
