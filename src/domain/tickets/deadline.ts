/** By when a ticket is to be resolved: minutes that count only while the office is open. Pure. */
import { hoursOn, type Office } from '../../core/office.ts';
import { addDays, addMinutes } from '../../core/zone.ts';

/** The moment when so many working minutes have passed; without any business hours, plain minutes. */
export function afterWorkingMinutes(start: Date, minutes: number, office: Office): Date {
  let left = minutes;
  for (const { opens, closes } of workingDays(start, office)) {
    const from = start > opens ? start : opens;
    const open = minutesBetween(from, closes);
    if (open >= left) return addMinutes(from, left);
    left -= Math.max(open, 0);
  }
  return addMinutes(start, minutes);
}

/** Working minutes from one moment to a later one; 0 if it is not later. */
export function workingMinutes(start: Date, end: Date, office: Office): number {
  let sum = 0;
  for (const { opens, closes } of workingDays(start, office)) {
    if (opens >= end) break;
    sum += Math.max(minutesBetween(start > opens ? start : opens, end < closes ? end : closes), 0);
  }
  return Math.floor(sum);
}

const mostDays = 400;

function* workingDays(start: Date, office: Office): Generator<{ opens: Date; closes: Date }> {
  for (let days = 0; days < mostDays; days++) {
    const hours = hoursOn(addDays(start, days, office.timezone), office);
    if (hours && hours.closes > start) yield hours;
  }
}

const minutesBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 60_000;
