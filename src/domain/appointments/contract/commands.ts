import { z } from 'zod';
import { defineCommand } from '../../../core/define.ts';
import { text } from '../../../core/validate.ts';
import { instant } from '../../contacts/contract.ts';
import { byId, changed, minutes } from './shared.ts';
import { appointmentKinds, appointmentModes } from './view.ts';

const permission = { action: 'update', subject: 'Appointment' } as const;

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
  permission,
  input: byId,
  output: changed,
});
export const rescheduleAppointment = defineCommand({
  name: 'appointment.reschedule',
  summary: 'Move an appointment to another time',
  permission,
  input: byId.extend({ startsAt: instant, minutes: minutes.optional() }),
  output: changed,
});
/** Those who are named take part from now on, and nobody else. */
export const inviteColleagues = defineCommand({
  name: 'appointment.invite',
  summary: 'Say which colleagues take part in an appointment',
  permission,
  input: byId.extend({ colleagueIds: z.array(z.string()).max(20) }),
  output: changed,
});
/** One colleague more, or one less; of a lead its next appointment is meant. */
export const includeColleague = defineCommand({
  name: 'appointment.include',
  summary: 'Take a colleague into an appointment, or out of it',
  permission,
  input: z.object({
    /** Or the lead that it is with. */
    appointmentId: z.string().optional(),
    leadId: z.string().optional(),
    part: z.enum(['with', 'without']).default('with'),
    colleagueId: z.string(),
  }),
  output: changed.extend({ said: z.string() }),
  chat: {
    verb: 'invite',
    slots: [
      { name: 'leadId', type: 'lead' },
      { name: 'part', type: 'choice', options: { with: 'with', without: 'without' }, optional: true },
      { name: 'colleagueId', type: 'user' },
    ],
    example: 'invite #12 @arjun',
  },
});
/** What it is about and where, and who takes part from outside; `null` takes away. Its time has a command of its own. */
export const updateAppointment = defineCommand({
  name: 'appointment.update',
  summary: 'Change an appointment’s place, agenda, title or outside participants',
  permission,
  input: byId.extend({
    title: text(200).optional(),
    mode: z.enum(appointmentModes).optional(),
    location: text(300).nullable().optional(),
    agenda: text(1000).nullable().optional(),
    participants: z.array(text(120)).max(20).optional(),
  }),
  output: changed,
});
export const cancelAppointment = defineCommand({
  name: 'appointment.cancel',
  summary: 'Cancel an appointment',
  permission,
  input: byId.extend({ reason: text(500).optional() }),
  output: changed,
});
/** `no-show` by `outcome`. */
export const completeAppointment = defineCommand({
  name: 'appointment.complete',
  summary: 'Mark an appointment as completed, or as a no-show',
  permission,
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
  permission,
  input: byId.extend({ status: z.enum(['booked', 'confirmed']) }),
  output: changed,
});
