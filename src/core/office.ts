/** Business hours: whether the office is open, and when it opens next. Pure. */
import type { AppConfig } from './config-schema.ts';
import { addDays, clockTimeOn, isoDateOf, weekdayOf } from './zone.ts';

export type Office = Pick<AppConfig['organisation'], 'timezone' | 'businessHours' | 'holidays'>;

/** Opening and closing of the day that holds the moment; undefined on a day off. */
export function hoursOn(moment: Date, office: Office): { opens: Date; closes: Date } | undefined {
  const zone = office.timezone;
  const hours = office.businessHours[weekdayOf(moment, zone)];
  if (!hours || office.holidays.includes(isoDateOf(moment, zone))) return undefined;
  return { opens: clockTimeOn(moment, hours[0], zone), closes: clockTimeOn(moment, hours[1], zone) };
}

export function isOpen(moment: Date, office: Office): boolean {
  const hours = hoursOn(moment, office);
  return hours !== undefined && moment >= hours.opens && moment < hours.closes;
}

/** The moment itself when open, else the next opening; the moment itself too if the office never opens. */
export function nextOpening(moment: Date, office: Office): Date {
  if (isOpen(moment, office)) return moment;
  for (let days = 0; days < 60; days++) {
    const hours = hoursOn(addDays(moment, days, office.timezone), office);
    if (hours && hours.opens > moment) return hours.opens;
  }
  return moment;
}
