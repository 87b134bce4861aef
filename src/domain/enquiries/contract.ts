import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { identity } from '../contacts/contract.ts';

export const verdicts = ['new', 'reengaged', 'duplicate', 'junk'] as const;
export const verdict = z.enum(verdicts);
export type Verdict = z.output<typeof verdict>;
export const verdictLabels: Record<Verdict, string> = {
  new: 'New',
  reengaged: 'Re-engaged',
  duplicate: 'Duplicate',
  junk: 'Junk',
};

/** Why the verdict: which rule, which record it matched, how sure (0..1), in words. */
export const evidence = z.object({
  rule: z.string(),
  score: z.number().min(0).max(1),
  text: z.string(),
  matched: z
    .object({ kind: z.enum(['Lead', 'Contact', 'Enquiry']), id: z.string(), label: z.string() })
    .optional(),
});
export type Evidence = z.output<typeof evidence>;

/** What an enquiry asks for, where it is more than information (M23: request for quotation as an intake). */
export const enquiryRequests = ['quotation', 'dealership'] as const;
const request = z.enum(enquiryRequests).optional();

const said = {
  name: text(120).optional(),
  phone: z.string().max(40).optional(),
  email: z.string().max(320).optional(),
  product: text(200).optional(),
  quantity: z.coerce.string().max(80).optional(),
  budget: z.coerce.string().max(80).optional(),
  city: text(120).optional(),
  company: text(120).optional(),
  industry: text(120).optional(),
  segment: text(120).optional(),
  size: text(120).optional(),
  note: text(4000).optional(),
  source: text(80),
  medium: text(80),
  campaign: text(200).optional(),
  request,
};

export const recordEnquiry = defineCommand({
  name: 'enquiry.record',
  summary: 'Record an enquiry and decide its verdict (internal)',
  permission: 'system',
  input: z.object({
    conversationId: z.string().optional(),
    identities: z.array(identity).optional(),
    ...said,
    /** What the junk classifier says of the words; customers we know are never junked by it. */
    junk: z
      .object({ label: z.string(), score: z.number(), reasons: z.array(z.string()).optional() })
      .optional(),
    /** Entered by a person for this user; otherwise the next in turn. */
    assigneeId: z.string().optional(),
  }),
  output: z.object({
    enquiryId: z.string(),
    verdict,
    evidence: z.array(evidence),
    contactId: z.string(),
    leadId: z.string().optional(),
    leadNumber: z.number().optional(),
  }),
});

export const enquiryView = z.object({
  id: z.string(),
  request,
  at: z.string(),
  verdict,
  verdictLabel: z.string(),
  evidence: z.array(evidence),
  overruled: z
    .object({ from: verdict, by: z.string(), at: z.string(), note: z.string().optional() })
    .optional(),
  contactId: z.string(),
  leadId: z.string().optional(),
  leadNumber: z.number().optional(),
  conversationId: z.string().optional(),
  assigneeId: z.string().optional(),
  name: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  product: z.string().optional(),
  quantity: z.string().optional(),
  budget: z.string().optional(),
  city: z.string().optional(),
  company: z.string().optional(),
  industry: z.string().optional(),
  segment: z.string().optional(),
  size: z.string().optional(),
  note: z.string().optional(),
  source: z.string(),
  medium: z.string(),
  campaign: z.string().optional(),
});
export type EnquiryView = z.output<typeof enquiryView>;

export const listEnquiries = defineQuery({
  name: 'enquiry.list',
  summary: 'Enquiries, newest first',
  permission: { action: 'read', subject: 'Enquiry' },
  path: '/enquiries',
  input: z.object({
    verdict: verdict.optional(),
    request,
    contactId: z.string().optional(),
    leadId: z.string().optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  output: z.object({ items: z.array(enquiryView), nextCursor: z.string().optional(), total: z.number() }),
});

export const getEnquiry = defineQuery({
  name: 'enquiry.get',
  summary: 'One enquiry with its verdict and evidence',
  permission: { action: 'read', subject: 'Enquiry' },
  path: '/enquiries/:enquiryId',
  input: z.object({ enquiryId: z.string() }),
  output: enquiryView,
});

/** Which leads were made in which conversation: what goes along when a contact is split. */
export const enquiriesOf = defineQuery({
  name: 'enquiry.ofConversations',
  summary: 'A contact’s enquiries from these conversations (internal)',
  permission: 'system',
  input: z.object({ contactId: z.string(), conversationIds: z.array(z.string()).max(200) }),
  output: z.object({
    items: z.array(z.object({ id: z.string(), ownLeadId: z.string().optional() })),
  }),
});

/** Side by side: what came in, and the record it was held to repeat. */
export const compareEnquiry = defineQuery({
  name: 'enquiry.compare',
  summary: 'An enquiry beside the record that it matched',
  permission: { action: 'read', subject: 'Enquiry' },
  path: '/enquiries/:enquiryId/compare',
  input: z.object({ enquiryId: z.string() }),
  output: z.object({
    enquiryId: z.string(),
    leadId: z.string().optional(),
    leadNumber: z.number().optional(),
    fields: z.array(
      z.object({
        field: z.string(),
        label: z.string(),
        incoming: z.string().optional(),
        existing: z.string().optional(),
        same: z.boolean(),
      }),
    ),
    evidence: z.array(evidence),
  }),
});

/** What was asked for came out later in the same talk: the enquiry is marked, and says what and how much. */
export const markEnquiry = defineCommand({
  name: 'enquiry.mark',
  summary: 'Mark an enquiry as a request for a quotation or a dealership (internal)',
  permission: 'system',
  input: z.object({
    enquiryId: z.string(),
    request: z.enum(enquiryRequests),
    product: text(200).optional(),
    quantity: z.coerce.string().max(80).optional(),
    city: text(120).optional(),
    note: text(20_000)
      .transform((note) => note.slice(0, 3000))
      .optional(),
  }),
  output: z.object({
    enquiryId: z.string(),
    leadId: z.string().optional(),
    leadNumber: z.number().optional(),
  }),
});

export const overruleVerdict = defineCommand({
  name: 'enquiry.overrule',
  summary: 'Correct an enquiry’s verdict',
  permission: { action: 'update', subject: 'Enquiry' },
  input: z.object({ enquiryId: z.string(), verdict, note: text(1000).optional() }),
  output: z.object({ enquiry: enquiryView }),
});

/** Keeps enquiries with whoever has their lead. */
export const assignEnquiries = defineCommand({
  name: 'enquiry.assign',
  summary: 'Give a lead’s enquiries to a user (internal)',
  permission: 'system',
  input: z.object({
    leadId: z.string(),
    assigneeId: z.string().optional(),
    teamIds: z.array(z.string()).default([]),
  }),
  output: z.object({ ok: z.literal(true) }),
});

export const enquiryRecorded = defineEvent(
  'enquiry.recorded',
  'An enquiry came in and got its verdict',
  z.object({
    enquiryId: z.string(),
    verdict,
    contactId: z.string(),
    leadId: z.string().optional(),
    conversationId: z.string().optional(),
  }),
);
export const enquiryMarked = defineEvent(
  'enquiry.marked',
  'An enquiry turned out to ask for a quotation or a dealership',
  z.object({ enquiryId: z.string(), request: z.enum(enquiryRequests), leadId: z.string().optional() }),
);
export const enquiryOverruled = defineEvent(
  'enquiry.overruled',
  'Somebody corrected a verdict',
  z.object({ enquiryId: z.string(), from: verdict, to: verdict, leadId: z.string().optional() }),
);

export * from './contract-bulk.ts';
