import { defineModule } from '../../core/define.ts';
import {
  addManyToTimelineHandler,
  contactsWithMoreHandler,
  knownContactsHandler,
  recordContactsHandler,
  retractContactsHandler,
  takeFromTimelineHandler,
} from './commands/bulk.ts';
import { addToTimelineHandler, assignContactHandler, updateContactHandler } from './commands/contacts.ts';
import { identifyContactHandler } from './commands/identify.ts';
import { contactChanged, contactCreated } from './contract.ts';
import { contactTimelineHandler, getContactHandler, isContactProvedHandler } from './queries/contacts.ts';
import { contactInteractionsHandler } from './queries/interactions.ts';

export const contacts = defineModule({
  name: 'contacts',
  summary: 'Who somebody is on every channel, and everything that happened with them',
  handlers: [
    identifyContactHandler,
    assignContactHandler,
    updateContactHandler,
    addToTimelineHandler,
    addManyToTimelineHandler,
    contactsWithMoreHandler,
    knownContactsHandler,
    recordContactsHandler,
    retractContactsHandler,
    takeFromTimelineHandler,
    getContactHandler,
    isContactProvedHandler,
    contactTimelineHandler,
    contactInteractionsHandler,
  ],
  events: [contactCreated, contactChanged],
});
