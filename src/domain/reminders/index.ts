import { defineModule } from '../../core/define.ts';
import {
  restoreReminderHandler,
  setReminderHandler,
  stopReminderHandler,
  updateReminderHandler,
} from './commands.ts';
import { reminderChanged, reminderFired } from './contract.ts';
import { fireReminderHandler } from './fire.ts';
import { reminderPointer } from './pointers.ts';
import { listRemindersHandler, reminderTimesHandler } from './queries.ts';

export const reminders = defineModule({
  name: 'reminders',
  summary: 'Reminders for oneself, another or several, once or again: as a message, a mail or a task',
  handlers: [
    listRemindersHandler,
    reminderTimesHandler,
    setReminderHandler,
    updateReminderHandler,
    stopReminderHandler,
    restoreReminderHandler,
    fireReminderHandler,
  ],
  pointers: [reminderPointer],
  events: [reminderFired, reminderChanged],
});
