import type { z } from 'zod';
import type { UserActor } from '../../../core/actor.ts';
import type { Catalogue } from '../../../core/catalogue.ts';
import type { Context } from '../../../core/context.ts';
import { type Dataset, visibleOf } from '../../../core/dataset.ts';
import { type Answer, handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { ownerField } from '../../../core/rights.ts';
import { sources } from '../../settings/contract.ts';
import { findUsers, type UserView } from '../../staff/contract.ts';
import { sheetText } from '../chat.ts';
import { askReport, showReport } from '../contract.ts';
import { draw, freeze } from '../draw.ts';
import { reportFiles } from '../files.ts';
import { reportsFor } from '../find.ts';
import { readQuestion } from '../question.ts';
import { choose, measuresOf } from '../rules.ts';
import type { Spec } from '../spec.ts';

type Output = z.output<typeof askReport.output>;
const present = ({ runId, sheet, hasChart }: Output): Answer => ({
  text: sheetText(sheet),
  media: reportFiles(runId, sheet, hasChart),
});

export const askReportHandler = (catalogue: () => Catalogue) =>
  handles(
    askReport,
    async (ctx, { question }) => {
      const datasets = catalogue().datasets.map((dataset) => visibleOf(dataset, ctx.hides));
      const can = measuresOf(datasets).map(({ measure }) => measure.words[0]);
      const { items: people } = await ctx.asSystem('reports').ask(findUsers, { activeOnly: false });
      const { timezone: zone, products } = ctx.config.app.organisation;
      const read = readQuestion(question, {
        datasets,
        people,
        ...(ctx.actor.kind === 'user' && {
          own: ctx.actor.id,
          team: teamOf(ctx.actor, people),
          leads: ctx.actor.subordinateIds.length > 0,
        }),
        sources,
        products: products.map(({ name }) => name),
        now: ctx.now(),
        zone,
      });
      if ('unknown' in read)
        throw new AppError('report.not_understood', { words: read.unknown, can: can.join(', ') });
      for (const id of read.spec.filters.caller ?? []) {
        const colleague = people.find((one) => one.id === id)!;
        if (!sees(ctx, datasets, read.spec, colleague))
          throw new AppError('report.of_colleague', { name: colleague.name, can: can.join(', ') });
      }
      return answer(ctx, datasets, { spec: read.spec });
    },
    { present },
  );

/** Whoever reports to them; of somebody to whom nobody does, those of the same teams. */
function teamOf({ id, subordinateIds, teamIds }: UserActor, people: UserView[]): string[] {
  const mates = people
    .filter((one) => one.teamIds.some((team) => teamIds.includes(team)))
    .map((one) => one.id);
  return [...new Set([id, ...(subordinateIds.length ? subordinateIds : mates)])];
}

/** Of somebody whose records are hidden every number would be 0, which is not what they did. */
function sees(ctx: Context, datasets: Dataset[], spec: Spec, { id, teamIds }: UserView): boolean {
  return (
    ctx.can('read', 'User', { _id: id, teamIds }) ||
    choose(datasets, spec).every(({ dataset: { subject } }) =>
      ctx.can('read', subject, { [ownerField(subject)]: id, teamIds }),
    )
  );
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
      return answer(ctx, catalogue().datasets, { key: found.key });
    },
    { present },
  );

async function answer(
  ctx: Context,
  datasets: Dataset[],
  asked: { key: string } | { spec: Spec },
): Promise<Output> {
  const drawn = await draw(ctx, datasets, asked);
  const { sheet, chart } = drawn;
  return {
    runId: await freeze(ctx, drawn),
    understood: `${sheet.title} · ${sheet.subtitle}`,
    sheet,
    hasChart: chart !== undefined,
  };
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\breport\b/g, '')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();
