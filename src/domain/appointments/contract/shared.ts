import { z } from 'zod';
import { appointmentStatuses, appointmentView } from './view.ts';

export const byId = z.object({ appointmentId: z.string() });
export const minutes = z.coerce.number().int().min(5).max(480);
export const changed = z.object({
  appointmentId: z.string(),
  startsAt: z.string(),
  status: z.enum(appointmentStatuses),
  appointment: appointmentView,
});
