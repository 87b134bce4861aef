/**
 * A spec becomes one count a measure, each behind what the reader may see, and their rows one sheet. The only
 * place where reports are counted: chat, console, paper and API show this sheet.
 */
import { DateTime } from 'luxon';
import type { Context } from '../../core/context.ts';
import { type Dataset, type DimensionName, type Measure, visibleOf } from '../../core/dataset.ts';
import type { Sheet, SheetCell } from '../../render/sheet.ts';
import { findUsers } from '../staff/contract.ts';
import { count, matched } from './count.ts';
import { type Span, spanOf } from './periods.ts';
import { type Chosen, choose, isTime, labelOf } from './rules.ts';
import type { GroupName, Spec, TimeName } from './spec.ts';

/** A list or a table longer than this is cut, and says so: a narrower period shows the rest. */
export const mostRows = 1000;

export async function compile(
  ctx: Context,
  datasets: Dataset[],
  spec: Spec,
  { title, now = ctx.now() }: { title?: string; now?: Date } = {},
): Promise<Sheet> {
  const { timezone: zone, financialYearStart, currency, locale } = ctx.config.app.organisation;
  const chosen = choose(
    datasets.map((dataset) => visibleOf(dataset, ctx.hides)),
    spec,
  );
  const span = spanOf(spec.period, { now, zone, financialYearStart });
  const people = showsPeople(chosen, spec) ? await namesOf(ctx) : new Map<string, string>();
  const narrowed = Object.entries(spec.filters).map(
    ([name, values]) =>
      `${labelOf(name as DimensionName)}: ${values.map((value) => read(ctx, chosen, name, value, people)).join(', ')}`,
  );
  const { rows, ...counted } = spec.list
    ? await records(ctx, chosen[0]!, spec, span, people)
    : await table(ctx, chosen, spec, span, people);
  const cut = rows.length > mostRows ? ['the first 1,000 rows only: a shorter period shows the rest'] : [];
  return ctx.shown({
    title: title ?? titleOf(chosen, spec),
    subtitle: [span.label, ...narrowed, ...cut].join(' · '),
    ...counted,
    rows: rows.slice(0, mostRows),
    currency,
    zone,
    locale,
    madeAt: ctx.now().toISOString(),
  });
}

const titleOf = (chosen: Chosen[], { by }: Spec): string =>
  [chosen.map(({ measure }) => measure.label).join(', '), by.map(labelOf).join(' and ').toLowerCase()]
    .filter(Boolean)
    .join(' by ');

type People = Map<string, string>;
const showsPeople = ([first]: Chosen[], { by, filters, list }: Spec): boolean =>
  by.includes('caller') ||
  filters.caller !== undefined ||
  (list && first!.dataset.columns.some(({ person }) => person));
async function namesOf(ctx: Context): Promise<People> {
  const { items } = await ctx.asSystem('reports').ask(findUsers, { activeOnly: false });
  return new Map(items.map(({ id, name }) => [id, name]));
}

// — counting —

type Rows = Pick<Sheet, 'columns' | 'rows' | 'totals'>;

async function table(ctx: Context, chosen: Chosen[], spec: Spec, span: Span, people: People): Promise<Rows> {
  const rows = new Map<string, Record<string, SheetCell>>();
  const times = timesOf(ctx, spec, span);
  for (const one of chosen) {
    for (const { keys, value } of await count(ctx, one, spec, { span, times })) {
      const id = JSON.stringify(keys);
      const row = rows.get(id) ?? Object.fromEntries(spec.by.map((name, at) => [name, keys[at] ?? null]));
      row[one.measure.name] = Number(row[one.measure.name] ?? 0) + value;
      rows.set(id, row);
    }
  }
  if (!spec.by.length && !rows.size) rows.set('', {});
  // An hour or a day on which nothing happened is a row too: a line drawn over it would say otherwise.
  for (const at of times.filter((time) => time < ctx.now().toISOString())) {
    const id = JSON.stringify([at]);
    if (!rows.has(id)) rows.set(id, { [spec.by[0]!]: at });
  }
  const measures = chosen.map(({ measure }) => measure);
  const sorted = [...rows.values()].sort(inOrder(spec.by, measures));
  for (const row of sorted) {
    for (const name of spec.by) row[name] = heading(ctx, chosen, name, row[name] ?? null, people, span);
    for (const { name } of measures) row[name] ??= 0;
  }
  return {
    columns: [
      ...spec.by.map((name) => ({ key: name, label: labelOf(name), kind: 'text' as const })),
      ...measures.map(({ name, label, sum }) => ({
        key: name,
        label,
        kind: sum ? ('money' as const) : ('number' as const),
      })),
    ],
    rows: sorted,
    ...(spec.by.length && {
      totals: Object.fromEntries(
        measures.map(({ name }) => [name, sorted.reduce((sum, row) => sum + Number(row[name]), 0)]),
      ),
    }),
  };
}

