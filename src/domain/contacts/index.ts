import type { Catalogue } from '../../core/catalogue.ts';
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
import { contactChanged, contactCreated, identityProved } from './contract.ts';
import {
  contactAlike,
  contactMerged,
  contactSplit,
  contactSuspected,
  contactUnmerged,
} from './contract-duplicates.ts';
import { checkContactHandler, compareContactsHandler } from './duplicates/compare.ts';
import { gatherSubscribers, mergeHandlers } from './duplicates/handlers.ts';
import { compareImported } from './duplicates/imported.ts';
import { dismissDuplicateHandler, listDuplicatesHandler, suspectAgainHandler } from './duplicates/list.ts';
import { compareAlikeHandler, suspicionSubscribers } from './duplicates/suspect.ts';
import { timelinePointer } from './pointers.ts';
import { confirmCodeHandler, sendCodeHandler } from './proofs/codes.ts';
import { knownByProofHandler } from './proofs/known.ts';
import { passOnHandler, takeUpHandler } from './proofs/passes.ts';
import { contactTimelineHandler, getContactHandler, isContactProvedHandler } from './queries/contacts.ts';
import { contactInteractionsHandler } from './queries/interactions.ts';
import { planRekeying, rekeyContactsHandler } from './rekey.ts';

/** @param catalogue says what points at a contact */
export const contacts = (catalogue: () => Catalogue) =>
  defineModule({
    name: 'contacts',
    summary: 'Who somebody is on every channel, and everything that happened with them',
    handlers: [
      identifyContactHandler,
      assignContactHandler,
      updateContactHandler,
      sendCodeHandler,
      confirmCodeHandler,
      passOnHandler,
      takeUpHandler,
      knownByProofHandler,
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
      compareContactsHandler,
      checkContactHandler,
      listDuplicatesHandler,
      dismissDuplicateHandler,
      suspectAgainHandler,
      compareAlikeHandler,
      rekeyContactsHandler,
      ...mergeHandlers(catalogue),
    ],
    pointers: [timelinePointer],
    events: [
      contactCreated,
      contactChanged,
      contactAlike,
      contactSuspected,
      contactMerged,
      contactUnmerged,
      contactSplit,
      identityProved,
    ],
    jobs: [compareImported],
    start: planRekeying,
    subscribers: [...suspicionSubscribers, ...gatherSubscribers],
  });
