/** Invitations go out by mail when an appointment is confirmed, and follow it when it moves, comes back or is cancelled. */
import { mailAccount } from '../../core/config.ts';
import type { Context } from '../../core/context.ts';
import { on } from '../../core/define.ts';
import type { DomainEvent } from '../../core/events.ts';
import { readableDate, readableTime } from '../../core/zone.ts';
import {
  type AppointmentView,
  appointmentBooked,
  appointmentById,
  appointmentCancelled,
  appointmentConfirmed,
  appointmentRescheduled,
  appointmentRestored,
  appointmentUpdated,
} from '../appointments/contract.ts';
import { getContact } from '../contacts/contract.ts';
import { deliverNotice, reachContact } from '../conversations/contract.ts';
import { addressIn, attendeesOf, titleFor } from './invitation.ts';

export const calendarSubscribers = [
  // What nobody else has to confirm is so from the beginning.
  on(appointmentBooked, 'calendar.booked', (ctx, event) => invite(ctx, event)),
  on(appointmentConfirmed, 'calendar.confirmed', (ctx, event) => invite(ctx, event)),
  on(appointmentRescheduled, 'calendar.moved', (ctx, event) => invite(ctx, event)),
  on(appointmentRestored, 'calendar.restored', (ctx, event) => invite(ctx, event)),
  on(appointmentCancelled, 'calendar.cancelled', (ctx, event) => invite(ctx, event)),
  on(appointmentUpdated, 'calendar.updated', async (ctx, event) => {
    await invite(ctx, event);
    await uninvite(ctx, event);
  }),
];

async function invite(ctx: Context, event: DomainEvent<{ appointmentId: string }>): Promise<void> {
  const { appointmentId } = event.payload;
  const { appointment, invited } = await ctx.ask(appointmentById, { appointmentId });
  // What was never confirmed is in nobody's calendar.
  if (!mailAccount(ctx.config) || !appointment || !invited) return;
  const known = await byNotice(ctx, event.name, appointment);
  const attendees = (await attendeesOf(ctx, appointment)).filter(({ email }) => email !== known);
  for (const { email } of attendees)
    await send(ctx, event, email, { id: `invitation:${appointmentId}`, ...words(ctx, appointment) });
}

/** Whoever is in it no more takes it out of their calendar. */
async function uninvite(
  ctx: Context,
  event: DomainEvent<{ appointmentId: string; gone: string[] }>,
): Promise<void> {
  const { appointmentId, gone } = event.payload;
  const { appointment, invited } = await ctx.ask(appointmentById, { appointmentId });
  if (!appointment || !invited) return;
  const still = new Set((await attendeesOf(ctx, appointment)).map(({ email }) => email));
  const off = words(ctx, { ...appointment, status: 'cancelled' });
  for (const email of gone.flatMap((said) => addressIn(said)?.email ?? []))
    if (!still.has(email))
      await send(ctx, event, email, { id: `invitation:${appointmentId}:${email}`, ...off });
}

async function send(
  ctx: Context,
  event: DomainEvent<unknown>,
  to: string,
  { id, subject, text }: { id: string; subject: string; text: string },
): Promise<void> {
  const account = mailAccount(ctx.config);
  if (!account) return;
  await ctx.run(deliverNotice, {
    channel: account.channel,
    account: account.id,
    to,
    purpose: 'utility',
    content: {
      kind: 'media',
      media: { type: 'document', id, filename: 'invite.ics' },
      caption: text,
      subject,
    },
    dedupeKey: `${event.id}:invitation:${to}`,
  });
}

/** Whoever is told of a demo by mail has the invitation in that very message: see the notices' rules. */
async function byNotice(
  ctx: Context,
  event: string,
  { kind, contactId }: AppointmentView,
): Promise<string | undefined> {
  const rules: string[] = [appointmentConfirmed.name, appointmentRescheduled.name];
  if (kind !== 'demo' || !contactId || !rules.includes(event)) return undefined;
  const { conversation } = await ctx.ask(reachContact, { contactId });
  if (conversation && conversation.channel !== 'email') return undefined;
  return (await ctx.ask(getContact, { contactId })).email;
}

function words(ctx: Context, appointment: AppointmentView): { subject: string; text: string } {
  const { name: brand, timezone: zone, locale } = ctx.config.app.organisation;
  const at = new Date(appointment.startsAt);
  const when = `ON Date: ${readableDate(at, zone, locale)} and Time: ${readableTime(at, zone, locale)}`;
  const title = titleFor(brand, appointment);
  const what = appointment.kind === 'demo' ? `demo with ${brand}` : title;
  const texts: Partial<Record<AppointmentView['status'], string>> = {
    // Of our own meetings nobody has confirmed anything: they are asked to come.
    confirmed: appointment.leadId
      ? `Thank you for confirming the ${what} ${when}`
      : `You are invited: ${title} ${when}`,
    cancelled: `Your Appointment with ${brand.toUpperCase()} ${when} is cancelled.`,
  };
  const prefix = appointment.status === 'cancelled' ? 'Cancelled: ' : '';
  return {
    subject: `${prefix}${title}, ${readableDate(at, zone, locale)}, ${readableTime(at, zone, locale)}`,
    text: texts[appointment.status] ?? `Your Appointment with ${brand.toUpperCase()} ${when}`,
  };
}
