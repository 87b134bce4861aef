/** What an import left aside, and what its undoing left in place: page by page, as it is stored. */
import { handles } from '../../../core/define.ts';
import { reachableLeads } from '../../leads/contract.ts';
import { reachImport } from '../access.ts';
import { importErrors, importLeftovers } from '../contract.ts';
import { PageModel } from '../model.ts';
import { columnsOf } from '../reading.ts';

export const importErrorsHandler = handles(importErrors, async (ctx, { importId, page }) => {
  const found = await reachImport(ctx, importId);
  const [at, more] = await PageModel.find({ importId, page: { $gte: page }, 'bad.0': { $exists: true } })
    .sort({ page: 1 })
    .limit(2)
    .lean();
  const lines = new Map(at?.rows.map((row) => [row.line, row.cells]));
  return {
    filename: found.filename,
    columns: found.plan ? await columnsOf(found, found.plan) : [],
    rows: (at?.bad ?? []).map(({ n, problems }) => ({ n, cells: lines.get(n) ?? [], problems })),
    ...(more && { nextPage: more.page }),
  };
});

export const importLeftoversHandler = handles(importLeftovers, async (ctx, { importId, page }) => {
  await reachImport(ctx, importId);
  const [at, more] = await PageModel.find(
    { importId, page: { $gte: page }, 'stayed.0': { $exists: true } },
    { page: 1, stayed: 1 },
  )
    .sort({ page: 1 })
    .limit(2)
    .lean();
  const stayed = at?.stayed ?? [];
  const ids = stayed.flatMap(({ leadId }) => leadId ?? []);
  const { items } = ctx.can('read', 'Lead') ? await ctx.ask(reachableLeads, { ids }) : { items: [] };
  const leads = new Map(items.map((lead) => [lead.id, lead]));
  return {
    rows: stayed.map(({ n, leadId, why }) => {
      const lead = leadId && leads.get(leadId);
      return { n, why, ...(lead && { lead }) };
    }),
    ...(more && { nextPage: more.page }),
  };
});
