/** Contacts that may be one person: the suspicion, the comparison, merging, splitting and taking it back. */
import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import type { Owner } from '../../core/merging.ts';
import { text } from '../../core/validate.ts';
import { contactView, identity } from './contract-view.ts';

/** From which of the two a field is taken; absent: from the one that is kept, and where that has none, from the other. */
export const side = z.enum(['keep', 'merge']);
export const personFields = ['name', 'phone', 'email', 'city', 'company'] as const;
export const personChoice = z.object({
  name: side.optional(),
  phone: side.optional(),
  email: side.optional(),
  city: side.optional(),
  company: side.optional(),
});

const reason = z.object({ rule: z.string(), score: z.number(), text: z.string() });
const suspect = z.object({
  contactId: z.string(),
  name: z.string(),
  phone: z.string().optional(),
  email: z.string().optional(),
  city: z.string().optional(),
  company: z.string().optional(),
  createdAt: z.string(),
  lead: z
    .object({ id: z.string(), number: z.number(), stageLabel: z.string(), product: z.string().optional() })
    .optional(),
});
export const suspicionView = z.object({
  id: z.string(),
  at: z.string(),
  /** 0 to 1: how much speaks for one person. */
  score: z.number(),
  reasons: z.array(reason),
  a: suspect,
  b: suspect,
});
export type SuspicionView = z.output<typeof suspicionView>;

