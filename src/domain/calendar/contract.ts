import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { appointmentKinds, appointmentStatuses } from '../appointments/contract.ts';
import { instant } from '../contacts/contract.ts';

export const calendarKinds = ['appointment', 'task', 'followUp', 'reminder'] as const;
export type CalendarKind = (typeof calendarKinds)[number];

export const calendarItem = z.object({
  /** One for each time: a reminder that comes again has several. */
  id: z.string(),
  kind: z.enum(calendarKinds),
  recordId: z.string(),
  title: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  status: z.string(),
  statusLabel: z.string(),
  /** Done, cancelled, over: shown, and not to be moved. */
  closed: z.boolean(),
  overdue: z.boolean(),
  appointmentKind: z.enum(appointmentKinds).optional(),
  location: z.string().optional(),
  note: z.string().optional(),
  assigneeId: z.string().optional(),
  assigneeName: z.string().optional(),
  leadId: z.string().optional(),
  link: z.string(),
  /** By whoever asks. */
  movable: z.boolean(),
});
export type CalendarItem = z.output<typeof calendarItem>;

export const calendarRange = defineQuery({
  name: 'calendar.range',
  summary: 'Appointments, tasks with a time, follow-ups and reminders in a range of time, by your rights',
  permission: 'signed-in',
  path: '/calendar',
  input: z.object({
    from: instant,
    to: instant,
    kinds: z.array(z.enum(calendarKinds)).optional(),
    /** One person's; absent: everybody's that you may see. */
    assigneeId: z.string().optional(),
    closed: z.boolean().default(true),
  }),
  output: z.object({
    items: z.array(calendarItem),
    /** There is more in this range than a calendar can show. */
    cut: z.boolean(),
  }),
});

// — a feed to subscribe to —
const feed = z.object({ url: z.string().optional(), createdAt: z.string().optional() });
export const calendarFeed = defineQuery({
  name: 'calendar.feed',
  summary: 'The private address under which your other calendars subscribe to this one',
  permission: 'signed-in',
  path: '/calendar/feed',
  input: z.object({}),
  output: feed,
});
export const newCalendarFeed = defineCommand({
  name: 'calendar.newFeed',
  summary: 'Make a private address for your other calendars; an earlier one ends',
  permission: 'signed-in',
  secret: ['url'],
  input: z.object({}),
  output: feed,
});
export const stopCalendarFeed = defineCommand({
  name: 'calendar.stopFeed',
  summary: 'End the private address of your calendar',
  permission: 'signed-in',
  input: z.object({}),
  output: z.object({ ok: z.literal(true) }),
});
/** What whoever holds the address gets: the calendar's text, with its owner's rights of this moment. */
export const readCalendarFeed = defineQuery({
  name: 'calendar.readFeed',
  summary: 'A calendar behind its private address (internal)',
  permission: 'system',
  input: z.object({ token: z.string().max(200) }),
  output: z.object({ ics: z.string().optional() }),
});

// — invitations —
/** The address at which whoever was invited confirms or chooses another time, without signing in. */
export const invitationLink = defineQuery({
  name: 'calendar.invitationLink',
  summary: 'Where a participant answers (internal)',
  permission: 'system',
  input: z.object({ appointmentId: z.string() }),
  output: z.object({ url: z.string() }),
});
/** An appointment as calendars take it: REQUEST, or CANCEL when it was cancelled. */
export const invitation = defineQuery({
  name: 'calendar.invitation',
  summary: 'An appointment as an .ics file (internal)',
  permission: 'system',
  input: z.object({
    appointmentId: z.string(),
    /** An address that is in it no more: for it the appointment is off. */
    gone: z.string().optional(),
  }),
  output: z.object({ ics: z.string().optional(), method: z.enum(['REQUEST', 'CANCEL']) }),
});
export const openInvitation = defineQuery({
  name: 'calendar.openInvitation',
  summary: 'What a participant sees at their address (internal)',
  permission: 'system',
  input: z.object({ token: z.string().max(200), from: instant.optional() }),
  output: z.object({
    found: z.boolean(),
    appointmentId: z.string().optional(),
    kind: z.enum(appointmentKinds).optional(),
    status: z.enum(appointmentStatuses).optional(),
    startsAt: z.string().optional(),
    minutes: z.number().optional(),
    location: z.string().optional(),
    agenda: z.string().optional(),
    /** May still be confirmed or moved. */
    open: z.boolean(),
    slots: z.array(z.string()),
  }),
});
export const answerInvitation = defineCommand({
  name: 'calendar.answerInvitation',
  summary: 'A participant confirms or chooses another time (internal)',
  permission: 'system',
  secret: ['token'],
  input: z.object({ token: z.string().max(200), startsAt: instant.optional() }),
  output: z.object({ status: z.enum(appointmentStatuses), startsAt: z.string() }),
});

export const feedChanged = defineEvent(
  'calendar.feedChanged',
  'Somebody’s calendar got a private address, or lost it',
  z.object({ userId: z.string() }),
);
