import type { Catalogue } from '../../../core/catalogue.ts';
import { visibleOf } from '../../../core/dataset.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { chartKinds } from '../../../render/chart.ts';
import { type FileFormat, renderFile } from '../../../render/files.ts';
import { listReports, readReportFile, reportFile, runReport } from '../contract.ts';
import { draw } from '../draw.ts';
import { reportsFor } from '../find.ts';
import { type ReportRunDocument, ReportRunModel } from '../model.ts';
import { groupsOf, labelOf, measuresOf } from '../rules.ts';

export const listReportsHandler = (catalogue: () => Catalogue) =>
  handles(listReports, async (ctx) => ({
    items: await reportsFor(ctx),
    measures: measuresOf(catalogue().datasets.map((dataset) => visibleOf(dataset, ctx.hides))).map(
      ({ dataset, measure }) => ({
        name: measure.name,
        label: measure.label,
        money: Boolean(measure.sum),
        by: groupsOf(dataset).map((name) => ({ name, label: labelOf(name) })),
      }),
    ),
  }));

export const runReportHandler = (catalogue: () => Catalogue) =>
  handles(runReport, (ctx, asked) => draw(ctx, catalogue().datasets, asked));

export const reportFileHandler = handles(reportFile, async (ctx, { runId, format }) => {
  const run = await ReportRunModel.findOne({ _id: runId, userId: ctx.actor.id }).lean();
  return fileOf(run, runId, format);
});
export const readReportFileHandler = handles(readReportFile, async (_, { runId, format }) =>
  fileOf(await ReportRunModel.findById(runId).lean(), runId, format),
);

const mimes: Record<FileFormat, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  png: 'image/png',
};

async function fileOf(run: ReportRunDocument | null, id: string, format: FileFormat) {
  if (!run) throw new AppError('record.not_found', { kind: 'report', id });
  const { sheet } = run;
  const chart = chartKinds.find((name) => name === run.chart);
  const body = await renderFile({ sheet, format, ...(chart && { chart }) });
  if (!body) throw new AppError('record.not_found', { kind: 'chart', id });
  const day = sheet.madeAt.slice(0, 10);
  return {
    filename: `${sheet.title} ${day}.${format}`,
    mime: mimes[format],
    base64: body.toString('base64'),
  };
}
