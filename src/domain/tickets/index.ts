import { defineModule } from '../../core/define.ts';
import { addToTicketHandler, rateTicketHandler } from './commands/customer.ts';
import { identifyTicketHandler } from './commands/identify.ts';
import { openTicketHandler } from './commands/open.ts';
import { replyOnTicketHandler } from './commands/reply.ts';
import { openTicketOfHandler, ticketStatusHandler } from './commands/status.ts';
import {
  assignTicketHandler,
  closeTicketHandler,
  moveTicketHandler,
  noteOnTicketHandler,
  reopenTicketHandler,
  resolveTicketHandler,
  setTicketPriorityHandler,
} from './commands/work.ts';
import {
  ticketAdded,
  ticketAssigned,
  ticketChanged,
  ticketMoved,
  ticketOpened,
  ticketResolved,
} from './contract.ts';
import { ticketPointer } from './pointers.ts';
import { getTicketHandler } from './queries/get.ts';
import { findTicketsHandler, listTicketsHandler, ticketViewsHandler } from './queries/list.ts';

export const tickets = defineModule({
  name: 'tickets',
  summary: 'Cases and complaints: ID, status, priority, log book, the customer’s view of them',
  handlers: [
    openTicketHandler,
    assignTicketHandler,
    setTicketPriorityHandler,
    moveTicketHandler,
    noteOnTicketHandler,
    replyOnTicketHandler,
    resolveTicketHandler,
    reopenTicketHandler,
    closeTicketHandler,
    ticketStatusHandler,
    openTicketOfHandler,
    addToTicketHandler,
    rateTicketHandler,
    identifyTicketHandler,
    listTicketsHandler,
    ticketViewsHandler,
    getTicketHandler,
    findTicketsHandler,
  ],
  pointers: [ticketPointer],
  events: [ticketOpened, ticketMoved, ticketResolved, ticketAssigned, ticketAdded, ticketChanged],
});
