/** How parts of a time are put together: pure. */
import { DateTime } from 'luxon';
import type { Reading } from '../nlu.ts';

/** One of the times just offered, named by its day or its hour. */
export const matches = (option: string, { date, time, kind, alternatives = [] }: Reading): boolean =>
  kind === 'time-only'
    ? time !== undefined && option.endsWith(time)
    : [date, ...alternatives].some((day) => day && option.startsWith(day.slice(0, 10)));

/** "Next week" – "Wednesday": the one of that week. */
export function withinSpan(reading: Reading, { from, to }: { from?: string; to?: string }): Reading {
  if (!from || !to || !reading.date || reading.date >= from || !weekday.test(reading.text)) return reading;
  const date = DateTime.fromISO(reading.date).plus({ weeks: 1 }).toISODate()!;
  if (date < from || date > to) return reading;
  return { ...reading, date, ...(reading.local && { local: date + reading.local.slice(10) }), past: false };
}
/**
 * "No wait, Wednesday", said on a Wednesday of a demo that stands on the Tuesday to come: the Wednesday after it, which is
 * nearer to that than today.
 */
export function nearAgreed(reading: Reading, agreed: unknown, now: string): Reading {
  const { date, local, text } = reading;
  if (
    typeof agreed !== 'string' ||
    date !== now.slice(0, 10) ||
    !weekday.test(text) ||
    /\b(today|aaj|this|is)\b|आज|इस/i.test(text)
  )
    return reading;
  const from = (day: string) =>
    Math.abs(DateTime.fromISO(agreed.slice(0, 10)).diff(DateTime.fromISO(day), 'days').days);
  const next = DateTime.fromISO(date).plus({ weeks: 1 }).toISODate()!;
  if (from(date) <= from(next)) return reading;
  return { ...reading, date: next, ...(local && { local: next + local.slice(10) }) };
}

/** "18 march" – "between 11 and 12": hours without a day are of the day that is known. */
export const onKnownDay = ({ kind, local, text }: Reading, date: string | undefined): string =>
  kind === 'range' && date && !namesDay.test(text) ? date + local!.slice(10) : local!;
/** Anything but hours: from, to and the like, parts of the day, am and pm. */
export const namesDay =
  /(?<!\p{L})(?!(?:between|from|to|and|or|se|ke|ki|beech|tak|am|pm|baje|bje|at|till|until|oclock|clock|o|uhr|um|bis|zwischen|und|entre|las|y|de|et|h|heures)\b)\p{L}{2,}/iu;

/** "Next week" was said before: of two Wednesdays it is the one in it. */
export function inSpan(options: string[], { from, to }: { from?: string; to?: string }): string[] {
  const inside = options.filter(
    (local) => from && to && local.slice(0, 10) >= from && local.slice(0, 10) <= to,
  );
  return inside.length ? inside : options;
}

/** "Wednesday at 2" – "no, next week": the Wednesday of that week. */
export function sameWeekday(
  { date, time }: { date?: string; time?: string },
  { local, end }: Reading,
): string | undefined {
  if (!date || !time || !local || !end || date >= local) return undefined;
  for (let day = DateTime.fromISO(date); day.toISODate()! <= end; day = day.plus({ weeks: 1 })) {
    if (day.toISODate()! >= local) return `${day.toISODate()}T${time}`;
  }
  return undefined;
}

/** "Friday at 12" – "the next day, same time": Saturday. */
export const nextDay = /^(the )?(next|following) day$|^agle din$|^अगले दिन$/i;
export const dayAfter = (agreed: unknown): string | undefined =>
  typeof agreed === 'string'
    ? DateTime.fromISO(agreed).plus({ days: 1 }).toFormat("yyyy-MM-dd'T'HH:mm")
    : undefined;

const weekday =
  /\b(mon|tue|wed|thu|fri|sat|sun)|(som|mangal|budh|guru|shukra|shani|ravi)(vaar|war|var)|(सोम|मंगल|बुध|गुरु|शुक्र|शनि|रवि)/i;

export const split = (local: string | undefined) =>
  local ? { date: local.slice(0, 10), time: local.slice(11) } : {};

const spans: Record<string, [string, string]> = {
  morning: ['05:00', '12:00'],
  noon: ['11:30', '14:00'],
  afternoon: ['12:00', '17:30'],
  evening: ['16:00', '21:30'],
  night: ['18:00', '23:59'],
};
/** "Friday evening" does not keep the 11 AM that was agreed for Thursday. */
export const fits = (time: string | undefined, part: string | undefined): boolean =>
  time !== undefined && (!part || !spans[part] || (time >= spans[part][0] && time <= spans[part][1]));
