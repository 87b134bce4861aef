/** What every change of an appointment shares. */
import type { Context } from '../../../core/context.ts';
import { AppError } from '../../../core/errors.ts';
import { readableMoment } from '../../../core/zone.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { touchLead } from '../../leads/contract.ts';
import { type AppointmentDocument, AppointmentModel } from '../model.ts';
import { statusLabels, viewOf } from '../view.ts';

/** How it is told of in the audit: `the demo of #12`, `the training “New prices”`. */
export const nameOf = ({ kind, leadNumber, title }: AppointmentDocument): string =>
  leadNumber ? `the ${kind} of #${leadNumber}` : `the ${kind}${title ? ` “${title}”` : ''}`;

/** Another time, place or state: calendars are to take it for newer than what they have. */
export const next = (ctx: Context, appointment: AppointmentDocument): AppointmentDocument => ({
  ...appointment,
  sequence: (appointment.sequence ?? 0) + 1,
  changedAt: ctx.now(),
});

/** One that may still be changed. @throws record.not_found, appointment.over */
export async function reachOpen(ctx: Context, appointmentId: string): Promise<AppointmentDocument> {
  const found = await AppointmentModel.findOne({
    $and: [{ _id: appointmentId }, ctx.scope('update', 'Appointment')],
  }).lean();
  if (!found) throw new AppError('record.not_found', { kind: 'appointment', id: appointmentId });
  if (found.status !== 'booked' && found.status !== 'confirmed')
    throw new AppError('appointment.over', { status: statusLabels[found.status].toLowerCase() });
  return found;
}

export async function save(appointment: AppointmentDocument): Promise<void> {
  const { _id, ...rest } = appointment;
  await AppointmentModel.replaceOne({ _id }, rest);
}

type Facts = {
  demoAt?: string | null;
  moment?: 'appointment.confirmed' | 'appointment.completed';
  back?: { from: string; to: string };
};

/** @returns where the lead moved, if it did */
export async function onLead(
  ctx: Context,
  { leadId, kind }: AppointmentDocument,
  facts: Facts,
): Promise<{ from: string; to: string } | undefined> {
  if (!leadId) return undefined;
  // The pipeline is about demos; of a training the lead only notes that something happened.
  const told = kind === 'demo' ? facts : {};
  return (await ctx.asSystem('appointments').run(touchLead, { leadId, ...told })).moved;
}

export async function note(ctx: Context, a: AppointmentDocument, what: string, text?: string): Promise<void> {
  if (!a.contactId) return;
  const { timezone, locale } = ctx.config.app.organisation;
  const kind = a.kind === 'demo' ? 'Demo' : `Appointment (${a.kind})`;
  await ctx.asSystem('appointments').run(addToTimeline, {
    contactId: a.contactId,
    ...(a.leadId && { leadId: a.leadId }),
    kind: 'appointment',
    by: ctx.actor.name,
    title: `${kind} ${what}: ${readableMoment(a.startsAt, timezone, locale)}`,
    ...(text && { text }),
    ...(a.conversationId && { conversationId: a.conversationId }),
  });
}

export const told = ({ _id, leadId, contactId, startsAt, kind }: AppointmentDocument) => ({
  appointmentId: _id,
  startsAt: startsAt.toISOString(),
  kind,
  ...(leadId && { leadId }),
  ...(contactId && { contactId }),
});
export const answer = (a: AppointmentDocument) => ({
  appointmentId: a._id,
  startsAt: a.startsAt.toISOString(),
  status: a.status,
  appointment: viewOf(a),
});
