import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { reachImport, recipientsOf, visible } from '../access.ts';
import { columnNames, headerRowOf, signatureOf, suggestMapping } from '../columns.ts';
import { getImport, importPlan, listImports, targetLabels, targets } from '../contract.ts';
import { type ImportDocument, ImportModel, RememberedModel } from '../model.ts';
import { headOf } from '../reading.ts';
import { viewFor, viewsOf } from '../view.ts';

export const listImportsHandler = handles(listImports, async (ctx, { cursor, limit }) => {
  const place = decodeCursor<[string]>(cursor);
  const mine = visible(ctx);
  const rows = await ImportModel.find({ $and: [mine, place ? { _id: { $lt: place[0] } } : {}] })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const page = rows.slice(0, limit);
  return {
    items: await viewsOf(ctx, page),
    total: await ImportModel.countDocuments(mine),
    ...(rows.length > limit && { nextCursor: encodeCursor([page.at(-1)!._id]) }),
  };
});

export const getImportHandler = handles(getImport, async (ctx, { importId }) => {
  const found = await reachImport(ctx, importId);
  const head = (await headOf(importId, 0, 50)).map(({ cells }) => cells);
  const { assignees, byRules } = await recipientsOf(ctx);
  return {
    ...(await viewFor(ctx, found)),
    head: head.slice(0, 10).map((cells) => cells.map((cell) => cell.slice(0, 200))),
    ...(await planFor(ctx, found, head)),
    targets: targets.map((target) => ({ target, label: targetLabels[target] })),
    assignees: assignees.map(({ id, name }) => ({ id, name })),
    byRules,
  };
});

/** The one it was begun with; else that of the last file with this header; else a guess. */
async function planFor(ctx: Context, { plan, columns }: ImportDocument, head: string[][]) {
  if (plan) return { plan, remembered: false };
  const headerRow = headerRowOf(head);
  const header = head[headerRow] ?? [];
  const known =
    headerRow >= 0 && (await RememberedModel.findById(signatureOf(columnNames(header, columns))).lean());
  const mapping = suggestMapping(header, head.slice(headerRow + 1), columns);
  const guess = importPlan.parse({ headerRow, mapping });
  if (!known) return { plan: guess, remembered: false };
  // Whom a colleague gave their leads to is their own affair.
  const { assignTo: _, ...rest } = known.plan;
  const own = ctx.can('assign', 'Lead') ? known.plan : rest;
  return { plan: importPlan.parse({ ...own, headerRow }), remembered: true };
}
