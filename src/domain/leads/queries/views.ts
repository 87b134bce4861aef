/** The named filters of the lead list with their counts, and those that somebody has kept for themselves. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { all } from '../../../core/filter.ts';
import { nearest } from '../../../core/nearest.ts';
import { leadCard } from '../card.ts';
import {
  dropLeadView,
  keepLeadView,
  leadViewNames,
  leadViews,
  listLeads,
  showLeadView,
} from '../contract.ts';
import { KeptViewModel, LeadModel } from '../model.ts';
import { leadViewTable } from '../views.ts';
import { conditionsOf } from './list.ts';

const shown = 10;
const mostKept = 30;

export const leadViewsHandler = handles(leadViews, async (ctx) => {
  const items = [];
  for (const view of leadViewNames)
    items.push({
      view,
      label: leadViewTable[view].label,
      count: await LeadModel.countDocuments(all(conditionsOf(ctx, { view }))),
    });
  const own = [];
  for (const { _id: id, label, filter } of await keptBy(ctx))
    own.push({ id, label, filter, count: (await ctx.ask(listLeads, { ...filter, limit: 1 })).total });
  return { items, own };
});

const keptBy = (ctx: Context) =>
  KeptViewModel.find({ userId: ctx.actor.id }).sort({ label: 1 }).limit(mostKept).lean();

export const keepLeadViewHandler = handles(keepLeadView, async (ctx, { label, filter }) => {
  const before = await KeptViewModel.findOne({ userId: ctx.actor.id, label }).lean();
  const _id = before?._id ?? ctx.id();
  await KeptViewModel.updateOne({ _id }, { $set: { userId: ctx.actor.id, label, filter } }, { upsert: true });
  ctx.audit({
    kind: 'User',
    id: ctx.actor.id,
    after: { label, filter },
    text: `kept the filter ${label}`,
    undo: before
      ? { command: keepLeadView.name, input: { label, filter: before.filter } }
      : { command: dropLeadView.name, input: { id: _id } },
  });
  return { id: _id };
});

export const dropLeadViewHandler = handles(dropLeadView, async (ctx, { id }) => {
  const dropped = await KeptViewModel.findOneAndDelete({ _id: id, userId: ctx.actor.id }).lean();
  if (!dropped) throw new AppError('record.not_found', { kind: 'filter', id });
  const { label, filter } = dropped;
  ctx.audit({
    kind: 'User',
    id: ctx.actor.id,
    before: { label, filter },
    text: `dropped the filter ${label}`,
    undo: { command: keepLeadView.name, input: { label, filter } },
  });
  return { ok: true } as const;
});

export const showLeadViewHandler = handles(
  showLeadView,
  async (ctx, { name }) => {
    if (!name) {
      const { items, own } = await ctx.ask(leadViews, {});
      return { items: [], total: 0, views: [...items, ...own].map(({ label, count }) => ({ label, count })) };
    }
    const named = [
      ...(await keptBy(ctx)).map(({ label, filter }) => ({ label, filter })),
      ...leadViewNames.map((view) => ({ label: leadViewTable[view].label, filter: { view } })),
    ];
    const wanted = plain(name);
    const found =
      named.find(({ label }) => plain(label) === wanted) ??
      named.find(({ label }) => plain(label).startsWith(wanted)) ??
      named.find(
        ({ label }) =>
          plain(label) ===
          nearest(
            wanted,
            named.map((one) => plain(one.label)),
          ),
      );
    if (!found) throw new AppError('record.not_found', { kind: 'filter', id: name });
    const { items, total } = await ctx.ask(listLeads, { ...found.filter, limit: shown });
    return { label: found.label, items, total, views: [] };
  },
  {
    present: ({ label, items, total, views }, at) => ({
      text: label
        ? `${label}: ${total}${total > items.length && items.length ? `, the first ${items.length}` : ''}`
        : views.map((view) => `${view.label}: ${view.count}`).join('\n'),
      ...(items.length && { cards: items.map((lead) => leadCard(lead, at)) }),
    }),
  },
);

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/ leads?$/, '')
    .trim();
