/**
 * What is counted of a measure, by what. Many records in one dimension are counted key by key where an index holds
 * them in that order, so that none is read; the rest is one aggregation.
 */
import type { PipelineStage } from 'mongoose';
import type { Context } from '../../core/context.ts';
import type { Dataset, Dimension, DimensionName, Measure } from '../../core/dataset.ts';
import { all } from '../../core/filter.ts';
import { currentSession } from '../../core/writes.ts';
import type { SheetCell } from '../../render/sheet.ts';
import { indexHas, keysOf } from './keys.ts';
import type { Span } from './periods.ts';
import { type Chosen, isTime } from './rules.ts';
import type { GroupName, Spec } from './spec.ts';

export type Cell = { keys: SheetCell[]; value: number };
/** @param times the beginnings of what is told by time alone */
type When = { span: Span; times: string[] };
type Condition = Record<string, unknown>;

/** So few are quicker read than counted key by key. */
const few = 2000;
/** A dimension of more values is read as well. */
const mostKeys = 60;

export async function count(ctx: Context, chosen: Chosen, spec: Spec, when: When): Promise<Cell[]> {
  return (await byIndex(ctx, chosen, spec, when)) ?? aggregated(ctx, chosen, spec, when.span);
}

/** undefined where no index serves it, or where something was written between two counts. */
async function byIndex(
  ctx: Context,
  { dataset, measure }: Chosen,
  spec: Spec,
  { span, times }: When,
): Promise<Cell[] | undefined> {
  const [by] = spec.by;
  if (!by || spec.by.length > 1 || measure.sum) return undefined;
  const { here, onLead } = narrowing(dataset, spec);
  const field = isTime(by) ? undefined : dataset.dimensions[by]!.field;
  if (onLead.length || field?.startsWith('lead.')) return undefined;
  const scope = ctx.scope('read', dataset.subject);
  const always = all([scope, measure.where?.(ctx.config) ?? {}, ...here]);
  const { model } = dataset;
  const isServed = (more: string[]) =>
    indexHas(model, always, [...new Set([...Object.keys(always), ...more])], measure.at);
  if (!isServed([]) || (field && !isServed([field]))) return undefined;
  const within = (from: Date, to: Date) => ({ [measure.at]: { $gte: from, $lt: to } });
  const whole = within(span.start, span.end);
  const counted = (condition: Condition): Promise<number> => model.countDocuments(condition);
  const total = await counted({ ...always, ...whole });
  if (total <= few) return undefined;
  const keys =
    field && (field in always ? oneOf(always[field]) : await keysOf(model, scope, field, mostKeys));
  const parts: [SheetCell, Condition][] = keys
    ? keys.map((key) => [key, { ...always, [field!]: key, ...whole }])
    : times.map((time, at) => [
        time,
        { ...always, ...within(later(time, span.start), sooner(times[at + 1], span.end)) },
      ]);
  if (!parts.length || parts.length > mostKeys) return undefined;
  const values = await inTurn(parts, ([, condition]) => counted(condition));
  const cells = parts.map(([key], at) => ({ keys: [key], value: values[at]! }));
  const rest = total - values.reduce((sum, value) => sum + value, 0);
  // What has no value at all is the rest, where nothing has come or gone meanwhile.
  if (rest && !(field && rest === (await counted({ ...always, [field]: null, ...whole })))) return undefined;
  return [...cells, { keys: [null], value: rest }].filter(({ value }) => value);
}

const oneOf = (value: unknown): string[] => (typeof value === 'string' ? [value] : []);
const later = (time: string, start: Date): Date => new Date(Math.max(Date.parse(time), +start));
const sooner = (time: string | undefined, end: Date): Date =>
  time ? new Date(Math.min(Date.parse(time), +end)) : end;

/** Side by side; in a transaction one after the other, as it wants. */
async function inTurn<T, R>(items: T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  if (!currentSession()) return Promise.all(items.map(ask));
  const answers: R[] = [];
  for (const item of items) answers.push(await ask(item));
  return answers;
}

async function aggregated(
  ctx: Context,
  { dataset, measure }: Chosen,
  spec: Spec,
  span: Span,
): Promise<Cell[]> {
  const { timezone } = ctx.config.app.organisation;
  const fieldOf = (name: GroupName) =>
    isTime(name)
      ? { $dateTrunc: { date: `$${measure.at}`, unit: name, timezone, startOfWeek: 'mon' } }
      : { $ifNull: [`$${dataset.dimensions[name]!.field}`, null] };
  const groups = Object.fromEntries(spec.by.map((name, at) => [`k${at}`, fieldOf(name)]));
  const found = await dataset.model.aggregate<{
    _id: Record<string, SheetCell | Date> | null;
    value: number;
  }>([
    ...matched(ctx, dataset, measure, spec, span),
    {
      $group: {
        _id: spec.by.length ? groups : null,
        value: { $sum: measure.sum ? { $ifNull: [`$${measure.sum}`, 0] } : 1 },
      },
    },
  ]);
  return found.map(({ _id, value }) => ({
    keys: spec.by.map((_, at) => {
      const key = _id?.[`k${at}`] ?? null;
      return key instanceof Date ? key.toISOString() : key;
    }),
    value,
  }));
}

/** The rights first, then the period: both are served by the index on the measure's moment. */
export function matched(
  ctx: Context,
  dataset: Dataset,
  measure: Measure,
  spec: Spec,
  span: Span,
): PipelineStage[] {
  const own = { [measure.at]: { $gte: span.start, $lt: span.end }, ...measure.where?.(ctx.config) };
  const { here, onLead } = narrowing(dataset, spec);
  const needsLead =
    onLead.length > 0 ||
    spec.by.some((name) => !isTime(name) && dataset.dimensions[name]!.field.startsWith('lead.'));
  return [
    { $match: all([ctx.scope('read', dataset.subject), own, ...here]) },
    ...(needsLead
      ? [
          { $lookup: { from: 'leads', localField: 'leadId', foreignField: '_id', as: 'lead' } },
          { $set: { lead: { $first: '$lead' } } },
        ]
      : []),
    ...(onLead.length ? [{ $match: { $and: onLead } }] : []),
  ];
}

/** What the spec narrows to: on the record itself, and on the lead that it is about. */
function narrowing(dataset: Dataset, spec: Spec): { here: Condition[]; onLead: Condition[] } {
  const conditions = Object.entries(spec.filters).map(([name, values]): [Dimension, unknown] => [
    dataset.dimensions[name as DimensionName]!,
    { $in: values.map((value) => (value === '' ? null : value)) },
  ]);
  const of = (isOnLead: boolean) =>
    conditions
      .filter(([{ field }]) => field.startsWith('lead.') === isOnLead)
      .map(([{ field }, value]) => ({ [field]: value }));
  return { here: of(false), onLead: of(true) };
}
