import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { foreseeEnquiries, verdictLabels } from '../../enquiries/contract.ts';
import { reachableLeads } from '../../leads/contract.ts';
import { reachImport } from '../access.ts';
import { previewImport } from '../contract.ts';
import { PageModel, pageId } from '../model.ts';
import { dataOf, type Judge, readingFor, readPage } from '../reading.ts';

const shown = 20;

export const previewImportHandler = (judge: () => Judge | undefined) =>
  handles(previewImport, async (ctx, { importId, plan }) => {
    const found = await reachImport(ctx, importId);
    const page = await PageModel.findById(pageId(importId, 0)).lean();
    const raw = dataOf(page ?? { page: 0, rows: [] }, plan).slice(0, shown);
    const reading = await readingFor(ctx, found, plan);
    const rows = await readPage(raw, reading, judge());
    const { outcomes } = await ctx.asSystem('imports').ask(foreseeEnquiries, {
      rows: rows.flatMap(({ row }) => row ?? []),
      policy: plan,
      actor: ctx.actor,
    });
    const mine = await readable(
      ctx,
      outcomes.flatMap(({ leadId, action }) => (leadId && action !== 'opened' ? leadId : [])),
    );
    const byRow = new Map(outcomes.map((outcome) => [outcome.n, outcome]));
    const opened = new Set(outcomes.flatMap(({ action, leadId }) => (action === 'opened' ? leadId : [])));
    return {
      columns: reading.columns,
      rows: rows.map(({ n, fields, problems = [] }) => {
        const outcome = byRow.get(n);
        if (!outcome) return { n, fields, problems };
        const { verdict, action, leadId } = outcome;
        const hidden = leadId !== undefined && !opened.has(leadId) && !mine.has(leadId);
        return {
          n,
          fields,
          problems,
          verdict,
          verdictLabel: verdictLabels[verdict],
          action,
          evidence: hidden ? [colleagues] : outcome.evidence,
        };
      }),
    };
  });

const colleagues = { rule: 'colleague', score: 1, text: 'It repeats a record of a colleague.' };

async function readable(ctx: Context, ids: string[]): Promise<Set<string>> {
  if (!ids.length || !ctx.can('read', 'Lead')) return new Set();
  const { items } = await ctx.ask(reachableLeads, { ids });
  return new Set(items.map(({ id }) => id));
}
