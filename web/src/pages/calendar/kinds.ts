import type { CalendarItem } from '../../api/operations.ts';

export const kinds: { value: CalendarItem['kind']; label: string }[] = [
  { value: 'appointment', label: 'Appointments' },
  { value: 'task', label: 'Tasks' },
  { value: 'followUp', label: 'Follow-ups' },
  { value: 'reminder', label: 'Reminders' },
];

const words = {
  demo: 'Demo',
  meeting: 'Meeting',
  training: 'Training',
  personal: 'Personal',
  appointment: 'Appointment',
  task: 'Task',
  followUp: 'Follow-up',
  reminder: 'Reminder',
};
/** `Demo`, `Follow-up` */
export const kindWords = ({
  kind,
  appointmentKind,
}: Pick<CalendarItem, 'kind' | 'appointmentKind'>): string => words[appointmentKind ?? kind];
