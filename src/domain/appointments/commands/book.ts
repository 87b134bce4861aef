import type { Pipeline } from '../../../core/config-schema.ts';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { Form } from '../../../core/messaging.ts';
import { addMinutes } from '../../../core/zone.ts';
import { assignLead, getLead, type LeadView, lookUpLeads } from '../../leads/contract.ts';
import { appointmentBooked, bookAppointment, cancelAppointment, rescheduleAppointment } from '../contract.ts';
import { type AppointmentDocument, AppointmentModel, CalendarModel } from '../model.ts';
import { callers, judge, refuse } from '../slots.ts';
import { schedule } from '../timers.ts';
import { appointmentCard } from '../view.ts';
import { takingPart, tellColleagues } from './colleagues.ts';
import { bookOwn } from './own.ts';
import { answer, nameOf, note, onLead, told } from './record.ts';

export const bookAppointmentHandler = handles(
  bookAppointment,
  async (
    ctx,
    { leadId, startsAt, minutes = ctx.config.app.demo.minutes, assigneeId, colleagueIds, ...input },
  ) => {
    if (!leadId) return answer(await bookOwn(ctx, { ...input, startsAt, minutes, assigneeId, colleagueIds }));
    const lead = await ctx.ask(getLead, { leadId });
    if (lead.stageKind === 'lost')
      throw new AppError('lead.closed', { number: lead.number, stage: lead.stageLabel });
    const standing = await AppointmentModel.findOne({
      leadId,
      kind: 'demo',
      status: { $in: ['booked', 'confirmed'] },
      startsAt: { $gt: ctx.now() },
    }).lean();
    // The same lead's demo at another time is the same demo, moved.
    if (standing && input.kind === 'demo')
      return ctx.run(rescheduleAppointment, { appointmentId: standing._id, startsAt, minutes });
    const at = new Date(startsAt);
    if (!ctx.can('create', 'Appointment', await ownerOf(ctx, leadId)))
      throw new AppError('auth.forbidden', { action: 'book', subject: 'appointments of this lead' });
    const others = await takingPart(ctx, colleagueIds, lead.assigneeId);
    const owner = await findRoom(ctx, lead, at, minutes, others);
    const appointment: AppointmentDocument = {
      ...input,
      _id: ctx.id(),
      status: 'booked',
      startsAt: at,
      endsAt: addMinutes(at, minutes),
      minutes,
      mode: input.mode ?? (input.location ? 'in-person' : 'online'),
      leadId,
      leadNumber: lead.number,
      leadName: lead.name,
      contactId: lead.contactId,
      ...(others.length && { colleagueIds: others }),
      ...owner,
      bookedAt: ctx.now(),
      bookedBy: ctx.actor.name,
      sequence: 0,
      changedAt: ctx.now(),
    };
    ctx.writes.insert(AppointmentModel, appointment);
    await schedule(ctx, appointment);
    await onLead(ctx, appointment, { demoAt: appointment.startsAt.toISOString() });
    await note(ctx, appointment, 'booked');
    await tellColleagues(ctx, appointment, 'You take part');
    ctx.emit(appointmentBooked, told(appointment), { kind: 'Appointment', id: appointment._id });
    ctx.audit({
      kind: 'Appointment',
      id: appointment._id,
      after: { leadId, startsAt },
      text: `booked ${nameOf(appointment)}`,
      undo: { command: cancelAppointment.name, input: { appointmentId: appointment._id } },
    });
    return answer(appointment);
  },
  { present: ({ appointment }, at) => ({ cards: [appointmentCard(appointment, at)] }), form },
);

type Owner = { assigneeId: string | null; teamIds: string[] };

const isFresh = ({ initial, notAttempted = [initial] }: Pipeline, stage: string) =>
  notAttempted.includes(stage);

/** The lead's own caller, if free then. A customer whose new lead nobody has called yet may get another who is. */
async function findRoom(
  ctx: Context,
  lead: LeadView,
  at: Date,
  minutes: number,
  others: string[],
): Promise<Owner> {
  const { assigneeId } = lead;
  if (assigneeId) await lockCalendar(assigneeId);
  const judgement = await judge(ctx, { at, minutes, others, ...(assigneeId && { assigneeId }) });
  if (!judgement.reason) return ownerOf(ctx, lead.id);
  const fresh =
    ctx.actor.kind === 'system' && !lead.lastCallOutcome && isFresh(ctx.config.pipelines[0]!, lead.stage);
  if (judgement.reason !== 'taken' || !fresh) refuse(ctx, at, judgement);
  for (const other of await callers(ctx)) {
    if (other === assigneeId) continue;
    await lockCalendar(other);
    if ((await judge(ctx, { at, minutes, assigneeId: other, others })).reason) continue;
    await ctx.run(assignLead, {
      leadId: lead.id,
      assigneeId: other,
      reason: 'is free at the time of the demo',
    });
    return ownerOf(ctx, lead.id);
  }
  return refuse(ctx, at, judgement);
}

/** Two bookings of one person at once: the store lets one wait for the other. */
export async function lockCalendar(assigneeId: string): Promise<void> {
  await CalendarModel.updateOne({ _id: assigneeId }, { $inc: { bookings: 1 } }, { upsert: true });
}

async function ownerOf(ctx: Context, leadId: string): Promise<Owner> {
  const { items } = await ctx.asSystem('appointments').ask(lookUpLeads, { ids: [leadId] });
  return { assigneeId: items[0]?.assigneeId ?? null, teamIds: items[0]?.teamIds ?? [] };
}

async function form(ctx: Context, partial: Record<string, unknown>): Promise<Form> {
  const lead = await ctx.ask(getLead, { leadId: String(partial.leadId) });
  const { suggestions } = await judge(ctx, {
    at: ctx.now(),
    minutes: ctx.config.app.demo.minutes,
    ...(lead.assigneeId && { assigneeId: lead.assigneeId }),
  });
  const value = typeof partial.startsAt === 'string' ? partial.startsAt : suggestions[0]?.toISOString();
  return {
    title: `Demo for #${lead.number} ${lead.name}`.slice(0, 60),
    command: bookAppointment.name,
    fixed: { leadId: lead.id },
    fields: [{ name: 'startsAt', label: 'When', type: 'datetime', ...(value && { value }) }],
  };
}
