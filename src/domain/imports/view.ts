import type { Context } from '../../core/context.ts';
import { findUsers } from '../staff/contract.ts';
import type { ImportView } from './contract.ts';
import { type ImportDocument, noCounts } from './model.ts';

export async function viewsOf(ctx: Context, imports: ImportDocument[]): Promise<ImportView[]> {
  const ids = [...new Set(imports.flatMap(({ given }) => Object.keys(given ?? {})))];
  const { items } = ids.length
    ? await ctx.asSystem('imports').ask(findUsers, { ids, activeOnly: false })
    : { items: [] };
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return imports.map((one) => viewOf(one, names, ctx.actor.id));
}

export const viewFor = async (ctx: Context, one: ImportDocument): Promise<ImportView> =>
  (await viewsOf(ctx, [one]))[0]!;

function viewOf(one: ImportDocument, names: Map<string, string>, asker: string): ImportView {
  const { _id, filename, format, encoding, delimiter, sheet, by, status, problem } = one;
  const above = one.plan ? one.plan.headerRow + 1 : 0;
  return {
    id: _id,
    filename,
    format,
    by,
    status,
    at: one.at.toISOString(),
    mine: one.assigneeId === asker,
    rows: Math.max(0, one.rows - above),
    done: one.done,
    counts: { ...noCounts(), ...one.counts },
    given: Object.entries(one.given ?? {})
      .map(([id, count]) => ({ name: names.get(id) ?? 'Somebody', count }))
      .sort((a, b) => b.count - a.count),
    removed: one.removed,
    stayed: one.stayed,
    ...(encoding && { encoding }),
    ...(delimiter && { delimiter }),
    ...(sheet && { sheet }),
    ...(problem && { problem }),
    ...(one.startedAt && { startedAt: one.startedAt.toISOString() }),
    ...(one.finishedAt && { finishedAt: one.finishedAt.toISOString() }),
  };
}
