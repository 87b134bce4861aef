import { defineModule } from '../../core/define.ts';
import { bookAppointmentHandler } from './commands/book.ts';
import {
  assignAppointmentsHandler,
  cancelAppointmentHandler,
  completeAppointmentHandler,
  confirmAppointmentHandler,
  remindAppointmentHandler,
  rescheduleAppointmentHandler,
} from './commands/change.ts';
import { inviteColleaguesHandler, takePartHandler } from './commands/colleagues.ts';
import { restoreAppointmentHandler } from './commands/restore.ts';
import {
  appointmentBooked,
  appointmentCancelled,
  appointmentCompleted,
  appointmentConfirmed,
  appointmentInvited,
  appointmentMissed,
  appointmentNear,
  appointmentRescheduled,
  appointmentRestored,
} from './contract.ts';
import { appointmentDataset } from './dataset.ts';
import { appointmentPointer } from './pointers.ts';
import {
  appointmentByIdHandler,
  appointmentViewsHandler,
  checkSlotHandler,
  freeSlotsHandler,
  listAppointmentsHandler,
  nextOpeningHandler,
} from './queries/appointments.ts';
import { upcomingAppointmentHandler } from './queries/upcoming.ts';
import { replanRemindersHandler, replanSubscriber } from './replan.ts';

export const appointments = defineModule({
  name: 'appointments',
  summary: 'Demos and other appointments, within business hours and without double booking',
  handlers: [
    bookAppointmentHandler,
    confirmAppointmentHandler,
    rescheduleAppointmentHandler,
    cancelAppointmentHandler,
    completeAppointmentHandler,
    restoreAppointmentHandler,
    inviteColleaguesHandler,
    takePartHandler,
    remindAppointmentHandler,
    assignAppointmentsHandler,
    listAppointmentsHandler,
    appointmentViewsHandler,
    checkSlotHandler,
    freeSlotsHandler,
    appointmentByIdHandler,
    nextOpeningHandler,
    upcomingAppointmentHandler,
    replanRemindersHandler,
  ],
  datasets: [appointmentDataset],
  subscribers: [replanSubscriber],
  pointers: [appointmentPointer],
  events: [
    appointmentBooked,
    appointmentConfirmed,
    appointmentInvited,
    appointmentRescheduled,
    appointmentCancelled,
    appointmentCompleted,
    appointmentMissed,
    appointmentNear,
    appointmentRestored,
  ],
});
