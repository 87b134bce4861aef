import { defineDataset } from '../../core/dataset.ts';
import { AppointmentModel } from './model.ts';
import { statusLabels } from './view.ts';

const demos = (status: string) => () => ({ kind: 'demo', status });

export const appointmentDataset = defineDataset({
  name: 'appointments',
  label: 'Appointments',
  subject: 'Appointment',
  model: AppointmentModel,
  dimensions: {
    caller: { field: 'assigneeId' },
    status: { field: 'status', labels: () => statusLabels },
    source: { field: 'lead.source' },
    product: { field: 'lead.product' },
  },
  measures: [
    {
      name: 'appointment.scheduled',
      label: 'Meetings scheduled',
      words: ['meetings scheduled', 'meetings', 'appointments booked', 'demos booked', 'bookings'],
      at: 'bookedAt',
    },
    {
      name: 'appointment.all',
      label: 'Appointments',
      words: ['appointments', 'appointment'],
      at: 'startsAt',
    },
    {
      name: 'demo.all',
      label: 'Demos',
      words: ['demos', 'demo', 'demonstrations'],
      at: 'startsAt',
      where: () => ({ kind: 'demo', status: { $in: ['booked', 'confirmed', 'completed'] } }),
    },
    {
      name: 'demo.confirmed',
      label: 'Demo Confirmed',
      words: ['demos confirmed', 'demo confirmed', 'confirmed demos'],
      at: 'startsAt',
      where: demos('confirmed'),
    },
    {
      name: 'demo.completed',
      label: 'Demo Completed',
      words: ['demos completed', 'demo completed', 'completed demos', 'demos done', 'demos done by'],
      at: 'startsAt',
      where: demos('completed'),
    },
    {
      name: 'demo.missed',
      label: 'Did not come',
      words: ['no-shows', 'no shows', 'missed demos'],
      at: 'startsAt',
      where: demos('no-show'),
    },
  ],
  columns: [
    { key: 'startsAt', label: 'When', field: 'startsAt', kind: 'time' },
    { key: 'leadNumber', label: 'Lead', field: 'leadNumber', kind: 'number' },
    { key: 'leadName', label: 'Name', field: 'leadName', kind: 'text' },
    { key: 'caller', label: 'Tele-caller', field: 'assigneeId', kind: 'text', person: true },
    { key: 'status', label: 'Status', field: 'status', kind: 'text' },
    { key: 'mode', label: 'How', field: 'mode', kind: 'text' },
  ],
});
