import { DAY } from './zone.ts';

/** The parts of a local time; months from 1, days of the week from 1 (Sunday), as MongoDB counts. */
export interface CalendarParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  dayOfWeek: number;
}

/** The parts of a local time given as milliseconds since 1970-01-01 by the local clock. */
export function partsOfLocal(localMs: number): CalendarParts {
  const days = Math.floor(localMs / DAY);
  const inDay = localMs - days * DAY;
  const { year, month, day } = civilFromDays(days);
  return {
    year,
    month,
    day,
    hour: Math.floor(inDay / 3_600_000),
    minute: Math.floor(inDay / 60_000) % 60,
    second: Math.floor(inDay / 1000) % 60,
    millisecond: inDay % 1000,
    dayOfWeek: mod(days + 4, 7) + 1,
  };
}

/** Days since 1970-01-01 of a proleptic Gregorian date. Month and day may lie outside their usual range. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y0 = year + Math.floor((month - 1) / 12);
  const m = mod(month - 1, 12) + 1;
  const y = m <= 2 ? y0 - 1 : y0;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5);
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear +
    (day - 1) -
    719_468
  );
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1,
  };
}

export function daysInMonth(year: number, month: number): number {
  return daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1);
}

export function dayOfYear(p: CalendarParts): number {
  return daysFromCivil(p.year, p.month, p.day) - daysFromCivil(p.year, 1, 1) + 1;
}

/** The ISO 8601 week (1 to 53) and the year to which it belongs. */
export function isoWeek(p: CalendarParts): { year: number; week: number } {
  const days = daysFromCivil(p.year, p.month, p.day);
  const thursday = days - mod(days + 3, 7) + 3;
  const { year } = civilFromDays(thursday);
  return { year, week: Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1 };
}

export function isoDayOfWeek(p: CalendarParts): number {
  return p.dayOfWeek === 1 ? 7 : p.dayOfWeek - 1;
}

/** The week of the year from 0 to 53, weeks beginning on Sundays; days before the first Sunday are in week 0. */
export function weekOfYear(p: CalendarParts): number {
  return Math.floor((dayOfYear(p) - 1 + 7 - (p.dayOfWeek - 1)) / 7);
}

/** Days since 1970-01-01 of a day in an ISO week. */
export function daysFromIsoWeek(year: number, week: number, day: number): number {
  const fourth = daysFromCivil(year, 1, 4);
  return fourth - mod(fourth + 3, 7) + (week - 1) * 7 + (day - 1);
}

export const mod = (n: number, by: number): number => ((n % by) + by) % by;
