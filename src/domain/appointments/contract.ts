import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { instant } from '../contacts/contract.ts';

export const appointmentKinds = ['demo', 'meeting', 'training', 'personal'] as const;
export const appointmentStatuses = ['booked', 'confirmed', 'completed', 'no-show', 'cancelled'] as const;
export type AppointmentStatus = (typeof appointmentStatuses)[number];

/** Absent when booking: in person where a place is given, else online. */
export const appointmentModes = ['online', 'in-person'] as const;

export const appointmentView = z.object({
  id: z.string(),
  kind: z.enum(appointmentKinds),
  status: z.enum(appointmentStatuses),
  statusLabel: z.string(),
  startsAt: z.string(),
  minutes: z.number(),
  mode: z.enum(appointmentModes),
  location: z.string().optional(),
  agenda: z.string().optional(),
  /** Of the organisation or not, as they were named: addresses among them get the invitation. */
  participants: z.array(z.string()),
  /** Colleagues who take part: nobody is booked twice, they neither. */
  colleagueIds: z.array(z.string()),
  /** What it is about where that is no lead. */
  title: z.string().optional(),
  /** Absent: an appointment of our own. */
  leadId: z.string().optional(),
  leadNumber: z.number().optional(),
  leadName: z.string().optional(),
  contactId: z.string().optional(),
  assigneeId: z.string().optional(),
});
export type AppointmentView = z.output<typeof appointmentView>;

const byId = z.object({ appointmentId: z.string() });
const minutes = z.coerce.number().int().min(5).max(480);
const changed = z.object({
  appointmentId: z.string(),
  startsAt: z.string(),
  status: z.enum(appointmentStatuses),
  appointment: appointmentView,
});

export const bookAppointment = defineCommand({
  name: 'appointment.book',
  summary: 'Book a demo, or an appointment of another kind',
  permission: { action: 'create', subject: 'Appointment' },
  input: z.object({
    /** A demo needs one; a meeting, a training or something personal may be about none. */
    leadId: z.string().optional(),
    title: text(200).optional(),
    /** Without a lead: in whose calendar; absent: one's own. */
    assigneeId: z.string().optional(),
    startsAt: instant,
    minutes: minutes.optional(),
    kind: z.enum(appointmentKinds).default('demo'),
    mode: z.enum(appointmentModes).optional(),
    location: text(300).optional(),
    agenda: text(1000).optional(),
    participants: z.array(text(120)).max(20).default([]),
    colleagueIds: z.array(z.string()).max(20).default([]),
    conversationId: z.string().optional(),
  }),
  output: changed,
  chat: {
    verb: 'demo',
    slots: [
      { name: 'leadId', type: 'lead' },
      { name: 'startsAt', type: 'when', optional: true },
    ],
    example: 'demo #12 tomorrow 4pm',
  },
});

export const confirmAppointment = defineCommand({
  name: 'appointment.confirm',
  summary: 'Confirm an appointment',
  permission: { action: 'update', subject: 'Appointment' },
  input: byId,
  output: changed,
});
export const rescheduleAppointment = defineCommand({
  name: 'appointment.reschedule',
  summary: 'Move an appointment to another time',
  permission: { action: 'update', subject: 'Appointment' },
  input: byId.extend({ startsAt: instant, minutes: minutes.optional() }),
  output: changed,
});
/** Those who are named take part from now on, and nobody else. */
export const inviteColleagues = defineCommand({
  name: 'appointment.invite',
  summary: 'Say which colleagues take part in an appointment',
  permission: { action: 'update', subject: 'Appointment' },
  input: byId.extend({ colleagueIds: z.array(z.string()).max(20) }),
  output: changed,
});
export const takePart = defineQuery({
  name: 'appointment.takePart',
  summary: 'Appointments of colleagues in which you take part',
  permission: 'signed-in',
  path: '/appointments/with-me',
  input: z.object({ from: instant, to: instant }),
  output: z.object({
    items: z.array(
      appointmentView
        .pick({
          id: true,
          kind: true,
          status: true,
          statusLabel: true,
          startsAt: true,
          minutes: true,
          mode: true,
          location: true,
          agenda: true,
        })
        .extend({ title: z.string(), owner: z.object({ id: z.string(), name: z.string() }).optional() }),
    ),
  }),
});
export const cancelAppointment = defineCommand({
  name: 'appointment.cancel',
  summary: 'Cancel an appointment',
  permission: { action: 'update', subject: 'Appointment' },
  input: byId.extend({ reason: text(500).optional() }),
  output: changed,
});
/** `no-show` by `outcome`. */
export const completeAppointment = defineCommand({
  name: 'appointment.complete',
  summary: 'Mark an appointment as completed, or as a no-show',
  permission: { action: 'update', subject: 'Appointment' },
  input: byId.extend({
    outcome: z.enum(['completed', 'no-show']).default('completed'),
    note: text(2000).optional(),
  }),
  output: changed,
});

/** How confirming and ending are undone. */
export const restoreAppointment = defineCommand({
  name: 'appointment.restore',
  summary: 'Take back that an appointment was confirmed, cancelled or closed',
  permission: { action: 'update', subject: 'Appointment' },
  input: byId.extend({ status: z.enum(['booked', 'confirmed']) }),
  output: changed,
});

export const appointmentViewNames = [
  'all',
  'thisMonthCompleted',
  'previousMonthCompleted',
  'todayConfirmed',
  'totalCompleted',
] as const;
export type AppointmentViewName = (typeof appointmentViewNames)[number];
export const appointmentViews = defineQuery({
  name: 'appointment.views',
  summary: 'The named appointment filters with their counts',
  permission: { action: 'read', subject: 'Appointment' },
  path: '/appointments/views',
  input: z.object({}),
  output: z.object({
    items: z.array(z.object({ view: z.enum(appointmentViewNames), label: z.string(), count: z.number() })),
  }),
});

export const listAppointments = defineQuery({
  name: 'appointment.list',
  summary: 'Appointments, the earliest first',
  permission: { action: 'read', subject: 'Appointment' },
  path: '/appointments',
  input: z.object({
    leadId: z.string().optional(),
    contactId: z.string().optional(),
    assigneeId: z.string().optional(),
    kind: z.enum(appointmentKinds).optional(),
    status: z.enum(appointmentStatuses).optional(),
    view: z.enum(appointmentViewNames).optional(),
    from: instant.optional(),
    to: instant.optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ items: z.array(appointmentView), nextCursor: z.string().optional(), total: z.number() }),
});

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
export const appointmentRestored = defineEvent(
  'appointment.restored',
  'That an appointment was confirmed, cancelled or closed was taken back',
  told,
);
