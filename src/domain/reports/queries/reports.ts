import type { Catalogue } from '../../../core/catalogue.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { chartKinds, chartOption } from '../../../render/chart.ts';
import { sheetCsv } from '../../../render/csv.ts';
import { chartPng } from '../../../render/image.ts';
import { sheetPdf } from '../../../render/pdf.ts';
import { sheetXlsx } from '../../../render/xlsx.ts';
import { type fileFormats, listReports, readReportFile, reportFile, runReport } from '../contract.ts';
import { draw } from '../draw.ts';
import { reportsFor } from '../find.ts';
import { type ReportRunDocument, ReportRunModel } from '../model.ts';
import { groupsOf, labelOf, measuresOf } from '../rules.ts';

export const listReportsHandler = (catalogue: () => Catalogue) =>
  handles(listReports, async (ctx) => ({
    items: await reportsFor(ctx),
    measures: measuresOf(catalogue().datasets).map(({ dataset, measure }) => ({
      name: measure.name,
      label: measure.label,
      by: groupsOf(dataset).map((name) => ({ name, label: labelOf(name) })),
    })),
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

async function fileOf(run: ReportRunDocument | null, id: string, format: (typeof fileFormats)[number]) {
  if (!run) throw new AppError('record.not_found', { kind: 'report', id });
  const { sheet } = run;
  const kind = chartKinds.find((name) => name === run.chart);
  const option = kind && chartOption(sheet, kind);
  const picture = async () => {
    if (!option) throw new AppError('record.not_found', { kind: 'chart', id });
    return chartPng(option);
  };
  const [body, mime] = await {
    png: async () => [await picture(), 'image/png'] as const,
    pdf: async () => [await sheetPdf(sheet, option && (await picture())), 'application/pdf'] as const,
    xlsx: async () =>
      [await sheetXlsx(sheet), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] as const,
    csv: async () => [sheetCsv(sheet), 'text/csv; charset=utf-8'] as const,
  }[format]();
  const day = sheet.madeAt.slice(0, 10);
  return { filename: `${sheet.title} ${day}.${format}`, mime, base64: body.toString('base64') };
}
