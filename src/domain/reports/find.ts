/** A report by its key: the product's own, with what the organisation has set, or a saved one that the actor may open. */
import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { ReportView } from './contract.ts';
import { type ReportDocument, ReportModel } from './model.ts';
import { namedReports } from './named.ts';
import { nextMoment } from './schedule.ts';
import type { NamedReport, Send } from './spec.ts';

/** What was set of the product's own reports is kept under this owner: only when and to whom. */
export const organisation = '*';

export async function reportsFor(ctx: Context): Promise<ReportView[]> {
  const saved = await ReportModel.find({ $or: mine(ctx) })
    .sort({ title: 1 })
    .limit(500)
    .lean();
  const overrides = await overridesOf();
  return [
    ...namedReports.map((report) => viewOfNamed(ctx, report, overrides)),
    ...saved.map((report) => viewOf(ctx, report)),
  ];
}

/** @throws record.not_found for what is not there and for what is somebody else's, alike. */
export async function findReport(ctx: Context, key: string): Promise<ReportView> {
  const named = namedReports.find((report) => report.key === key);
  if (named) return viewOfNamed(ctx, named, await overridesOf());
  const saved = await ReportModel.findOne({ $and: [{ _id: key }, { $or: mine(ctx) }] }).lean();
  if (!saved) throw new AppError('record.not_found', { kind: 'report', id: key });
  return viewOf(ctx, saved);
}

const mine = (ctx: Context): Record<string, unknown>[] =>
  ctx.actor.kind === 'system'
    ? [{ ownerId: { $ne: organisation } }]
    : [{ ownerId: ctx.actor.id }, { sharedWith: ctx.actor.role }];

/** When each of the product's own goes out, where the organisation has said so: `null` is never. */
async function overridesOf(): Promise<Map<string, Send | null>> {
  const found = await ReportModel.find({ ownerId: organisation }).lean();
  return new Map(found.map(({ _id, send }) => [_id.slice(organisation.length + 1), send ?? null]));
}

function viewOfNamed(ctx: Context, report: NamedReport, overrides: Map<string, Send | null>): ReportView {
  const set = overrides.get(report.key);
  const send = set === undefined ? report.send : (set ?? undefined);
  return {
    key: report.key,
    title: report.title,
    about: report.about,
    spec: report.spec,
    ...sending(ctx, send),
    builtIn: true,
    mine: false,
    sharedWith: [],
  };
}

export const viewOf = (ctx: Context, report: ReportDocument): ReportView => ({
  key: report._id,
  title: report.title,
  about: report.about,
  spec: report.spec,
  ...sending(ctx, report.send),
  builtIn: false,
  mine: report.ownerId === ctx.actor.id,
  sharedWith: report.sharedWith,
});

const sending = (ctx: Context, send?: Send) =>
  send && { send, nextAt: nextMoment(send, ctx.now(), ctx.config.app.organisation).toISOString() };
