/** From what somebody asked for to the sheet and its chart. */
import type { Context } from '../../core/context.ts';
import type { Dataset } from '../../core/dataset.ts';
import { invalid } from '../../core/validate.ts';
import { type ChartOption, chartOption } from '../../render/chart.ts';
import type { Sheet } from '../../render/sheet.ts';
import { compile } from './compile.ts';
import { findReport } from './find.ts';
import { ReportRunModel } from './model.ts';
import type { Spec } from './spec.ts';

type Asked = { key?: string; spec?: Spec; title?: string; period?: Spec['period']; chart?: Spec['chart'] };
export type Drawn = { sheet: Sheet; spec: Spec; chart?: ChartOption };

export async function draw(ctx: Context, datasets: Dataset[], asked: Asked, now?: Date): Promise<Drawn> {
  const report = asked.key ? await findReport(ctx, asked.key) : undefined;
  const given = report?.spec ?? asked.spec;
  if (!given) throw invalid('spec', 'give a report’s key, or what to count');
  const spec = {
    ...given,
    ...(asked.period && { period: asked.period }),
    ...(asked.chart && { chart: asked.chart }),
  };
  const title = report?.title ?? asked.title;
  const sheet = await compile(ctx, datasets, spec, {
    ...(title && { title }),
    ...(now && { now }),
  });
  const chart = spec.chart === 'none' || spec.list ? undefined : chartOption(sheet, spec.chart);
  return { sheet, spec, ...(chart && { chart }) };
}

/** Keeps what was drawn, for its reader alone. */
export async function freeze(ctx: Context, { sheet, spec, chart }: Drawn, sent?: string): Promise<string> {
  const _id = ctx.id();
  await ReportRunModel.create([
    {
      _id,
      userId: ctx.actor.id,
      at: ctx.now(),
      sheet,
      chart: chart ? spec.chart : 'none',
      ...(sent && { sent }),
    },
  ]);
  return _id;
}
