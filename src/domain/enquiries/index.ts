import { defineModule } from '../../core/define.ts';
import { foreseeEnquiriesHandler, recordEnquiriesHandler } from './bulk/record.ts';
import { retractEnquiriesHandler } from './bulk/retract.ts';
import { markEnquiryHandler } from './commands/mark.ts';
import { assignEnquiriesHandler, overruleVerdictHandler } from './commands/overrule.ts';
import { recordEnquiryHandler } from './commands/record.ts';
import { enquiryMarked, enquiryOverruled, enquiryRecorded } from './contract.ts';
import { enquiryPointer } from './pointers.ts';
import {
  compareEnquiryHandler,
  enquiriesOfHandler,
  getEnquiryHandler,
  listEnquiriesHandler,
} from './queries/enquiries.ts';

export const enquiries = defineModule({
  name: 'enquiries',
  summary: 'Enquiries and their verdict: New, Re-engaged, Duplicate or Junk, with the evidence',
  handlers: [
    recordEnquiryHandler,
    overruleVerdictHandler,
    markEnquiryHandler,
    assignEnquiriesHandler,
    foreseeEnquiriesHandler,
    recordEnquiriesHandler,
    retractEnquiriesHandler,
    listEnquiriesHandler,
    getEnquiryHandler,
    compareEnquiryHandler,
    enquiriesOfHandler,
  ],
  pointers: [enquiryPointer],
  events: [enquiryRecorded, enquiryMarked, enquiryOverruled],
});
