/** Business hours: whether a time is open, when the office opens next, free times near one. Pure. */
import type { AppConfig } from '../../core/config-schema.ts';
import {
  addDays,
  addMinutes,
  clockTimeOn,
  dayOf,
  isoDateOf,
  type Weekday,
  weekdayOf,
} from '../../core/zone.ts';

export type Office = Pick<AppConfig['organisation'], 'timezone' | 'businessHours' | 'holidays'>;
export type Busy = { startsAt: Date; endsAt: Date };

/** Opening and closing of the day that holds the moment; undefined on a day off. */
function hoursOn(moment: Date, office: Office): { opens: Date; closes: Date } | undefined {
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
