/** For whoever records a whole file: contacts as they are stored, read and written together. Never offered to a person. */
import { z } from 'zod';
import { defineCommand, defineQuery } from '../../core/define.ts';
import type { Taught } from './match.ts';
import type { ContactDocument, TimelineDocument } from './model.ts';

const ok = z.object({ ok: z.literal(true) });
const documents = z.custom<ContactDocument[]>(Array.isArray);

export const knownContacts = defineQuery({
  name: 'contact.known',
  summary: 'Contacts by their addresses (internal)',
  permission: 'system',
  input: z.object({ keys: z.array(z.string()).max(5000) }),
  output: z.object({ items: documents }),
});
export const recordContacts = defineCommand({
  name: 'contact.recordMany',
  summary: 'Write the contacts of a batch (internal)',
  permission: 'system',
  input: z.object({
    made: documents,
    taught: z.custom<Taught[]>(Array.isArray),
    /** Of whom something is recorded: none of them may be merged away meanwhile. */
    met: z.array(z.string()),
  }),
  output: ok,
});
/** Takes back what a batch wrote, where nobody else has written to it or recorded anything of it since. */
export const retractContacts = defineCommand({
  name: 'contact.retractMany',
  summary: 'Take back the contacts of a batch (internal)',
  permission: 'system',
  input: z.object({
    made: z.array(z.string()),
    taught: z.custom<{ contactId: string; before: ContactDocument; after: ContactDocument }[]>(Array.isArray),
  }),
  output: ok,
});
export const addManyToTimeline = defineCommand({
  name: 'timeline.addMany',
  summary: 'Put the entries of a batch on their contacts’ timelines (internal)',
  permission: 'system',
  input: z.object({ items: z.custom<Omit<TimelineDocument, '_id'>[]>(Array.isArray) }),
  output: ok,
});
export const takeFromTimeline = defineCommand({
  name: 'timeline.takeMany',
  summary: 'Take entries off the timelines by the records they tell of (internal)',
  permission: 'system',
  input: z.object({ refs: z.array(z.string()) }),
  output: ok,
});
/** Which of these contacts have more on their timeline than these records. */
export const contactsWithMore = defineQuery({
  name: 'contact.withMore',
  summary: 'Contacts with whom more happened than this (internal)',
  permission: 'system',
  input: z.object({ contactIds: z.array(z.string()), refs: z.array(z.string()) }),
  output: z.object({ ids: z.array(z.string()) }),
});

export { createMatcher, keysOf, type Matcher, type Meeting, type Particulars, type Taught } from './match.ts';
export type { ContactDocument, TimelineDocument } from './model.ts';
export { normalEmail, normalPhone } from './rules.ts';
