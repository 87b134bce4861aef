/** What a dashboard starts with, by what its reader does; and which period lies before which. Pure. */
import type { Tile } from './contract.ts';

const count = (title: string, measure: string, period: Tile['spec']['period']): Tile => ({
  title,
  spec: { measures: [measure], by: [], period, filters: {}, chart: 'none', list: false },
});
const chart = (
  title: string,
  measures: string[],
  by: Tile['spec']['by'],
  period: Tile['spec']['period'],
  kind: Tile['spec']['chart'],
): Tile => ({ title, spec: { measures, by, period, filters: {}, chart: kind, list: false } });

export const startTiles = (isManager: boolean): Tile[] => [
  count('New leads today', 'lead.created', 'today'),
  count('Calls made today', 'call.made', 'today'),
  count('Demo Confirmed today', 'demo.confirmed', 'today'),
  count('Demo Completed this month', 'demo.completed', 'this-month'),
  count('Deals closed this month', 'lead.won', 'this-month'),
  count('Revenue this month', 'lead.revenue', 'this-month'),
  chart('New leads by source, this month', ['lead.created'], ['source'], 'this-month', 'pie'),
  ...(isManager
    ? [
        chart(
          'Productivity this month',
          ['call.made', 'demo.completed', 'lead.won'],
          ['caller'],
          'this-month',
          'bar',
        ),
      ]
    : [chart('My calls by outcome, this month', ['call.made'], ['outcome'], 'this-month', 'pie')]),
  chart('New leads by day, last 30 days', ['lead.created'], ['day'], 'last-30-days', 'line'),
];

const befores: Record<string, Tile['spec']['period']> = {
  today: 'yesterday',
  'this-week': 'last-week',
  'this-month': 'last-month',
  'this-year': 'last-year',
  'this-financial-year': 'last-financial-year',
};
export const periodBefore = (period: Tile['spec']['period']): Tile['spec']['period'] | undefined =>
  typeof period === 'string' ? befores[period] : undefined;
