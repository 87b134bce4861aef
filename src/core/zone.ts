/** Days, clock times and readable dates in a zone. Instants stay UTC everywhere else. */
import { DateTime } from 'luxon';

const at = (moment: Date, zone: string) => DateTime.fromJSDate(moment, { zone });

/** `[start, end)` of the day that holds the moment. */
export function dayOf(moment: Date, zone: string): { start: Date; end: Date } {
  const start = at(moment, zone).startOf('day');
  return { start: start.toJSDate(), end: start.plus({ days: 1 }).toJSDate() };
}

/** `[start, end)` of the month `offset` months from the one that holds the moment. */
export function monthOf(moment: Date, zone: string, offset = 0): { start: Date; end: Date } {
  const start = at(moment, zone).startOf('month').plus({ months: offset });
  return { start: start.toJSDate(), end: start.plus({ months: 1 }).toJSDate() };
}

export const startOfHour = (moment: Date, zone: string): Date => at(moment, zone).startOf('hour').toJSDate();

/** The moment of a clock time (`07:00`) on the day that holds `moment`. */
export function clockTimeOn(moment: Date, time: string, zone: string): Date {
  const [hour, minute] = time.split(':').map(Number);
  return at(moment, zone).startOf('day').set({ hour: hour!, minute: minute! }).toJSDate();
}

export const addDays = (moment: Date, days: number, zone: string): Date =>
  at(moment, zone).plus({ days }).toJSDate();
export const addMinutes = (moment: Date, minutes: number): Date =>
  new Date(moment.getTime() + minutes * 60_000);

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];
export const weekdayOf = (moment: Date, zone: string): Weekday => weekdays[at(moment, zone).weekday - 1]!;
/** `2026-11-24` */
export const isoDateOf = (moment: Date, zone: string): string => at(moment, zone).toISODate()!;
/** `16:00` */
export const isoTimeOf = (moment: Date, zone: string): string => at(moment, zone).toFormat('HH:mm');

/** `Tue, 24 Nov 2026` */
export const readableDate = (moment: Date, zone: string, locale = 'en'): string =>
  at(moment, zone).setLocale(intl(locale)).toFormat('ccc, d LLL yyyy');
/** `4:00 PM` */
export const readableTime = (moment: Date, zone: string, locale = 'en'): string =>
  at(moment, zone)
    .setLocale(intl(locale))
    .toFormat('h:mm a')
    .replace(/\u202f/g, ' ')
    .toUpperCase();
/** `Tue, 24 Nov 2026, 4:00 PM (Asia/Kolkata)`: what we understood, said back. */
export const readableMoment = (moment: Date, zone: string, locale = 'en'): string =>
  `${readableDate(moment, zone, locale)}, ${readableTime(moment, zone, locale)} (${zone})`;

const intl = (locale: string): string => (locale === 'en' ? 'en-US' : locale);
