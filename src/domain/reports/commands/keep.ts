import type { Catalogue } from '../../../core/catalogue.ts';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { invalid } from '../../../core/validate.ts';
import { findRoles } from '../../staff/contract.ts';
import { deleteReport, freezeReport, saveReport, scheduleReport } from '../contract.ts';
import { draw, freeze } from '../draw.ts';
import { findReport, organisation, viewOf } from '../find.ts';
import { ReportModel } from '../model.ts';
import { namedReports } from '../named.ts';
import { choose } from '../rules.ts';
import { plan } from '../schedule.ts';
import type { Send } from '../spec.ts';

export const freezeReportHandler = (catalogue: () => Catalogue) =>
  handles(freezeReport, async (ctx, asked) => {
    const drawn = await draw(ctx, catalogue().datasets, asked);
    ctx.audit({ kind: 'Report', id: asked.key ?? 'question', text: `exported ${drawn.sheet.title}` });
    return { ...drawn, runId: await freeze(ctx, drawn) };
  });

export const saveReportHandler = (catalogue: () => Catalogue) =>
  handles(saveReport, async (ctx, { key, title, about, spec, sharedWith, send }) => {
    choose(catalogue().datasets, spec);
    await checkRoles(ctx, [...sharedWith, ...(send?.to ?? [])]);
    // Others get it unasked only from whoever may set what the organisation gets.
    if (
      send?.to.some((role) => ctx.actor.kind !== 'user' || role !== ctx.actor.role) &&
      !ctx.can('update', 'Setting')
    )
      throw new AppError('auth.forbidden', { action: 'send reports to', subject: 'other roles' });
    const _id = key ?? ctx.id();
    const before = key ? await ReportModel.findOne({ _id: key, ownerId: ctx.actor.id }).lean() : undefined;
    if (key && !before) throw new AppError('record.not_found', { kind: 'report', id: key });
    const saved = { title, about, spec, sharedWith, updatedAt: ctx.now() };
    await ReportModel.updateOne(
      { _id },
      {
        $set: { ...saved, ...(send && { send }) },
        ...(!send && { $unset: { send: 1 } }),
        $setOnInsert: { ownerId: ctx.actor.id },
      },
      { upsert: true },
    );
    await plan(ctx, _id, send);
    ctx.audit({
      kind: 'Report',
      id: _id,
      before: before ?? undefined,
      after: saved,
      text: `saved the report ${title}`,
    });
    return { report: viewOf(ctx, (await ReportModel.findById(_id).lean())!) };
  });

export const deleteReportHandler = handles(deleteReport, async (ctx, { key }) => {
  const report = await ReportModel.findOneAndDelete({ _id: key, ownerId: ctx.actor.id }).lean();
  if (!report) throw new AppError('record.not_found', { kind: 'report', id: key });
  await plan(ctx, key, undefined);
  ctx.audit({ kind: 'Report', id: key, before: report, text: `deleted the report ${report.title}` });
  return { ok: true } as const;
});

export const scheduleReportHandler = handles(scheduleReport, async (ctx, { key, send }) => {
  if (!namedReports.some((report) => report.key === key))
    throw new AppError('record.not_found', { kind: 'report', id: key });
  await checkRoles(ctx, send?.to ?? []);
  const before = await findReport(ctx, key);
  await ReportModel.updateOne(
    { _id: `${organisation}:${key}` },
    {
      $set: {
        ownerId: organisation,
        title: before.title,
        spec: before.spec,
        updatedAt: ctx.now(),
        ...(send && { send }),
      },
      ...(!send && { $unset: { send: 1 } }),
    },
    { upsert: true },
  );
  await plan(ctx, key, send ?? undefined);
  ctx.audit({
    kind: 'Report',
    id: key,
    before: before.send ?? null,
    after: send,
    text: `changed when ${before.title} is sent`,
    undo: { command: scheduleReport.name, input: { key, send: (before.send ?? null) as Send | null } },
  });
  return { report: await findReport(ctx, key) };
});

async function checkRoles(ctx: Context, given: string[]): Promise<void> {
  const known = (await ctx.asSystem('reports').ask(findRoles, {})).items.map(({ key }) => key);
  const wrong = given.find((role) => !known.includes(role));
  if (wrong) throw invalid('to', `${wrong} is no role; ${known.join(', ')} are`);
}
