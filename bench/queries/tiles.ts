/** The figures and charts of a dashboard that count leads, as our spec and as SQL. */
import { DateTime } from 'luxon';
import { startTiles } from '../../src/domain/dashboards/tiles.ts';

export type TileQuestion = {
  name: string;
  spec: ReturnType<typeof startTiles>[number]['spec'];
  sql: TileSql;
};
export type TileSql = { what: string; where: string; values: unknown[]; group?: string };

/** What each measure counts, and the column by whose moment. */
const measured: Record<string, { where: string; at: string }> = {
  'lead.created': { where: 'true', at: 'created_at' },
  'lead.won': { where: "stage = 'won'", at: 'closed_at' },
  'lead.revenue': { where: "stage = 'won'", at: 'closed_at' },
};
const columns: Record<string, string> = { source: 'source', caller: 'assignee_id', stage: 'stage' };

/** Those that everybody starts with, and two that people build. */
export function tileQuestions(now: Date, zone: string): TileQuestion[] {
  const built = (title: string, by: 'caller' | 'stage', measure: string) => ({
    title,
    spec: {
      measures: [measure],
      by: [by],
      period: 'this-month' as const,
      filters: {},
      chart: 'bar' as const,
      list: false,
    },
  });
  return [
    ...startTiles(false),
    built('New leads by caller, this month', 'caller', 'lead.created'),
    built('New leads by stage, this month', 'stage', 'lead.created'),
    built('Deals closed by caller, this month', 'caller', 'lead.won'),
  ]
    .filter(({ spec }) => spec.measures.every((measure) => measure in measured))
    .map(({ title, spec }) => ({ name: `tile: ${title}`, spec, sql: sqlOf(spec, now, zone) }));
}

function sqlOf(spec: TileQuestion['spec'], now: Date, zone: string): TileSql {
  const { where, at } = measured[spec.measures[0]!]!;
  const local = DateTime.fromJSDate(now, { zone });
  const start = {
    today: local.startOf('day'),
    'this-month': local.startOf('month'),
    'last-30-days': local.startOf('day').minus({ days: 29 }),
  }[spec.period as string]!;
  const [by] = spec.by;
  return {
    what: 'count(*)',
    where: `${where} AND ${at} >= $1 AND ${at} < $2`,
    values: [start.toJSDate(), local.startOf('day').plus({ days: 1 }).toJSDate()],
    ...(by && { group: by === 'day' ? `date_trunc('day', ${at} AT TIME ZONE '${zone}')` : columns[by]! }),
  };
}
