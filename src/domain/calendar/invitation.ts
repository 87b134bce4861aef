/** What participants get and what they can do with it, without an account of ours. */
import { mailAccount } from '../../core/config.ts';
import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import {
  type AppointmentView,
  appointmentById,
  confirmAppointment,
  freeSlots,
  rescheduleAppointment,
} from '../appointments/contract.ts';
import { getContact } from '../contacts/contract.ts';
import { answerInvitation, invitation, invitationLink, openInvitation } from './contract.ts';
import { invitationIcs, methodOf } from './ics.ts';
import { idIn, publicUrl, tokenFor } from './token.ts';

const linkFor = (ctx: Context, appointmentId: string): string =>
  `${publicUrl(ctx)}/meet/${tokenFor(ctx, 'invitation', appointmentId)}`;

export const invitationLinkHandler = handles(invitationLink, async (ctx, { appointmentId }) => ({
  url: linkFor(ctx, appointmentId),
}));

export const invitationHandler = handles(invitation, async (ctx, { appointmentId, gone }) => {
  const { appointment: now, sequence, changedAt } = await ctx.ask(appointmentById, { appointmentId });
  if (!now) return { method: 'REQUEST' as const };
  const appointment = gone ? { ...now, status: 'cancelled' as const } : now;
  const { name } = ctx.config.app.organisation;
  const ics = invitationIcs({
    appointment,
    title: titleFor(name, appointment),
    sequence,
    changedAt: new Date(changedAt),
    url: linkFor(ctx, appointmentId),
    organizer: { name, email: addressOf(ctx) },
    attendees: gone ? [{ email: gone }] : await attendeesOf(ctx, appointment),
  });
  return { ics, method: methodOf(appointment) };
});

const labels: Record<AppointmentView['kind'], string> = {
  demo: 'Demo',
  meeting: 'Meeting',
  training: 'Training',
  personal: 'Appointment',
};
/** As the client reads it: with whom they meet, not their own name. */
export const titleFor = (brand: string, { kind, title, leadId }: AppointmentView): string =>
  leadId || !title ? `${labels[kind]} with ${brand}` : title;

/** Nobody answers to an organiser without an address, so that answers come by the link. */
function addressOf(ctx: Context): string {
  const address = mailAccount(ctx.config)?.settings?.address;
  return typeof address === 'string' ? address : 'no-reply@parley.invalid';
}

/** The client, and whoever was named by a mail address: `Ravi Kumar <ravi@example.com>`. */
export async function attendeesOf(
  ctx: Context,
  { contactId, participants }: AppointmentView,
): Promise<{ email: string; name?: string }[]> {
  const contact = contactId ? await ctx.asSystem('calendar').ask(getContact, { contactId }) : undefined;
  const client = contact?.email
    ? [{ email: contact.email, ...(contact.name && { name: contact.name }) }]
    : [];
  const others = participants.flatMap((said) => addressIn(said) ?? []);
  return [...new Map([...others, ...client].map((one) => [one.email.toLowerCase(), one])).values()];
}

/** `Ravi Kumar <ravi@example.com>`, or the address alone; undefined: somebody without one. */
export function addressIn(said: string): { email: string; name?: string } | undefined {
  const match = /^\s*(?:"?([^"<>]*?)"?\s*<)?([^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;]+)>?\s*$/.exec(said);
  return match ? { email: match[2]!.toLowerCase(), ...(match[1] && { name: match[1] }) } : undefined;
}

export const openInvitationHandler = handles(openInvitation, async (ctx, { token, from }) => {
  const id = idIn(ctx, 'invitation', token);
  const { appointment: a } = id ? await ctx.ask(appointmentById, { appointmentId: id }) : {};
  if (!a) return { found: false, open: false, slots: [] };
  const open = isOpen(ctx, a);
  const { slots } = open
    ? await ctx.ask(freeSlots, { appointmentId: a.id, from: from ?? ctx.now().toISOString() })
    : { slots: [] };
  return {
    found: true,
    appointmentId: a.id,
    kind: a.kind,
    status: a.status,
    startsAt: a.startsAt,
    minutes: a.minutes,
    open,
    slots: slots.filter((slot) => slot !== a.startsAt),
    ...(a.location && { location: a.location }),
    ...(a.agenda && { agenda: a.agenda }),
  };
});

const isOpen = (ctx: Context, { status, startsAt }: AppointmentView): boolean =>
  (status === 'booked' || status === 'confirmed') && new Date(startsAt) > ctx.now();

/** @throws record.not_found, appointment.over, and what another time may be refused with */
export const answerInvitationHandler = handles(answerInvitation, async (ctx, { token, startsAt }) => {
  const id = idIn(ctx, 'invitation', token);
  const { appointment } = id ? await ctx.ask(appointmentById, { appointmentId: id }) : {};
  if (!appointment) throw new AppError('record.not_found', { kind: 'invitation', id: '' });
  const appointmentId = appointment.id;
  const as = ctx.asSystem('the client by their link');
  const after = startsAt
    ? await as.run(rescheduleAppointment, { appointmentId, startsAt })
    : await as.run(confirmAppointment, { appointmentId });
  return { status: after.status, startsAt: after.startsAt };
});
