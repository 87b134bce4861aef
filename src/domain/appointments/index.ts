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
import { includeColleagueHandler, inviteColleaguesHandler, takePartHandler } from './commands/colleagues.ts';
import { restoreAppointmentHandler } from './commands/restore.ts';
import { updateAppointmentHandler } from './commands/update.ts';
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
  appointmentUpdated,
} from './contract.ts';
import { appointmentDataset } from './dataset.ts';
import { appointmentPointer } from './pointers.ts';
import {
  appointmentByIdHandler,
  appointmentViewsHandler,
  checkSlotHandler,
  freeSlotsHandler,
  getAppointmentHandler,
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
    includeColleagueHandler,
    updateAppointmentHandler,
    takePartHandler,
    remindAppointmentHandler,
    assignAppointmentsHandler,
    listAppointmentsHandler,
    getAppointmentHandler,
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
    appointmentUpdated,
  ],
});
