/** The named filters of the appointment list, as data. */
import { dayOf, monthOf } from '../../core/zone.ts';
import type { AppointmentViewName } from './contract.ts';

type At = { now: Date; zone: string };
const within = ({ start, end }: { start: Date; end: Date }) => ({ $gte: start, $lt: end });
const completed = { status: 'completed', kind: 'demo' };

export const appointmentViewTable: Record<
  AppointmentViewName,
  { label: string; where: (at: At) => Record<string, unknown> }
> = {
  all: { label: 'Total Number of Appointment', where: () => ({}) },
  thisMonthCompleted: {
    label: 'This month Demo Completed',
    where: ({ now, zone }) => ({ ...completed, startsAt: within(monthOf(now, zone)) }),
  },
  previousMonthCompleted: {
    label: 'Previous Month Demo Completed',
    where: ({ now, zone }) => ({ ...completed, startsAt: within(monthOf(now, zone, -1)) }),
  },
  todayConfirmed: {
    label: 'Today Demo Confirmed',
    where: ({ now, zone }) => ({ status: 'confirmed', kind: 'demo', startsAt: within(dayOf(now, zone)) }),
  },
  totalCompleted: { label: 'Total Demo Completed', where: () => completed },
};
