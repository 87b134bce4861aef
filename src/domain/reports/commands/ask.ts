import type { Catalogue } from '../../../core/catalogue.ts';
import type { Context } from '../../../core/context.ts';
import { type Answer, handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { Sheet } from '../../../render/sheet.ts';
import { sources } from '../../settings/contract.ts';
import { findUsers } from '../../staff/contract.ts';
import { sheetText } from '../chat.ts';
import { askReport, showReport } from '../contract.ts';
import { draw, freeze } from '../draw.ts';
import { reportsFor } from '../find.ts';
import { readQuestion } from '../question.ts';
import { measuresOf } from '../rules.ts';
import type { Spec } from '../spec.ts';

type Output = { runId: string; understood: string; sheet: Sheet; hasChart: boolean };
const present = ({ runId, sheet, hasChart }: Output): Answer => ({
  text: sheetText(sheet),
  media: [
    ...(hasChart
      ? [
          {
            type: 'image' as const,
            id: `report:${runId}:png`,
            filename: `${sheet.title}.png`,
            mime: 'image/png',
          },
        ]
      : []),
    ...(sheet.rows.length
      ? [
          {
            type: 'document' as const,
            id: `report:${runId}:pdf`,
            filename: `${sheet.title}.pdf`,
            mime: 'application/pdf',
          },
        ]
      : []),
  ],
});

export const askReportHandler = (catalogue: () => Catalogue) =>
  handles(
    askReport,
    async (ctx, { question }) => {
      const { datasets } = catalogue();
      const read = readQuestion(question, { datasets, ...(await known(ctx)) });
      if ('unknown' in read) {
        const can = measuresOf(datasets).map(({ measure }) => measure.words[0]);
        throw new AppError('report.not_understood', { words: read.unknown, can: can.join(', ') });
      }
      return answer(ctx, { spec: read.spec });

      async function answer(to: Context, asked: { spec: Spec }): Promise<Output> {
        const drawn = await draw(to, datasets, asked);
        const { sheet } = drawn;
        return {
          runId: await freeze(to, drawn),
          understood: `${sheet.title} · ${sheet.subtitle}`,
          sheet,
          hasChart: drawn.chart !== undefined,
        };
      }
    },
    { present },
  );

async function known(ctx: Context) {
  const { timezone: zone, products } = ctx.config.app.organisation;
  const { items } = await ctx.asSystem('reports').ask(findUsers, { activeOnly: false });
  return { people: items, sources, products: products.map(({ name }) => name), now: ctx.now(), zone };
}

export const showReportHandler = (catalogue: () => Catalogue) =>
  handles(
    showReport,
    async (ctx, { about }) => {
      const wanted = plain(about);
      const reports = await reportsFor(ctx);
      const found =
        reports.find(({ title, key }) => plain(title) === wanted || plain(key) === wanted) ??
        reports.find(({ title }) => wanted.split(' ').every((word) => plain(title).includes(word)));
      if (!found)
        throw new AppError('report.unknown', { about, titles: reports.map(({ title }) => title).join(', ') });
      const drawn = await draw(ctx, catalogue().datasets, { key: found.key });
      return {
        runId: await freeze(ctx, drawn),
        understood: `${drawn.sheet.title} · ${drawn.sheet.subtitle}`,
        sheet: drawn.sheet,
        hasChart: drawn.chart !== undefined,
      };
    },
    { present },
  );

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\breport\b/g, '')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();
