/** Free times near a moment of the office's hours, and the hours in words. Pure. */
import { hoursOn, type Office } from '../../core/office.ts';
import { addDays, addMinutes, dayOf, type Weekday } from '../../core/zone.ts';

export { isOpen, nextOpening, type Office } from '../../core/office.ts';
export type Busy = { startsAt: Date; endsAt: Date };

export const overlaps = (start: Date, minutes: number, { startsAt, endsAt }: Busy): boolean =>
  start < endsAt && addMinutes(start, minutes) > startsAt;

/** Free times from `moment` on, on the half hours of business days, that lie after `earliest`. */
export function freeTimes(
  moment: Date,
  {
    office,
    minutes,
    isBusy,
    earliest,
    count = 3,
  }: { office: Office; minutes: number; isBusy: (start: Date) => boolean; earliest: Date; count?: number },
): Date[] {
  const found: Date[] = [];
  const from = moment > earliest ? moment : earliest;
  for (let days = 0; days < 14 && found.length < count; days++) {
    const hours = hoursOn(addDays(from, days, office.timezone), office);
    if (!hours) continue;
    for (
      let start = hours.opens;
      addMinutes(start, minutes) <= hours.closes && found.length < count;
      start = addMinutes(start, 30)
    ) {
      if (start >= from && !isBusy(start)) found.push(start);
    }
  }
  return found;
}

const names: Record<Weekday, string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};

/** `Mon–Sat 09:30–18:30`, `Mon–Fri 09:00–17:00, Sat 10:00–13:00` */
export function hoursText({ businessHours }: Office): string {
  const runs: { first: Weekday; last: Weekday; hours: string }[] = [];
  let open = false;
  for (const day of Object.keys(names) as Weekday[]) {
    const hours = businessHours[day]?.join('–');
    const run = runs.at(-1);
    if (hours && open && run?.hours === hours) run.last = day;
    else if (hours) runs.push({ first: day, last: day, hours });
    open = Boolean(hours);
  }
  return (
    runs
      .map(
        ({ first, last, hours }) =>
          `${first === last ? names[first] : `${names[first]}–${names[last]}`} ${hours}`,
      )
      .join(', ') || 'closed'
  );
}

/** The days that a range of stored appointments must cover to judge overlaps near a moment. */
export const horizon = (moment: Date, zone: string): { start: Date; end: Date } => ({
  start: dayOf(moment, zone).start,
  end: addDays(dayOf(moment, zone).end, 14, zone),
});
