import { definePointer } from '../../core/merging.ts';
import { AppointmentModel } from './model.ts';

export const appointmentPointer = definePointer({
  name: 'appointments',
  model: AppointmentModel,
  contact: { field: 'contactId' },
  lead: { field: 'leadId' },
  conversation: 'conversationId',
  repeats: { number: 'leadNumber', name: 'leadName' },
  owned: true,
});
