import { z } from 'zod';
import { defineEvent } from '../../../core/define.ts';

export const leadCreated = defineEvent(
  'lead.created',
  'A lead was made',
  z.object({ leadId: z.string(), enquiryId: z.string(), assigneeId: z.string().optional() }),
);
export const leadReengaged = defineEvent(
  'lead.reengaged',
  'A closed or silent lead came back',
  z.object({ leadId: z.string(), enquiryId: z.string(), from: z.string(), why: z.string() }),
);
export const leadAssigned = defineEvent(
  'lead.assigned',
  'A lead got another assignee',
  z.object({
    leadId: z.string(),
    from: z.string().optional(),
    to: z.string().optional(),
    by: z.string(),
    first: z.boolean(),
    reason: z.string().optional(),
  }),
);
export const leadMoved = defineEvent(
  'lead.moved',
  'A lead went to another stage',
  z.object({
    leadId: z.string(),
    from: z.string(),
    to: z.string(),
    lostReason: z.string().optional(),
    note: z.string().optional(),
    /** A correction: nobody is told. */
    quiet: z.boolean().default(false),
  }),
);
export const leadNotAttempted = defineEvent(
  'lead.notAttempted',
  'A lead from online is still not attempted',
  z.object({ leadId: z.string() }),
);
export const leadChanged = defineEvent(
  'lead.changed',
  'A lead’s particulars changed',
  z.object({ leadId: z.string() }),
);
export const leadSuspected = defineEvent(
  'lead.suspected',
  'A lead’s client turned out to have an address of another contact',
  z.object({
    leadId: z.string(),
    why: z.string(),
    /** Where the two are compared. */
    link: z.string().optional(),
    /** False: what is told is of a colleague's record as well. */
    callerMayKnow: z.boolean().default(true),
  }),
);