/** The beginnings of the hours, days, weeks or months of the period, where it is told by time alone. */
function timesOf(ctx: Context, { by }: Spec, { start, end }: Span): string[] {
  const [name] = by;
  if (by.length !== 1 || !name || !isTime(name)) return [];
  const zone = ctx.config.app.organisation.timezone;
  const times: string[] = [];
  for (
    let at = DateTime.fromJSDate(start, { zone }).startOf(name);
    +at < +end && times.length < 400;
    at = at.plus({ [`${name}s`]: 1 })
  )
    times.push(at.toUTC().toISO()!);
  return times;
}

/** Times as they pass; else the most first, and by name where they are equal. */
const inOrder =
  (by: GroupName[], measures: Measure[]) => (a: Record<string, SheetCell>, b: Record<string, SheetCell>) => {
    for (const name of by.filter(isTime)) {
      const order = String(a[name]).localeCompare(String(b[name]));
      if (order) return order;
    }
    const most = measures[0]!.name;
    return Number(b[most] ?? 0) - Number(a[most] ?? 0) || JSON.stringify(a).localeCompare(JSON.stringify(b));
  };

// — listing —

/** One more than is shown, which tells that there are more. */
async function records(
  ctx: Context,
  { dataset, measure }: Chosen,
  spec: Spec,
  span: Span,
  people: People,
): Promise<Rows> {
  const { columns } = dataset;
  const labels = new Map(
    Object.values(dataset.dimensions).map((dimension) => [dimension.field, dimension.labels?.(ctx.config)]),
  );
  const found = await dataset.model.aggregate<Record<string, unknown>>([
    ...matched(ctx, dataset, measure, spec, span),
    { $sort: { [measure.at]: 1, _id: 1 } },
    { $limit: mostRows + 1 },
  ]);
  const cell = (row: Record<string, unknown>, { field, person }: (typeof columns)[number]): SheetCell => {
    const value = row[field];
    if (value instanceof Date) return value.toISOString();
    if (value === undefined || value === null) return person ? 'Nobody yet' : null;
    return person
      ? (people.get(String(value)) ?? '')
      : (labels.get(field)?.[String(value)] ?? (value as SheetCell));
  };
  return {
    columns: columns.map(({ key, label, kind }) => ({ key, label, kind })),
    rows: found.map((row) => Object.fromEntries(columns.map((column) => [column.key, cell(row, column)]))),
  };
}

// — reading —

function heading(
  ctx: Context,
  chosen: Chosen[],
  name: GroupName,
  value: SheetCell,
  people: People,
  span: Span,
): string {
  if (isTime(name)) return timeText(name, String(value), ctx.config.app.organisation.timezone, span);
  return read(ctx, chosen, name, value, people);
}

function read(ctx: Context, chosen: Chosen[], name: string, value: SheetCell, people: People): string {
  if (value === null || value === '') return name === 'caller' ? 'Nobody yet' : 'Not known';
  if (name === 'caller') return people.get(String(value)) ?? 'Somebody who left';
  for (const { dataset } of chosen) {
    const label = dataset.dimensions[name as DimensionName]?.labels?.(ctx.config)[String(value)];
    if (label) return label;
  }
  return String(value);
}

function timeText(name: TimeName, iso: string, zone: string, span: Span): string {
  const at = DateTime.fromISO(iso, { zone });
  const isOneDay = span.end.getTime() - span.start.getTime() <= 26 * 3600_000;
  if (name === 'hour') return isOneDay ? at.toFormat('h a') : at.toFormat('d LLL, h a');
  if (name === 'day') return at.toFormat('ccc, d LLL');
  return name === 'week' ? `Week of ${at.toFormat('d LLL')}` : at.toFormat('LLL yyyy');
}
