/** What `{fields}` in a text stand for: what the customer told us, and the organisation's own particulars. */
import { nextOpening } from '../../core/office.ts';
import type { Fields, Lookup } from '../texts.ts';
import { askedSlot } from './slots.ts';
import { localeOf, type Talk } from './talk.ts';
import { localOf, readOut } from './zone.ts';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const dayNames: Record<string, string[]> = {
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  hi: ['सोम', 'मंगल', 'बुध', 'गुरु', 'शुक्र', 'शनि', 'रवि'],
};

type Field = (talk: Talk) => string | undefined;
const productOf = ({ app, vars }: Talk) =>
  app.organisation.products.find(({ name }) => name === vars.product);
const listed = (talk: Talk, what: 'price' | 'about') =>
  talk.app.organisation.products.map((product) => `${product.name}: ${product[what]}`).join('\n');

/** The fields that texts may use besides the talk's own variables; docs/adding-a-flow.md lists them. */
export const fields: Record<string, Field> = {
  firstName: ({ vars }) => firstName(vars.name),
  demoAt: (talk) =>
    typeof talk.vars.demoAt === 'string' ? readOut(talk.vars.demoAt, talk.zone, localeOf(talk)) : undefined,
  /** The appointment that stands, whoever booked it. */
  appointmentAt: (talk) => {
    const { startsAt } = (talk.vars.appointment ?? {}) as { startsAt?: unknown };
    return typeof startsAt === 'string'
      ? readOut(localOf(new Date(startsAt), talk.zone), talk.zone, localeOf(talk))
      : undefined;
  },
  brand: ({ app }) => app.organisation.name,
  minutes: ({ app }) => String(app.demo.minutes),
  address: ({ app: { organisation } }) => `${organisation.location.name}, ${organisation.location.address}`,
  brochure: ({ app }) => app.organisation.brochure.title,
  hours: (talk) => hoursText(talk, localeOf(talk)),
  opensAt: (talk) => opensAt(talk),
  example: (talk) => askedSlot(talk)?.slot.example,
  productList: ({ app }) => app.organisation.products.map(({ name }) => name).join(', '),
  prices: (talk) => listed(talk, 'price'),
  price: (talk) => productOf(talk)?.price,
  abouts: (talk) => listed(talk, 'about'),
  about: (talk) => productOf(talk)?.about,
  phoneExample: ({ app }) => (app.organisation.country === 'IN' ? '98765 43210' : '+1 212 555 0123'),
};

/** @param extra particulars of this one saying; they come first. */
export const fieldsOf =
  (talk: Talk, extra: Fields = {}): Lookup =>
  (name) => {
    if (Object.hasOwn(extra, name)) return extra[name];
    if (Object.hasOwn(fields, name)) return fields[name]!(talk);
    const value = name
      .split('.')
      .reduce<unknown>(
        (inner, key) =>
          inner && typeof inner === 'object' && Object.hasOwn(inner, key)
            ? (inner as Record<string, unknown>)[key]
            : undefined,
        talk.vars,
      );
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
  };

/** Nobody is called by an initial. */
function firstName(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined;
  const parts = name.split(/\s+/);
  return parts.find((part) => !/^\p{L}{0,2}\.+$|^\p{L}$/u.test(part)) ?? name;
}

/** When the office opens next; nothing while it is open. */
function opensAt(talk: Talk): string | undefined {
  const { now } = talk.input;
  const opens = nextOpening(now, talk.app.organisation);
  return opens > now ? readOut(localOf(opens, talk.zone), talk.zone, localeOf(talk)) : undefined;
}

/** "Mon–Sat 09:30–18:30"; days with the same hours are drawn together. */
function hoursText(talk: Talk, locale: string): string {
  const names = dayNames[locale] ?? dayNames.en!;
  const hours = days.map((day) => talk.app.organisation.businessHours[day]?.join('–') ?? '');
  const runs: string[] = [];
  for (let from = 0; from < 7; ) {
    let to = from;
    while (to < 6 && hours[to + 1] === hours[from]) to++;
    if (hours[from]) runs.push(`${to > from ? `${names[from]}–${names[to]}` : names[from]} ${hours[from]}`);
    from = to + 1;
  }
  return runs.join(', ');
}
