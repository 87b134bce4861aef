import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { runReport } from '../reports/contract.ts';
import { getDashboard, saveDashboard, type Tile } from './contract.ts';
import { DashboardModel, GoalModel, goalId } from './model.ts';
import { periodBefore, startTiles } from './tiles.ts';

export const getDashboardHandler = handles(getDashboard, async (ctx) => {
  const own = await DashboardModel.findById(ctx.actor.id).lean();
  const tiles = own?.tiles.length
    ? own.tiles
    : startTiles(ctx.can('update', 'Setting') || ctx.can('assign', 'Lead'));
  return { tiles: await Promise.all(tiles.map((tile) => draw(ctx, tile))), own: Boolean(own?.tiles.length) };
});

async function draw(ctx: Context, tile: Tile) {
  const { spec } = tile;
  const { sheet, chart } = await ctx.ask(runReport, { spec });
  const column = sheet.columns.find(({ key }) => key === spec.measures[0])!;
  const shown = {
    ...tile,
    label: column?.label ?? tile.title,
    money: column?.kind === 'money',
    currency: sheet.currency,
  };
  if (spec.by.length || spec.list) return { ...shown, ...(chart && { chart }) };
  const measure = spec.measures[0]!;
  const before = periodBefore(spec.period);
  const target = await targetOf(ctx, measure, spec.period);
  return {
    ...shown,
    value: Number(sheet.rows[0]?.[measure] ?? 0),
    ...(before && { before: await figure(ctx, { ...spec, period: before }) }),
    ...(target !== undefined && { target }),
  };
}

export async function figure(ctx: Context, spec: Tile['spec']): Promise<number> {
  const { sheet } = await ctx.ask(runReport, { spec });
  return Number(sheet.rows[0]?.[spec.measures[0]!] ?? 0);
}

/** One's own goal; for those who see everybody's numbers, the organisation's. */
async function targetOf(
  ctx: Context,
  measure: string,
  period: Tile['spec']['period'],
): Promise<number | undefined> {
  if (typeof period !== 'string') return undefined;
  const mine = await GoalModel.findById(
    goalId({ measure, period: period as never, userId: ctx.actor.id }),
  ).lean();
  if (mine) return mine.target;
  if (!ctx.can('assign', 'Lead')) return undefined;
  return (await GoalModel.findById(goalId({ measure, period: period as never })).lean())?.target;
}

export const saveDashboardHandler = handles(saveDashboard, async (ctx, { tiles }) => {
  // Each is drawn once, so that what does not fit together is refused now and not on every look.
  for (const { spec } of tiles) await ctx.ask(runReport, { spec });
  await DashboardModel.updateOne(
    { _id: ctx.actor.id },
    { $set: { tiles, updatedAt: ctx.now() } },
    { upsert: true },
  );
  return { ok: true } as const;
});
