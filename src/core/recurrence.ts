/**
 * What comes again: RFC 5545's rules, reckoned on the wall clock of a zone, so that "every day at 9" is at 9 on both
 * sides of a clock change. A wall time that a change leaves out is the moment after it; one that comes twice, the first.
 */
import { DateTime } from 'luxon';
import rrule from 'rrule';
import { z } from 'zod';

const { RRule } = rrule;

/** `rule` without DTSTART, e.g. `FREQ=WEEKLY;BYDAY=MO,TH`; `from`: wall time of the first, `2026-03-31T09:00`. */
export type Repeat = { rule: string; from: string };

const parts: Record<string, RegExp> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d{0,2}$/,
  COUNT: /^[1-9]\d{0,3}$/,
  UNTIL: /^\d{8}(T\d{6}Z)?$/,
  BYDAY: /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)){0,6}$/,
  BYMONTHDAY: /^-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01])){0,30}$/,
  BYMONTH: /^([1-9]|1[0-2])(,([1-9]|1[0-2])){0,11}$/,
  BYSETPOS: /^-?[1-5]$/,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
};

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
  .superRefine((rule, check) => {
    const problem = problemOf(rule);
    if (problem) check.addIssue(problem);
  });

function problemOf(rule: string): string | undefined {
  const given = rule.split(';').map((part) => part.split('='));
  for (const [name = '', value = ''] of given)
    if (!parts[name]?.test(value)) return `is no rule for days, weeks, months or years: ${name}=${value}`;
  const names = given.map(([name]) => name);
  if (new Set(names).size < names.length) return 'says something twice';
  if (!names.includes('FREQ')) return 'needs FREQ';
  const some = RRule.parseString(rule);
  const from = new Date(Date.UTC(2024, 0, 1));
  const never = !new RRule({ ...some, count: null, until: yearsOn(from, 12), dtstart: from }).after(
    from,
    true,
  );
  return never ? 'never comes' : undefined;
}

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
  { rule, from }: Repeat,
  { start, end }: { start: Date; end: Date },
  zone: string,
  limit: number,
): Date[] {
  const found: Date[] = [];
  const options = RRule.parseString(rule);
  const dtstart = new Date(`${from}Z`);
  const until = [options.until, wall(end, zone)].flatMap((date) => date ?? []);
  const series = new RRule(
    { ...options, dtstart, until: new Date(Math.min(...until.map(Number))) },
    // What is remembered of a rule that is asked once is waste.
    true,
  );
  // A day more on both sides: around a clock change wall times and moments do not follow each other.
  let last = new Date(Math.max(wall(start, zone).getTime() - 86_400_000, dtstart.getTime() - 1));
  for (let tries = 0; tries < limit + 60 && found.length < limit; tries++) {
    const next = series.after(last, false);
    if (!next) break;
    last = next;
    const moment = firstAt(next, zone);
    if (moment >= end) break;
    if (moment >= start) found.push(moment);
  }
  return found;
}

/** The moment of a wall time. Where clocks are set back it comes twice: by an hour, on Lord Howe by half of one. */
function firstAt(wallClock: Date, zone: string): Date {
  const at = DateTime.fromISO(wallClock.toISOString().slice(0, 19), { zone });
  const twice = [60, 30].map((minutes) => at.minus({ minutes })).find((one) => sameWall(one, at));
  return (twice ?? at).toJSDate();
}
const sameWall = (a: DateTime, b: DateTime): boolean => a.toFormat(clockFace) === b.toFormat(clockFace);
const clockFace = 'HH:mm';

/** The wall clock at a moment, as if it were UTC: what the rules are reckoned on. */
const wall = (moment: Date, zone: string): Date =>
  new Date(`${DateTime.fromJSDate(moment, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss")}Z`);
/** `2026-03-31T09:00` */
export const wallTime = (moment: Date, zone: string): string => wall(moment, zone).toISOString().slice(0, 16);

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
