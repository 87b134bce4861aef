/**
 * Rights on single fields: what a role does not see, and what it sees but does not change. Decided here and applied by
 * the bus to whatever goes in and comes out, so that every surface obeys. What is hidden is one fact wherever it
 * stands: a phone hidden on leads is hidden on contacts, in messages, notices and reports too.
 */
import { z } from 'zod';
import type { Command, Query } from './define.ts';
import { AppError } from './errors.ts';

const ofPersons = ['phone', 'email', 'city'] as const;
const ofEnquiries = [
  ...ofPersons,
  'product',
  'quantity',
  'budget',
  'source',
  'medium',
  'campaign',
  'industry',
  'segment',
  'size',
] as const;
/** The fields that a role can be kept from, by record kind. */
export const guardedFields = {
  Lead: [...ofEnquiries, 'value', 'lostReason'],
  Enquiry: ofEnquiries,
  Contact: ofPersons,
} as const;
type GuardedKind = keyof typeof guardedFields;
export const fieldRights = ['readonly', 'hidden'] as const;
const rightsOn = <K extends GuardedKind>(kind: K) =>
  z.partialRecord(z.enum(guardedFields[kind]), z.enum(fieldRights)).optional();

/** config/roles.yaml: `roles.<name>.fields.Lead: { phone: hidden, source: readonly }`. */
export const fieldsSchema = z.strictObject({
  Lead: rightsOn('Lead'),
  Enquiry: rightsOn('Enquiry'),
  Contact: rightsOn('Contact'),
});
export type FieldRules = z.output<typeof fieldsSchema>;

export type Mask = {
  hides(field: string): boolean;
  /** The same value without what is hidden. */
  shown<T>(value: T): T;
  /** @throws auth.forbidden where something is changed, or asked by, that may not be. */
  admit(operation: Command | Query, input: unknown): void;
};

/** undefined: nothing is kept from them. */
export function maskFor(fields: FieldRules | undefined): Mask | undefined {
  const rules = Object.entries(fields ?? {}).flatMap(([kind, rights]) =>
    Object.entries(rights ?? {}).map(([field, right]) => ({ kind: kind as GuardedKind, field, right })),
  );
  if (!rules.length) return undefined;
  const hidden = new Set(rules.filter(({ right }) => right === 'hidden').map(({ field }) => field));
  const keys = new Set([...hidden, ...[...hidden].flatMap((field) => alsoNamed[field] ?? [])]);
  const isFixed = (kind: string, field: string): boolean =>
    hidden.has(field) ||
    rules.some(
      (rule) =>
        rule.field === field && (rule.kind === kind || (ofPersons as readonly string[]).includes(field)),
    );
  const labelled = labelsOf(hidden);
  const text = (value: string): string => {
    const unlabelled = labelled ? value.replace(labelled, `$1: ${veil}`) : value;
    const plain = hidden.has('email') ? unlabelled.replace(email, veil) : unlabelled;
    return hidden.has('phone') ? withoutPhones(plain) : plain;
  };
  const shown = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(shown);
    if (!value || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return record(value as Record<string, unknown>);
  };
  const record = (value: Record<string, unknown>): Record<string, unknown> => {
    // A change or a comparison told by field: `{ field: 'city', before: …, after: … }`; an address by its scheme.
    const about = keys.has(String(value.field)) || hidden.has(String(value.scheme));
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
        if (about && typeof inner === 'string' && !naming.has(key)) return [[key, veil]];
        if (!keys.has(key)) return [[key, shown(inner)]];
        return always.has(key) && typeof inner === 'string' ? [[key, veil]] : [];
      }),
    );
  };
  return {
    hides: (field) => hidden.has(field),
    shown: shown as Mask['shown'],
    admit: ({ kind, permission }, input) => {
      if (typeof permission === 'string' || permission.action === 'create') return;
      const { subject } = permission;
      if (!customers.has(subject)) return;
      const asks = kind === 'query' || permission.action === 'export';
      for (const [field, value] of Object.entries((input ?? {}) as object)) {
        if (value === undefined) continue;
        if (asks ? hidden.has(field) : isFixed(subject, field))
          throw new AppError('auth.forbidden', {
            action: asks ? 'ask by' : 'change',
            subject: `the ${field} of ${subject.toLowerCase()}s`,
          });
      }
    },
  };
}

