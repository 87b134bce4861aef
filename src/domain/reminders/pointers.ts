import { definePointer } from '../../core/merging.ts';
import { ReminderModel } from './model.ts';

export const reminderPointer = definePointer({
  name: 'reminders',
  model: ReminderModel,
  lead: { field: 'leadId' },
});
