/**
 * RFC 5545's recurrence rules, as far as days, weeks, months and years go: on which days of the calendar something comes
 * again. Days are UTC midnights here and know no zone. Bounded by the range asked for: no rule, however odd, runs on.
 */
export type Rule = {
  freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  interval: number;
  count?: number;
  /** The last moment, as a wall time. */
  until?: Date;
  /** 0 is Monday; `nth`: the nth of the month, or of the year where no month is named. */
  days: { day: number; nth?: number }[];
  monthDays: number[];
  months: number[];
  position?: number;
  weekStart: number;
};

const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const parts: Record<string, RegExp> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d{0,2}$/,
  COUNT: /^[1-9]\d{0,3}$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  BYDAY: /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)){0,6}$/,
  BYMONTHDAY: /^-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01])){0,30}$/,
  BYMONTH: /^([1-9]|1[0-2])(,([1-9]|1[0-2])){0,11}$/,
  BYSETPOS: /^-?([1-9]\d?)$/,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
};

/** @returns the rule, or in words what is wrong with it */
export function readRule(text: string): Rule | string {
  const given = text.split(';').map((part) => part.split('='));
  for (const [name = '', value = '', more] of given)
    if (!parts[name]?.test(value) || more !== undefined)
      return `is no rule for days, weeks, months or years: ${[name, value].join('=')}`;
  const said = Object.fromEntries(given) as Record<string, string>;
  if (Object.keys(said).length < given.length) return 'says something twice';
  if (!said.FREQ) return 'needs FREQ';
  const numbers = (name: string) => (said[name] ?? '').split(',').filter(Boolean).map(Number);
  const rule: Rule = {
    freq: said.FREQ as Rule['freq'],
    interval: Number(said.INTERVAL ?? 1),
    days: (said.BYDAY ?? '')
      .split(',')
      .filter(Boolean)
      .map((one) => {
        const nth = Number(one.slice(0, -2));
        return { day: names.indexOf(one.slice(-2)), ...(nth && { nth }) };
      }),
    monthDays: numbers('BYMONTHDAY'),
    months: numbers('BYMONTH'),
    weekStart: names.indexOf(said.WKST ?? 'MO'),
    ...(said.COUNT && { count: Number(said.COUNT) }),
    ...(said.UNTIL && { until: untilOf(said.UNTIL) }),
    ...(said.BYSETPOS && { position: Number(said.BYSETPOS) }),
  };
  if (rule.days.some(({ nth }) => nth) && rule.freq !== 'MONTHLY' && rule.freq !== 'YEARLY')
    return 'counts weekdays, which only months and years have';
  if (rule.until && Number.isNaN(rule.until.getTime())) return 'ends on a day that there is not';
  return rule;
}

const untilOf = (text: string): Date =>
  new Date(
    `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}T${text.length > 8 ? `${text.slice(9, 11)}:${text.slice(11, 13)}:${text.slice(13, 15)}` : '23:59:59'}Z`,
  );

/** Days from `first` on that lie in `[start, end]`, in order. */
export function* daysOf(rule: Rule, first: Date, start: Date, end: Date): Generator<Date> {
  let left = rule.count ?? Number.POSITIVE_INFINITY;
  // What is counted has to be counted from its beginning; anything else begins shortly before the range.
  const skip = rule.count ? 0 : Math.max(0, periodsBetween(rule, first, start) - 1);
  for (let at = skip; ; at++) {
    const period = periodOf(rule, first, at);
    if (period[0]! > end || left <= 0) return;
    const days = chosen(rule, first, period);
    for (const day of days) {
      if (day < first) continue;
      if (day > end || left-- <= 0) return;
      if (day >= start) yield day;
    }
  }
}

const dayMs = 86_400_000;
const addDays = (day: Date, days: number): Date => new Date(day.getTime() + days * dayMs);
const weekday = (day: Date): number => (day.getUTCDay() + 6) % 7;
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** How many whole periods of the rule lie between two days, or a few less. */
function periodsBetween({ freq, interval }: Rule, from: Date, to: Date): number {
  const length = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }[freq] * interval;
  return Math.floor((to.getTime() - from.getTime()) / dayMs / length);
}

/** Every day of the `at`th period. */
function periodOf({ freq, interval, weekStart }: Rule, first: Date, at: number): Date[] {
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth()];
  const run = (start: Date, length: number) => Array.from({ length }, (_, day) => addDays(start, day));
  switch (freq) {
    case 'DAILY':
      return [addDays(first, at * interval)];
    case 'WEEKLY':
      return run(addDays(first, at * interval * 7 - ((weekday(first) - weekStart + 7) % 7)), 7);
    case 'MONTHLY': {
      const start = new Date(Date.UTC(year, month + at * interval, 1));
      return run(start, daysIn(start.getUTCFullYear(), start.getUTCMonth()));
    }
    default: {
      const start = new Date(Date.UTC(year + at * interval, 0, 1));
      return run(start, daysIn(start.getUTCFullYear(), 1) === 29 ? 366 : 365);
    }
  }
}

function chosen(rule: Rule, first: Date, period: Date[]): Date[] {
  const { freq, days, monthDays, months, position } = rule;
  const isFree = !days.length && !monthDays.length;
  const isOwn = (day: Date): boolean => {
    if (!isFree || freq === 'DAILY') return true;
    if (freq === 'WEEKLY') return weekday(day) === weekday(first);
    if (day.getUTCDate() !== first.getUTCDate()) return false;
    return freq === 'MONTHLY' || months.length > 0 || day.getUTCMonth() === first.getUTCMonth();
  };
  const set = period.filter(
    (day) =>
      (!months.length || months.includes(day.getUTCMonth() + 1)) &&
      (!monthDays.length || isMonthDay(day, monthDays)) &&
      (!days.length || days.some((one) => isWeekday(one, day, freq === 'MONTHLY' || months.length > 0))) &&
      isOwn(day),
  );
  if (position === undefined) return set;
  const one = set.at(position > 0 ? position - 1 : position);
  return one ? [one] : [];
}

/** Counted from the end where negative. */
function isMonthDay(day: Date, monthDays: number[]): boolean {
  const date = day.getUTCDate();
  const last = daysIn(day.getUTCFullYear(), day.getUTCMonth());
  return monthDays.some((one) => (one > 0 ? one : last + one + 1) === date);
}

function isWeekday({ day: wanted, nth }: Rule['days'][number], day: Date, inMonth: boolean): boolean {
  if (weekday(day) !== wanted) return false;
  if (!nth) return true;
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  const start = Date.UTC(year, inMonth ? month : 0, 1);
  const end = inMonth ? Date.UTC(year, month + 1, 0) : Date.UTC(year, 11, 31);
  const passed = nth > 0 ? day.getTime() - start : end - day.getTime();
  return Math.floor(passed / dayMs / 7) + 1 === Math.abs(nth);
}