/** Nobody gives what they have not: whether all that is kept from `giver` is kept from the other too. */
export function keepsAsMuch(giver: FieldRules | undefined, other: FieldRules | undefined): boolean {
  return Object.entries(giver ?? {}).every(([kind, rights]) =>
    Object.entries(rights ?? {}).every(([field, right]) => {
      const given = (other?.[kind as GuardedKind] as Record<string, string> | undefined)?.[field];
      return given === 'hidden' || given === right;
    }),
  );
}

export const veil = '•••';
/** Other names of the same fact in what is answered. */
const alsoNamed: Record<string, string[]> = {
  lostReason: ['lostReasonLabel'],
  value: ['lead.revenue'],
};
/** Never left out of a record. */
const always = new Set(['source', 'medium']);
/** What in a change or an address says which it is; all else tells it. */
const naming = new Set(['field', 'scheme', 'label', 'key', 'kind', 'id', 'type', 'message']);
/** What speaks of customers; colleagues and settings have phones and sources of their own. */
const customers = new Set<string>([
  ...Object.keys(guardedFields),
  'Conversation',
  'Call',
  'FollowUp',
  'Appointment',
  'Note',
  'Ticket',
  'Task',
  'Reminder',
]);
const colleagues = new Set(['user', 'team', 'link', 'role', 'setting', 'channel', 'assignment', 'pipeline']);
/** Whether the answer of this operation may speak of customers. */
export const speaksOfCustomers = (name: string): boolean => !colleagues.has(name.split('.')[0] ?? '');

/** As in a summary or on a card: `City: Pune` to the end of the line. */
function labelsOf(hidden: Set<string>): RegExp | undefined {
  const labels = [...hidden].flatMap((field) => written[field] ?? []);
  return labels.length ? new RegExp(`\\b(${labels.join('|')}):[ \\t]*[^\\n]+`, 'g') : undefined;
}
const written: Record<string, string[]> = {
  city: ['City', 'Area'],
  product: ['Product'],
  quantity: ['Quantity'],
  budget: ['Budget'],
  source: ['Source'],
  campaign: ['Campaign'],
  industry: ['Industry'],
  segment: ['Segment'],
  size: ['Size'],
  value: ['Worth', 'Value'],
};

const email = /[^\s@<>"',;:()[\]]+@[^\s@<>"',;:()[\]]+\.[^\s@<>"',;:()[\]]+/g;
/** Eight digits and more as numbers are written; not the number of a ticket (`T-2026-00012`). */
const phone = /(?<![\w.])(?<!\b[A-Z]{1,6}-(?=20\d\d-))\+?\(?\d(?:[\s().-]{0,2}\d){7,}(?!\w)/g;
const dates = /((?<!\d)\d{4}-\d{2}-\d{2}(?!\d))/;

const withoutPhones = (text: string): string =>
  text
    .split(dates)
    .map((part, at) => (at % 2 ? part : part.replace(phone, veil)))
    .join('');

/**
 * The beginning of a word as a search for it, past what is hidden; undefined where nothing may be found by it.
 * @param word lower case; what it is looked for in are single words, addresses, and numbers of seven digits and more.
 */
export function beginsWith(word: string, hides: (field: string) => boolean): RegExp | undefined {
  const digits = /^[+<]?\d+$/.test(word);
  if (hides('phone') && digits && word.length > 4) return undefined;
  if (hides('email') && word.includes('@')) return undefined;
  const plain = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const noPhone = hides('phone') && digits ? '(?!\\d{3})' : '';
  const noEmail = hides('email') ? '[^@]*$' : '';
  return new RegExp(`^${plain}${noPhone}${noEmail}`);
}
