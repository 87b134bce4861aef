/** Periods by name, in the organisation's zone: a day that the clock change shortens has 23 hours. Pure. */
import { DateTime } from 'luxon';

export const periodNames = [
  'today',
  'yesterday',
  'tomorrow',
  'this-week',
  'last-week',
  'next-week',
  'this-month',
  'last-month',
  'next-month',
  'this-year',
  'last-year',
  'this-financial-year',
  'last-financial-year',
  'last-7-days',
  'last-30-days',
] as const;
export type PeriodName = (typeof periodNames)[number];
/** `[start, end)`, and the days it spans as people say them. */
export type Span = { start: Date; end: Date; label: string };

type At = { now: Date; zone: string; financialYearStart: number };
type Unit = 'day' | 'week' | 'month' | 'year';

export function spanOf(period: PeriodName | { from: string; to: string }, at: At): Span {
  const { zone } = at;
  if (typeof period === 'object') {
    const start = DateTime.fromISO(period.from, { zone });
    return span(start, DateTime.fromISO(period.to, { zone }).plus({ days: 1 }));
  }
  const now = DateTime.fromJSDate(at.now, { zone });
  const today = now.startOf('day');
  if (period === 'last-7-days') return span(today.minus({ days: 6 }), today.plus({ days: 1 }));
  if (period === 'last-30-days') return span(today.minus({ days: 29 }), today.plus({ days: 1 }));
  if (period.endsWith('financial-year')) {
    const year = now.month >= at.financialYearStart ? now.year : now.year - 1;
    const start = DateTime.fromObject(
      { year: period.startsWith('last') ? year - 1 : year, month: at.financialYearStart },
      { zone },
    );
    return span(start, start.plus({ years: 1 }));
  }
  const [unit, step] = steps[period as keyof typeof steps];
  const start = now.startOf(unit).plus({ [`${unit}s`]: step });
  return span(start, start.plus({ [`${unit}s`]: 1 }));
}

const steps: Record<
  Exclude<PeriodName, 'last-7-days' | 'last-30-days' | 'this-financial-year' | 'last-financial-year'>,
  [Unit, number]
> = {
  today: ['day', 0],
  yesterday: ['day', -1],
  tomorrow: ['day', 1],
  'this-week': ['week', 0],
  'last-week': ['week', -1],
  'next-week': ['week', 1],
  'this-month': ['month', 0],
  'last-month': ['month', -1],
  'next-month': ['month', 1],
  'this-year': ['year', 0],
  'last-year': ['year', -1],
};

function span(start: DateTime, end: DateTime): Span {
  const last = end.minus({ days: 1 });
  const label =
    +start.startOf('day') === +last.startOf('day')
      ? start.toFormat('ccc, d LLL yyyy')
      : `${start.toFormat(start.year === last.year ? 'd LLL' : 'd LLL yyyy')} – ${last.toFormat('d LLL yyyy')}`;
  return { start: start.toJSDate(), end: end.toJSDate(), label };
}
