import { definePointer } from '../../core/merging.ts';
import { TicketModel } from './model.ts';

/** A ticket stays with whoever works on it, whosever the customer is. */
export const ticketPointer = definePointer({
  name: 'tickets',
  model: TicketModel,
  contact: { field: 'contactId' },
  conversation: 'conversationId',
});
