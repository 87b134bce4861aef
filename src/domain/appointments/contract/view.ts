import { z } from 'zod';

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
