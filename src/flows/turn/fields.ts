/** What `{fields}` in a text stand for: what the customer told us, and the organisation's own particulars. */
import type { Fields } from '../texts.ts';
import { localeOf, type Talk } from './talk.ts';
import { readOut } from './zone.ts';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const dayNames: Record<string, string[]> = {
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  hi: ['सोम', 'मंगल', 'बुध', 'गुरु', 'शुक्र', 'शनि', 'रवि'],
};

export function fieldsOf(talk: Talk): Fields {
  const { organisation, demo } = talk.app;
  const { vars } = talk;
  const locale = localeOf(talk);
  const demoAt = vars.demoAt as string | undefined;
  const product = organisation.products.find((known) => known.name === vars.product);
  return {
    ...Object.fromEntries(
      Object.entries(vars).filter(([, value]) => typeof value === 'string') as [string, string][],
    ),
    firstName: (vars.name as string | undefined)?.split(/\s+/)[0],
    demoAt: demoAt && readOut(demoAt, talk.zone, locale),
    brand: organisation.name,
    minutes: String(demo.minutes),
    address: `${organisation.location.name}, ${organisation.location.address}`,
    map: `https://maps.google.com/?q=${organisation.location.latitude},${organisation.location.longitude}`,
    brochure: organisation.brochure.title,
    hours: hoursText(talk, locale),
    productList: organisation.products.map((known) => known.name).join(', '),
    prices: organisation.products.map((known) => `${known.name}: ${known.price}`).join('\n'),
    price: product?.price,
    about: product?.about,
    abouts: organisation.products.map((known) => `${known.name}: ${known.about}`).join('\n'),
    phoneExample: organisation.country === 'IN' ? '98765 43210' : '+1 212 555 0123',
  };
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
