/** Appointments that are about no lead: a meeting, a training, something personal, in one's own calendar or a colleague's. */
import type { z } from 'zod';
import type { Context } from '../../../core/context.ts';
import { AppError } from '../../../core/errors.ts';
import { invalid } from '../../../core/validate.ts';
import { addMinutes } from '../../../core/zone.ts';
import { findUsers } from '../../staff/contract.ts';
import { appointmentBooked, type bookAppointment, cancelAppointment } from '../contract.ts';
import { type AppointmentDocument, AppointmentModel } from '../model.ts';
import { judge, refuse } from '../slots.ts';
import { schedule } from '../timers.ts';
import { lockCalendar } from './book.ts';
import { takingPart, tellColleagues } from './colleagues.ts';
import { nameOf, told } from './record.ts';

type New = Omit<z.output<typeof bookAppointment.input>, 'leadId'> & { minutes: number };

export async function bookOwn(
  ctx: Context,
  { startsAt, assigneeId, colleagueIds, ...input }: New,
): Promise<AppointmentDocument> {
  if (input.kind === 'demo') throw invalid('leadId', 'is needed for a demo: somebody is shown something');
  if (!input.title) throw invalid('title', 'is needed where there is no lead');
  const id = assigneeId ?? ctx.actor.id;
  const [owner] = (await ctx.asSystem('appointments').ask(findUsers, { ids: [id] })).items;
  if (!owner) throw new AppError('record.not_found', { kind: 'colleague', id });
  const whose = { assigneeId: owner.id, teamIds: owner.teamIds };
  if (!ctx.can('create', 'Appointment', whose))
    throw new AppError('auth.forbidden', { action: 'book', subject: 'appointments of this colleague' });
  const at = new Date(startsAt);
  await lockCalendar(owner.id);
  const others = await takingPart(ctx, colleagueIds, owner.id);
  const judgement = await judge(ctx, { at, minutes: input.minutes, assigneeId: owner.id, others });
  // One's own evening is one's own; only what is past or taken is refused.
  if (judgement.reason === 'past' || judgement.reason === 'taken') refuse(ctx, at, judgement);
  const appointment: AppointmentDocument = {
    ...input,
    _id: ctx.id(),
    // Nobody else has to confirm it.
    status: 'confirmed',
    invited: true,
    startsAt: at,
    endsAt: addMinutes(at, input.minutes),
    mode: input.mode ?? (input.location ? 'in-person' : 'online'),
    ...(others.length && { colleagueIds: others }),
    ...whose,
    bookedAt: ctx.now(),
    bookedBy: ctx.actor.name,
    sequence: 0,
    changedAt: ctx.now(),
  };
  ctx.writes.insert(AppointmentModel, appointment);
  await schedule(ctx, appointment);
  await tellColleagues(ctx, appointment, 'You take part');
  ctx.emit(appointmentBooked, told(appointment), { kind: 'Appointment', id: appointment._id });
  ctx.audit({
    kind: 'Appointment',
    id: appointment._id,
    after: { title: input.title, startsAt, assigneeId: owner.id },
    text: `booked ${nameOf(appointment)}`,
    undo: { command: cancelAppointment.name, input: { appointmentId: appointment._id } },
  });
  return appointment;
}
