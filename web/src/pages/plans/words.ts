import type { Output } from '../../api/operations.ts';

export type Plan = Output<'plan.list'>['plans'][number];

export const kindWords: Record<Plan['of'], string> = {
  open: 'Leads being worked',
  won: 'Customers',
  lost: 'Lost leads',
};
export const anchorWords: Record<Plan['from'], string> = {
  lastActivity: 'the last contact',
  closed: 'the day it was won or lost',
  created: 'the day it came in',
};
export const unitWords: Record<Plan['after']['unit'], [string, string]> = {
  days: ['day', 'days'],
  weeks: ['week', 'weeks'],
  months: ['month', 'months'],
  years: ['year', 'years'],
};
export const criteria = ['product', 'source', 'city', 'industry', 'segment', 'size'] as const;
export const criteriaWords: Record<(typeof criteria)[number], string> = {
  product: 'Product',
  source: 'Source',
  city: 'Area',
  industry: 'Industry',
  segment: 'Customer type',
  size: 'Size',
};

/** “Every 3 months after the last contact”, “1 year after the day it was won or lost, 30 days sooner, again and again” */
export function whenWords({ after: { count, unit }, from, repeats, daysAhead }: Omit<Plan, 'done'>): string {
  const [one, many] = unitWords[unit];
  const span = count === 1 ? one : `${count} ${many}`;
  const time = repeats ? `Every ${span}` : `${count} ${count === 1 ? one : many}`;
  const sooner = daysAhead ? `, ${daysAhead} ${daysAhead === 1 ? 'day' : 'days'} sooner` : '';
  return `${time} after ${anchorWords[from]}${sooner}`;
}
export const whoseWords = (to: Plan['to']): string =>
  to === 'caller' ? 'Whoever has the lead' : to === 'manager' ? 'Their manager' : 'A colleague';
export const whichWords = ({ of, when }: Pick<Plan, 'of' | 'when'>): string =>
  [kindWords[of], ...criteria.flatMap((name) => when[name]?.join(' or ') ?? [])].join(', ');
