/**
 * What comes again: RFC 5545's rules, reckoned on the wall clock of a zone, so that "every day at 9" is at 9 on both
 * sides of a clock change. A wall time that a change leaves out is the moment after it; one that comes twice, the first.
 */
import { DateTime } from 'luxon';
import { z } from 'zod';
import { daysOf, type Rule, readRule } from './recurrence-rule.ts';

/** `rule` without DTSTART, e.g. `FREQ=WEEKLY;BYDAY=MO,TH`; `from`: wall time of the first, `2026-03-31T09:00`. */
export type Repeat = { rule: string; from: string };

/** Days, weeks, months, years; nothing that comes more than once a day or asks for days that no calendar has. */
export const repeatRule = z
  .string()
  .max(200)
  .transform((rule) =>
    rule
      .trim()
      .toUpperCase()
      .replace(/^RRULE:/, ''),
  )
  .superRefine((text, check) => {
    const rule = readRule(text);
    if (typeof rule === 'string') check.addIssue(rule);
    // From a leap year on: 29 February is a day.
    else if (comesFrom({ ...rule, until: undefined }, new Date(Date.UTC(2024, 0, 1))).next().done)
      check.addIssue('never comes');
  });

const comesFrom = (rule: Rule, first: Date) => daysOf(rule, first, first, yearsOn(first, 12));

export const frequencies = ['daily', 'weekly', 'monthly', 'yearly'] as const;
export type Frequency = (typeof frequencies)[number];

/** Where a month lacks the day, its last one: the 31st is 30 April, 29 February is 28 in a common year. */
export function ruleFor(every: Frequency, from: string, interval = 1): string {
  const [, month = 1, day = 1] = from.slice(0, 10).split('-').map(Number);
  const often = `FREQ=${every.toUpperCase()}${interval > 1 ? `;INTERVAL=${interval}` : ''}`;
  const days = Array.from({ length: day - 27 }, (_, at) => 28 + at).join(',');
  const last = `BYMONTHDAY=${days};BYSETPOS=-1`;
  if (every === 'monthly' && day > 28) return `${often};${last}`;
  if (every === 'yearly' && month === 2 && day === 29) return `${often};BYMONTH=2;${last}`;
  return often;
}

/** The next time strictly after a moment; undefined when there is none any more. */
export const nextTime = (repeat: Repeat, after: Date, zone: string): Date | undefined =>
  timesBetween(repeat, { start: new Date(after.getTime() + 1), end: yearsOn(after, 12) }, zone, 1)[0];

/** Times in `[start, end)`, at most `limit`. */
export function timesBetween(
  { rule: text, from }: Repeat,
  { start, end }: { start: Date; end: Date },
  zone: string,
  limit: number,
): Date[] {
  const rule = readRule(text);
  if (typeof rule === 'string') return [];
  const found: Date[] = [];
  const [first, clock] = [new Date(`${from.slice(0, 10)}Z`), from.slice(10)];
  // A day more on both sides: around a clock change wall times and moments do not follow each other.
  const [earliest, latest] = [addDay(dayOf(start, zone), -1), addDay(dayOf(end, zone), 1)];
  for (const day of daysOf(rule, first, earliest, latest)) {
    const wallClock = new Date(`${day.toISOString().slice(0, 10)}${clock}Z`);
    const moment = firstAt(wallClock, zone);
    if (moment >= end || found.length === limit || (rule.until && wallClock > rule.until)) break;
    if (moment >= start) found.push(moment);
  }
  return found;
}

const dayOf = (moment: Date, zone: string): Date => new Date(`${wallTime(moment, zone).slice(0, 10)}Z`);
const addDay = (day: Date, days: number): Date => new Date(day.getTime() + days * 86_400_000);

/** The moment of a wall time. Where clocks are set back it comes twice: by an hour, on Lord Howe by half of one. */
function firstAt(wallClock: Date, zone: string): Date {
  const at = DateTime.fromISO(wallClock.toISOString().slice(0, 19), { zone });
  const twice = [60, 30].map((minutes) => at.minus({ minutes })).find((one) => sameWall(one, at));
  return (twice ?? at).toJSDate();
}
const sameWall = (a: DateTime, b: DateTime): boolean => a.toFormat(clockFace) === b.toFormat(clockFace);
const clockFace = 'HH:mm';

/** `2026-03-31T09:00` */
export const wallTime = (moment: Date, zone: string): string =>
  DateTime.fromJSDate(moment, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");

const yearsOn = (date: Date, years: number): Date => new Date(date.getTime() + years * 366 * 86_400_000);

const dayNames: Record<string, string> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const units: Record<string, string> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };

/** `every week on Monday, Thursday`, `every 2 months` */
export function repeatWords({ rule }: Pick<Repeat, 'rule'>): string {
  const given = Object.fromEntries(rule.split(';').map((part) => part.split('=')));
  const unit = units[given.FREQ] ?? 'day';
  const often =
    given.INTERVAL && given.INTERVAL !== '1' ? `every ${given.INTERVAL} ${unit}s` : `every ${unit}`;
  const days = (given.BYDAY ?? '')
    .split(',')
    .flatMap((day: string) => dayNames[day.slice(-2)] ?? [])
    .join(', ');
  const times = given.COUNT ? `, ${given.COUNT} times` : '';
  return `${often}${days && ` on ${days}`}${times}`;
}
