import type { Card } from '../../core/messaging.ts';
import { readableMoment } from '../../core/zone.ts';
import {
  type AppointmentStatus,
  type AppointmentView,
  cancelAppointment,
  completeAppointment,
  confirmAppointment,
  includeColleague,
  rescheduleAppointment,
} from './contract.ts';
import type { AppointmentDocument } from './model.ts';

export const statusLabels: Record<AppointmentStatus, string> = {
  booked: 'Booked',
  confirmed: 'Confirmed',
  completed: 'Completed',
  'no-show': 'Did not come',
  cancelled: 'Cancelled',
};

export const kindLabels: Record<AppointmentView['kind'], string> = {
  demo: 'Demo',
  meeting: 'Meeting',
  training: 'Training',
  personal: 'Personal',
};

type Named = Pick<AppointmentView, 'kind' | 'title' | 'leadId' | 'leadNumber' | 'leadName'>;
/** `Demo with #12 Ravi Kumar`, `Training: new price list` */
export function titleOf({ kind, title, leadId, leadNumber, leadName }: Named): string {
  const label = kindLabels[kind];
  return leadId ? `${label} with #${leadNumber} ${leadName}` : title ? `${label}: ${title}` : label;
}

export function viewOf(a: AppointmentDocument): AppointmentView {
  return {
    id: a._id,
    kind: a.kind,
    status: a.status,
    statusLabel: statusLabels[a.status],
    startsAt: a.startsAt.toISOString(),
    minutes: a.minutes,
    mode: a.mode ?? 'online',
    participants: a.participants,
    colleagueIds: a.colleagueIds ?? [],
    ...(a.title && { title: a.title }),
    ...(a.leadId && { leadId: a.leadId, leadNumber: a.leadNumber, leadName: a.leadName }),
    ...(a.contactId && { contactId: a.contactId }),
    ...(a.location && { location: a.location }),
    ...(a.agenda && { agenda: a.agenda }),
    ...(a.assigneeId && { assigneeId: a.assigneeId }),
  };
}

export function appointmentCard(
  a: AppointmentView,
  { zone, locale }: { zone: string; locale: string },
): Card {
  const appointmentId = a.id;
  const open = a.status === 'booked' || a.status === 'confirmed';
  return {
    title: titleOf(a),
    fields: [
      { label: 'When', value: readableMoment(new Date(a.startsAt), zone, locale) },
      { label: 'Duration', value: `${a.minutes} min` },
      { label: 'Status', value: a.statusLabel },
      ...(a.location ? [{ label: 'Where', value: a.location }] : []),
    ],
    buttons: open
      ? [
          ...(a.status === 'booked'
            ? [
                {
                  label: a.kind === 'demo' ? 'Confirm demo' : 'Confirm',
                  command: confirmAppointment.name,
                  input: { appointmentId },
                  style: 'primary' as const,
                },
              ]
            : []),
          { label: 'Completed', command: completeAppointment.name, input: { appointmentId } },
          {
            label: 'Did not come',
            command: completeAppointment.name,
            input: { appointmentId, outcome: 'no-show' },
          },
          { label: 'Reschedule', command: rescheduleAppointment.name, input: { appointmentId }, form: true },
          {
            label: 'Invite a colleague',
            command: includeColleague.name,
            input: { appointmentId },
            form: true,
          },
          {
            label: 'Cancel',
            command: cancelAppointment.name,
            input: { appointmentId },
            style: 'danger' as const,
            confirm: 'Cancel this appointment?',
          },
        ]
      : [],
    link: a.leadId ? `/leads/${a.leadId}` : '/calendar',
    key: `appointment:${a.id}`,
  };
}
