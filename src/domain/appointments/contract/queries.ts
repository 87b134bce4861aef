import { z } from 'zod';
import { defineQuery } from '../../../core/define.ts';
import { instant } from '../../contacts/contract.ts';
import { appointmentKinds, appointmentStatuses, appointmentView } from './view.ts';

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

export const getAppointment = defineQuery({
  name: 'appointment.get',
  summary: 'One appointment',
  permission: { action: 'read', subject: 'Appointment' },
  path: '/appointments/:appointmentId',
  input: z.object({ appointmentId: z.string() }),
  output: appointmentView,
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
