/** What other modules and the bot ask of appointments; never offered to a person. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../../core/define.ts';
import { instant } from '../../contacts/contract.ts';
import { byId } from './shared.ts';
import { appointmentStatuses, appointmentView } from './view.ts';

/** For the bot: says whether a time is open before anything is booked, and what is open near it. */
export const checkSlot = defineQuery({
  name: 'appointment.slots',
  summary: 'Whether a time is open, and which are near it (internal)',
  permission: 'system',
  input: z.object({
    at: instant,
    minutes: z.coerce.number().int().optional(),
    assigneeId: z.string().optional(),
    leadId: z.string().optional(),
  }),
  output: z.object({
    open: z.boolean(),
    reason: z.enum(['past', 'closed', 'taken', 'too-soon']).optional(),
    /** Business hours in words: `Mon–Sat 09:30–18:30`. */
    hoursText: z.string(),
    /** ISO instants. */
    suggestions: z.array(z.string()),
  }),
});

/** For whoever chooses another time: what is open from a moment on, for as many days. */
export const freeSlots = defineQuery({
  name: 'appointment.free',
  summary: 'Open times for an appointment that is to move (internal)',
  permission: 'system',
  input: byId.extend({ from: instant, limit: z.number().int().min(1).max(60).default(18) }),
  output: z.object({ slots: z.array(z.string()) }),
});
/** With what invitations need beside the view: how often it was changed. */
export const appointmentById = defineQuery({
  name: 'appointment.byId',
  summary: 'One appointment (internal)',
  permission: 'system',
  input: byId,
  output: z.object({
    appointment: appointmentView.optional(),
    sequence: z.number(),
    changedAt: z.string(),
    /** Confirmed at some time: it stands in calendars of others. */
    invited: z.boolean(),
    conversationId: z.string().optional(),
  }),
});

/** The next appointment of a conversation's customer; of an address that the channel did not prove only what was booked there. */
export const upcomingAppointment = defineQuery({
  name: 'appointment.upcoming',
  summary: 'The next appointment of a conversation’s customer (internal)',
  permission: 'system',
  input: z.object({ conversationId: z.string() }),
  output: z.object({
    found: z.boolean(),
    appointmentId: z.string().optional(),
    startsAt: z.string().optional(),
    leadId: z.string().optional(),
    status: z.enum(appointmentStatuses).optional(),
  }),
});

/** The moment itself if the office is open then, else when it opens next. */
export const nextOpening = defineQuery({
  name: 'appointment.nextOpening',
  summary: 'When the office is open next (internal)',
  permission: 'system',
  input: z.object({ at: instant }),
  output: z.object({ at: z.string() }),
});

/** What the timers of an appointment run. */
export const remindAppointment = defineCommand({
  name: 'appointment.remind',
  summary: 'An appointment is today or in an hour (internal)',
  permission: 'system',
  input: z.object({ appointmentId: z.string(), which: z.string(), startsAt: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});
/** Keeps appointments with whoever has the lead. */
export const assignAppointments = defineCommand({
  name: 'appointment.assign',
  summary: 'Give a lead’s open appointments to a user (internal)',
  permission: 'system',
  input: z.object({
    leadId: z.string(),
    assigneeId: z.string().optional(),
    teamIds: z.array(z.string()).default([]),
  }),
  output: z.object({ ok: z.literal(true) }),
});
