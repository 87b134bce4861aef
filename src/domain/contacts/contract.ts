import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../../core/define.ts';
import { text } from '../../core/validate.ts';
import { contactView, identity, instant } from './contract-view.ts';

export const timelineKinds = [
  'message',
  'call',
  'appointment',
  'note',
  'followUp',
  'enquiry',
  'stage',
  'assignment',
  'ticket',
  'task',
] as const;
export const timelineItem = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum(timelineKinds),
  title: z.string(),
  text: z.string().optional(),
  by: z.string().optional(),
  channel: z.string().optional(),
  conversationId: z.string().optional(),
  leadId: z.string().optional(),
});
export type TimelineItem = z.output<typeof timelineItem>;

export const getContact = defineQuery({
  name: 'contact.get',
  summary: 'One contact with its identities',
  permission: { action: 'read', subject: 'Contact' },
  path: '/contacts/:contactId',
  input: z.object({ contactId: z.string() }),
  output: contactView,
});

/** How a contact was found; `conflict`: an address of theirs belongs to somebody else and was left there. */
export const contactMatch = z.object({
  scheme: z.string(),
  value: z.string(),
  contactId: z.string(),
  name: z.string(),
  /** False where the sender only says that the address is theirs (typed in web chat). */
  verified: z.boolean(),
  conflict: z.boolean().default(false),
  /** More people gave it than may be one person (a switchboard, info@): not used; no contact is named. */
  people: z.number().optional(),
});
export type ContactMatch = z.output<typeof contactMatch>;

export const identifyContact = defineCommand({
  name: 'contact.identify',
  summary: 'Find or make the contact behind identities (internal)',
  permission: 'system',
  input: z.object({
    /** Proven by the channel the message came on. */
    identities: z.array(identity).default([]),
    name: text(120).optional(),
    /** As said or typed: not proven. */
    email: z.string().max(320).optional(),
    phone: z.string().max(40).optional(),
    city: text(120).optional(),
    company: text(120).optional(),
    /** The contact that the conversation is already linked to. */
    contactId: z.string().optional(),
  }),
  output: z.object({
    contactId: z.string(),
    created: z.boolean(),
    matchedBy: z.array(contactMatch),
    name: z.string().optional(),
    /** What was said just now in its normal form, else what we know. */
    phone: z.string().optional(),
    email: z.string().optional(),
    city: z.string().optional(),
    company: z.string().optional(),
  }),
});

/** Whether the channel proved that these are the contact's: a browser that once named somebody's number is not them. */
export const isContactProved = defineQuery({
  name: 'contact.isProved',
  summary: 'Whether identities prove a contact (internal)',
  permission: 'system',
  input: z.object({ contactId: z.string(), identities: z.array(identity) }),
  output: z.object({ proved: z.boolean() }),
});

export const assignContact = defineCommand({
  name: 'contact.assign',
  summary: 'Give a contact to a user (internal)',
  permission: 'system',
  input: z.object({
    contactId: z.string(),
    assigneeId: z.string().optional(),
    teamIds: z.array(z.string()).default([]),
  }),
  output: z.object({ ok: z.literal(true) }),
});

export const updateContact = defineCommand({
  name: 'contact.update',
  summary: 'Change a contact’s name or addresses',
  permission: { action: 'update', subject: 'Contact' },
  input: z.object({
    contactId: z.string(),
    name: text(120).optional(),
    phone: z.string().max(40).optional(),
    email: z.email().toLowerCase().optional(),
    city: text(120).optional(),
    company: text(120).optional(),
    /** Instead of refusing another contact's address: leaves it with them and answers whose it is. */
    lenient: z.boolean().default(false),
  }),
  output: z.object({
    contact: contactView,
    taken: z.array(z.object({ scheme: z.string(), value: z.string(), contactId: z.string() })).default([]),
  }),
});

export const addToTimeline = defineCommand({
  name: 'timeline.add',
  summary: 'Put something on a contact’s timeline (internal)',
  permission: 'system',
  input: z.object({
    contactId: z.string(),
    leadId: z.string().optional(),
    kind: z.enum(timelineKinds),
    title: z.string().max(300),
    text: z.string().max(4000).optional(),
    by: z.string().optional(),
    channel: z.string().optional(),
    conversationId: z.string().optional(),
    /** The record it tells of: adding it again replaces it, and `remove` takes it away (undo). */
    ref: z.string().optional(),
    remove: z.boolean().default(false),
    at: instant.optional(),
  }),
  output: z.object({ ok: z.literal(true) }),
});

export const contactTimeline = defineQuery({
  name: 'contact.timeline',
  summary: 'Everything that happened with a contact, on every channel, newest first',
  permission: { action: 'read', subject: 'Contact' },
  path: '/contacts/:contactId/timeline',
  input: z.object({
    contactId: z.string(),
    cursor: z.string().max(2000).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  output: z.object({ items: z.array(timelineItem), nextCursor: z.string().optional() }),
});

/** How often we had to do with a client: in person by appointments that took place there, all else online. */
export const contactInteractions = defineQuery({
  name: 'contact.interactions',
  summary: 'How often a contact was spoken with, online and in person',
  permission: { action: 'read', subject: 'Contact' },
  path: '/contacts/:contactId/interactions',
  input: z.object({ contactId: z.string() }),
  output: z.object({
    total: z.number(),
    online: z.number(),
    inPerson: z.number(),
    messages: z.number(),
    calls: z.number(),
    appointments: z.number(),
  }),
});

export const contactCreated = defineEvent(
  'contact.created',
  'A contact was recorded',
  z.object({ contactId: z.string() }),
);
export const contactChanged = defineEvent(
  'contact.changed',
  'A contact’s name, addresses or assignee changed',
  z.object({ contactId: z.string() }),
);

export * from './contract-bulk.ts';
export * from './contract-duplicates.ts';
export * from './contract-proofs.ts';
export * from './contract-view.ts';
