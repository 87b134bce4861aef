import { DateTime } from 'luxon';
import type { Context } from '../../../core/context.ts';
import { encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { all } from '../../../core/filter.ts';
import { verdictLabels } from '../../enquiries/contract.ts';
import { exportPage, type LeadView, listLeads } from '../contract.ts';
import { ExportModel, exportMs } from '../export-model.ts';
import { LeadModel } from '../model.ts';
import { viewsOf } from '../view.ts';
import { behind, conditionsOf, type Filter } from './list.ts';

const size = 500;
type Cell = string | number | null;
type At = { zone: string };

/** What a file of leads has; a column is a name and what stands in it. */
const columns: [string, (lead: LeadView, at: At) => Cell | undefined][] = [
  ['Number', ({ number }) => number],
  ['Name', ({ name }) => name],
  ['Phone', ({ phone }) => phone],
  ['E-mail', ({ email }) => email],
  ['City', ({ city }) => city],
  ['Looking for', ({ product }) => product],
  ['Quantity', ({ quantity }) => quantity],
  ['Budget', ({ budget }) => budget],
  ['Value', ({ value }) => value && value.amount / 100],
  ['Currency', ({ value }) => value?.currency],
  ['Source', ({ source }) => source],
  ['Medium', ({ medium }) => medium],
  ['Campaign', ({ campaign }) => campaign],
  ['Stage', ({ stageLabel }) => stageLabel],
  ['Lost reason', ({ lostReasonLabel }) => lostReasonLabel],
  ['Assigned to', ({ assigneeName }) => assigneeName],
  ['Verdict', ({ verdict }) => verdictLabels[verdict]],
  ['Hot', ({ hot }) => (hot ? 'yes' : 'no')],
  ['Came in', ({ createdAt }, at) => timeText(createdAt, at)],
  ['Last activity', ({ lastActivityAt }, at) => timeText(lastActivityAt, at)],
  ['Follow-up', ({ followUpAt }, at) => timeText(followUpAt, at)],
  ['Demo', ({ demoAt }, at) => timeText(demoAt, at)],
  ['Last call', ({ lastCallOutcome }) => lastCallOutcome],
  ['Industry', ({ industry }) => industry],
  ['Segment', ({ segment }) => segment],
  ['Size', ({ size }) => size],
];

export const exportPageHandler = handles(exportPage, async (ctx, { exportId, cursor }) => {
  const asked = await ExportModel.findOne({ _id: exportId, actorId: ctx.actor.id }).lean();
  if (!asked || ctx.now().getTime() - asked.at.getTime() > exportMs)
    throw new AppError('record.not_found', { kind: 'export', id: exportId });
  const conditions = await exportConditions(ctx, asked.filter);
  const rows = await LeadModel.find(all([...conditions, ...behind('newest', cursor)]))
    .sort({ createdAt: -1, _id: -1 })
    .limit(size + 1)
    .lean();
  const leads = rows.slice(0, size);
  const last = leads.at(-1);
  const { organisation } = ctx.config.app;
  const at = { zone: organisation.timezone };
  return {
    filename: `Leads ${DateTime.fromJSDate(asked.at, at).toFormat('yyyy-MM-dd HHmm')}.${asked.format}`,
    format: asked.format,
    columns: columns.map(([name]) => name),
    // In a row nothing tells of which field it is: what is kept from the reader goes before.
    rows: ctx
      .shown(await viewsOf(ctx, leads))
      .map((lead) => columns.map(([, cell]) => cell(lead, at) ?? null)),
    ...(rows.length > size && last && { nextCursor: encodeCursor([last.createdAt.toISOString(), last._id]) }),
  };
});

/** What one may see and take along, and of that what was asked for. A search finds what it finds in the list. */
export async function exportConditions(ctx: Context, filter: Filter): Promise<Record<string, unknown>[]> {
  const conditions = [ctx.scope('export', 'Lead'), ...conditionsOf(ctx, filter)];
  if (!filter.search?.trim()) return conditions;
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = await ctx.ask(listLeads, { ...filter, sort: 'newest', limit: 200, cursor });
    ids.push(...items.map(({ id }) => id));
    if (!nextCursor) return [...conditions, { _id: { $in: ids } }];
    cursor = nextCursor;
  }
}

const timeText = (iso: string | undefined, at: At): string | undefined =>
  iso && DateTime.fromISO(iso, at).toFormat('yyyy-MM-dd HH:mm');