export const listDuplicates = defineQuery({
  name: 'duplicate.list',
  summary: 'Pairs of contacts that may be one person, the likeliest first',
  permission: { action: 'update', subject: 'Contact' },
  path: '/duplicates',
  input: z.object({
    contactId: z.string().optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  output: z.object({ items: z.array(suspicionView), nextCursor: z.string().optional() }),
  chat: { verb: 'duplicates', slots: [], example: 'duplicates' },
});

const leadSide = z.object({
  id: z.string(),
  number: z.number(),
  name: z.string(),
  stage: z.string(),
  stageLabel: z.string(),
  stageKind: z.enum(['open', 'won', 'lost']),
  product: z.string().optional(),
  source: z.string(),
  assigneeName: z.string().optional(),
  createdAt: z.string(),
  fields: z.record(z.string(), z.string()),
});
const compared = z.object({
  contact: contactView,
  leads: z.array(leadSide),
  conversations: z.array(
    z.object({
      id: z.string(),
      channel: z.string(),
      preview: z.string(),
      lastMessageAt: z.string(),
      optedOut: z.boolean(),
    }),
  ),
  appointments: z.array(
    z.object({ id: z.string(), kind: z.string(), status: z.string(), startsAt: z.string() }),
  ),
  tickets: z.array(
    z.object({ id: z.string(), number: z.string(), subject: z.string(), statusLabel: z.string() }),
  ),
});
export type ComparedContact = z.output<typeof compared>;

/** Of the leads, conversations, appointments and tickets only those that the asking person may see. */
export const compareContacts = defineQuery({
  name: 'contact.compare',
  summary: 'Two contacts side by side, with all there is of each',
  permission: { action: 'read', subject: 'Contact' },
  path: '/contacts/compare',
  input: z.object({ keep: z.string(), merge: z.string() }),
  output: z.object({
    keep: compared,
    merge: compared,
    fields: z.array(
      z.object({
        field: z.enum(personFields),
        label: z.string(),
        keep: z.string().optional(),
        merge: z.string().optional(),
        same: z.boolean(),
      }),
    ),
    leadFields: z.array(z.object({ field: z.string(), label: z.string() })),
    suspicion: z.object({ id: z.string(), score: z.number(), reasons: z.array(reason) }).optional(),
    /** Whether the asking person may merge them. */
    mayMerge: z.boolean(),
  }),
});

const merged = z.object({
  mergeId: z.string(),
  contact: contactView,
  /** How many records went along, by kind. */
  moved: z.record(z.string(), z.number()),
});

/** Everything that was recorded of `merge` is recorded of `keep` from now on; leads stay leads of their own. */
export const mergeContacts = defineCommand({
  name: 'contact.merge',
  summary: 'Merge two contacts into one, with everything that happened with either',
  permission: { action: 'update', subject: 'Contact' },
  input: z.object({ keep: z.string(), merge: z.string(), fields: personChoice.default({}) }),
  output: merged,
});
export const unmergeContacts = defineCommand({
  name: 'contact.unmerge',
  summary: 'Undo a merge of contacts: what was moved goes back, what came since stays',
  permission: { action: 'update', subject: 'Contact' },
  input: z.object({ mergeId: z.string() }),
  output: z.object({ contact: contactView, restored: contactView }),
});
export const splitContact = defineCommand({
  name: 'contact.split',
  summary: 'Make a contact of its own of some addresses and conversations',
  permission: { action: 'update', subject: 'Contact' },
  input: z
    .object({
      contactId: z.string(),
      name: text(120).optional(),
      identities: z.array(identity).max(50).default([]),
      conversationIds: z.array(z.string()).max(100).default([]),
      /** Leads made in one of the conversations go along by themselves. */
      withLeads: z.array(z.string()).max(100).default([]),
    })
    .refine((input) => input.identities.length + input.conversationIds.length + input.withLeads.length > 0, {
      message: 'name an address, a conversation or a lead that is to go',
      path: ['identities'],
    }),
  output: merged,
});
export const dismissDuplicate = defineCommand({
  name: 'duplicate.dismiss',
  summary: 'Two contacts are not one person: ask no more',
  permission: { action: 'update', subject: 'Contact' },
  input: z.object({ id: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});
export const suspectAgain = defineCommand({
  name: 'duplicate.reopen',
  summary: 'Ask again about two contacts that were told apart',
  permission: { action: 'update', subject: 'Contact' },
  input: z.object({ id: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});

const mergeView = z.object({
  mergeId: z.string(),
  kind: z.enum(['Contact', 'Lead']),
  at: z.string(),
  by: z.string(),
  label: z.string(),
  keptId: z.string(),
  keptLabel: z.string(),
  moved: z.record(z.string(), z.number()),
  undone: z.boolean(),
});
/** What was merged into records that the asking person may change: for undoing it later. */
export const listMerges = defineQuery({
  name: 'duplicate.merges',
  summary: 'Merges, newest first',
  permission: { action: 'update', subject: 'Contact' },
  path: '/duplicates/merges',
  input: z.object({
    contactId: z.string().optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  output: z.object({ items: z.array(mergeView), nextCursor: z.string().optional() }),
});

// — for other modules —
export const checkContact = defineQuery({
  name: 'contact.mayChange',
  summary: 'Refuses where the asking person may not change a contact (internal)',
  permission: { action: 'update', subject: 'Contact' },
  input: z.object({ contactId: z.string() }),
  output: z.object({ contactId: z.string() }),
});
export const joinContacts = defineCommand({
  name: 'contact.join',
  summary: 'Merge two contacts on account of their leads (internal)',
  permission: 'system',
  input: z.object({
    keep: z.string(),
    merge: z.string(),
    fields: personChoice.default({}),
    /** Who has the conversations from now on; absent: whoever had them. */
    owner: z.custom<Owner>().optional(),
    leadMergeId: z.string(),
    by: z.object({ id: z.string(), name: z.string() }),
  }),
  output: merged,
});
export const partContacts = defineCommand({
  name: 'contact.part',
  summary: 'Undo a merge of contacts on account of their leads (internal)',
  permission: 'system',
  input: z.object({ mergeId: z.string(), by: z.object({ id: z.string(), name: z.string() }) }),
  output: z.object({ contact: contactView, restored: contactView }),
});
/** Records of what was under way while a merge was committed follow it. */
export const gatherMerged = defineCommand({
  name: 'merge.gather',
  summary: 'Take along what still points at a merged record (internal)',
  permission: 'system',
  input: z.object({ mergeId: z.string() }),
  output: z.object({ ok: z.literal(true) }),
});
/** Compares a contact with others that resemble it or gave an address of theirs. */
export const compareAlike = defineCommand({
  name: 'duplicate.suspect',
  summary: 'Note that contacts may be one person (internal)',
  permission: 'system',
  input: z.object({
    contactId: z.string(),
    others: z.array(z.string()).max(50),
    /** An address of the first that belongs to the others. */
    given: z.object({ scheme: z.string(), value: z.string() }).optional(),
    /** Whoever is concerned knows already. */
    quiet: z.boolean().default(false),
  }),
  output: z.object({ found: z.number() }),
});

export const contactAlike = defineEvent(
  'contact.alike',
  'A contact resembles others, or gave an address of theirs',
  compareAlike.input,
);
export const contactSuspected = defineEvent(
  'contact.suspected',
  'Two contacts may be one person',
  z.object({
    pairId: z.string(),
    contactId: z.string(),
    otherId: z.string(),
    score: z.number(),
    why: z.string(),
    /** One colleague has both: nobody else’s record is told of. */
    sameOwner: z.boolean(),
  }),
);
const aboutMerge = z.object({ mergeId: z.string(), keep: z.string(), merge: z.string() });
export const contactMerged = defineEvent('contact.merged', 'Two contacts became one', aboutMerge);
export const contactUnmerged = defineEvent('contact.unmerged', 'A merge of contacts was undone', aboutMerge);
export const contactSplit = defineEvent(
  'contact.split',
  'Some addresses and conversations became a contact of their own',
  z.object({ contactId: z.string(), newContactId: z.string() }),
);
