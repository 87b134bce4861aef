import { z } from 'zod';
import { defineEvent } from '../../../core/define.ts';
import { appointmentKinds } from './view.ts';

const told = z.object({
  appointmentId: z.string(),
  leadId: z.string().optional(),
  contactId: z.string().optional(),
  startsAt: z.string(),
  kind: z.enum(appointmentKinds),
});
export const appointmentBooked = defineEvent('appointment.booked', 'An appointment was booked', told);
export const appointmentConfirmed = defineEvent(
  'appointment.confirmed',
  'An appointment was confirmed',
  told,
);
export const appointmentRescheduled = defineEvent(
  'appointment.rescheduled',
  'An appointment moved',
  told.extend({ from: z.string() }),
);
export const appointmentCancelled = defineEvent(
  'appointment.cancelled',
  'An appointment was cancelled',
  told,
);
export const appointmentCompleted = defineEvent('appointment.completed', 'An appointment took place', told);
export const appointmentMissed = defineEvent('appointment.missed', 'The client did not come', told);
/** `which` is the key of the notification rule: `appointment-day`, `appointment-hour`. */
export const appointmentNear = defineEvent(
  'appointment.near',
  'An appointment is today, or in an hour',
  told.extend({ which: z.string() }),
);
export const appointmentInvited = defineEvent(
  'appointment.invited',
  'Who takes part in an appointment changed',
  z.object({ appointmentId: z.string() }),
);
export const appointmentUpdated = defineEvent(
  'appointment.updated',
  'An appointment’s place, agenda, title or outside participants changed',
  z.object({
    appointmentId: z.string(),
    /** Mail addresses, as they were named, that are in it no more. */
    gone: z.array(z.string()),
  }),
);
export const appointmentRestored = defineEvent(
  'appointment.restored',
  'That an appointment was confirmed, cancelled or closed was taken back',
  told,
);
