import { fault } from '../../errors.ts';
import { type CalendarParts, daysFromCivil, daysInMonth, mod, partsOfLocal } from './calendar.ts';
import { DAY, instantOf, type Zone } from './zone.ts';

export const UNITS = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
] as const;
export type Unit = (typeof UNITS)[number];

const LENGTH: Partial<Record<Unit, number>> = {
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};
const MONTHS: Partial<Record<Unit, number>> = { year: 12, quarter: 3, month: 1 };
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export function unitOf(text: string): Unit {
  if (!(UNITS as readonly string[]).includes(text))
    throw fault('FailedToParse', `unknown time unit value: ${text}`);
  return text as Unit;
}

/** 0 is Sunday. Takes 'Monday', 'mon' and so on. */
export function weekdayOf(text: string): number {
  const wanted = text.toLowerCase();
  const i = WEEKDAYS.findIndex((day) => day === wanted || day.slice(0, 3) === wanted);
  if (i < 0) throw fault('FailedToParse', `unknown day of week value: ${text}`);
  return i;
}

/** Days and longer keep the local clock's time; hours and shorter are lengths of time. A day too many becomes the last. */
export function addToDate(ms: number, unit: Unit, amount: number, zone: Zone): number {
  const length = LENGTH[unit];
  if (length) return ms + amount * length;
  const local = ms + zone.offsetAt(ms);
  if (unit === 'day' || unit === 'week')
    return instantOf(local + amount * (unit === 'week' ? 7 : 1) * DAY, zone);
  const p = partsOfLocal(local);
  const months = p.year * 12 + (p.month - 1) + amount * MONTHS[unit]!;
  const year = Math.floor(months / 12);
  const month = mod(months, 12) + 1;
  const day = Math.min(p.day, daysInMonth(year, month));
  return instantOf(daysFromCivil(year, month, day) * DAY + mod(local, DAY), zone);
}

/** How many boundaries of the unit lie between the two. */
export function differenceOf(
  start: number,
  end: number,
  unit: Unit,
  zone: Zone,
  startOfWeek: number,
): number {
  if (unit === 'millisecond') return end - start;
  const offsets = [zone.offsetAt(start), zone.offsetAt(end)] as const;
  const from = start + offsets[0];
  const to = end + offsets[1];
  const length = LENGTH[unit];
  if (length)
    return (
      Math.floor(to / length) - Math.floor(from / length) + Math.trunc((offsets[0] - offsets[1]) / length)
    );
  if (unit === 'day') return Math.floor(to / DAY) - Math.floor(from / DAY);
  if (unit === 'week') return weekIndex(to, startOfWeek) - weekIndex(from, startOfWeek);
  const a = partsOfLocal(from);
  const b = partsOfLocal(to);
  const index = (p: CalendarParts) => Math.floor((p.year * 12 + p.month - 1) / MONTHS[unit]!);
  return index(b) - index(a);
}

/** Bins are counted from 2000-01-01 local time (for weeks, from the first start of a week on or after it). */
export function truncateDate(
  ms: number,
  unit: Unit,
  binSize: number,
  zone: Zone,
  startOfWeek: number,
): number {
  const localReference = daysFromCivil(2000, 1, 1) * DAY;
  const reference = localReference - zone.offsetAt(localReference);
  const length = LENGTH[unit];
  if (length) return ms - mod(ms - reference, binSize * length);
  const saturday = 6;
  const weekStart = unit === 'week' ? mod(startOfWeek - saturday, 7) * DAY : 0;
  const start = reference + weekStart;
  const distance = differenceOf(start, ms, unit, zone, startOfWeek);
  return addToDate(start, unit, distance - mod(distance, binSize), zone);
}

function weekIndex(localMs: number, startOfWeek: number): number {
  // 1970-01-01 was a Thursday (4).
  return Math.floor((Math.floor(localMs / DAY) + 4 - startOfWeek) / 7);
}
