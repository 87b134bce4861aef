import { definePointer } from '../../core/merging.ts';
import { EnquiryModel } from './model.ts';

export const enquiryPointer = definePointer({
  name: 'enquiries',
  model: EnquiryModel,
  contact: { field: 'contactId' },
  lead: { field: 'leadId' },
  conversation: 'conversationId',
  repeats: { number: 'leadNumber' },
  owned: true,
});
