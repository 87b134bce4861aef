import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { all } from '../../../core/filter.ts';
import { type leadSorts, listLeads } from '../contract.ts';
import { LeadModel } from '../model.ts';
import { resolveStage, searchPlan } from '../rules.ts';
import { pipelineOf, viewsOf } from '../view.ts';
import { leadViewTable } from '../views.ts';

type Sort = (typeof leadSorts)[number];
type Condition = Record<string, unknown>;
type OrderField = 'createdAt' | 'lastActivityAt' | 'followUpAt';
type Page = { search?: string; sort: Sort; cursor?: string; limit: number };
const orders: Record<Sort, { field: OrderField; direction: 1 | -1 }> = {
  newest: { field: 'createdAt', direction: -1 },
  oldest: { field: 'createdAt', direction: 1 },
  lastActivity: { field: 'lastActivityAt', direction: -1 },
  followUp: { field: 'followUpAt', direction: 1 },
};
/** A search that finds more is told to be more exact: its count and pages end here. */
export const searchLimit = 500;

export const listLeadsHandler = handles(listLeads, async (ctx, input) => {
  const sort = input.sort ?? (input.view ? leadViewTable[input.view].sort : 'newest');
  const asked = { ...input, sort };
  const conditions = conditionsOf(ctx, asked);
  const found = input.search?.trim() ? await search(ctx, conditions, asked) : await page(conditions, asked);
  const last = found.leads.at(-1);
  return {
    items: await viewsOf(ctx, found.leads),
    total: found.total,
    ...(found.more &&
      last && {
        nextCursor: encodeCursor([last[orders[sort].field]?.toISOString() ?? null, last._id]),
      }),
  };
});

export type Filter = {
  view?: keyof typeof leadViewTable;
  stage?: string;
  assigneeId?: string;
  source?: string;
  projectId?: string;
  search?: string;
  sort?: Sort;
};

/** The rights first, then what was asked for: the order of the indexes. */
export function conditionsOf(ctx: Context, filter: Filter): Condition[] {
  const pipeline = pipelineOf(ctx);
  const conditions: Condition[] = [ctx.scope('read', 'Lead')];
  if (filter.assigneeId)
    conditions.push({ assigneeId: filter.assigneeId === 'none' ? null : filter.assigneeId });
  if (filter.view)
    conditions.push(
      leadViewTable[filter.view].where({
        now: ctx.now(),
        zone: ctx.config.app.organisation.timezone,
        pipeline,
      }),
    );
  if (filter.stage) conditions.push({ stage: resolveStage(pipeline, filter.stage) });
  if (filter.source) conditions.push({ source: filter.source });
  if (filter.projectId) conditions.push({ projectId: filter.projectId });
  // Behind a view of follow-ups this says nothing new; elsewhere it keeps those without one out of the order.
  if (filter.sort === 'followUp' && filter.view !== 'todayFollowUp' && filter.view !== 'missedFollowUp')
    conditions.push({ followUpAt: { $gt: new Date(0) } });
  return conditions;
}

async function page(conditions: Condition[], { sort, cursor, limit }: Page) {
  const { field, direction } = orders[sort];
  const rows = await LeadModel.find(all([...conditions, ...behind(sort, cursor)]))
    .sort({ [field]: direction, _id: direction })
    .limit(limit + 1)
    .lean();
  return {
    leads: rows.slice(0, limit),
    more: rows.length > limit,
    total: await LeadModel.countDocuments(all(conditions)),
  };
}

/** The plain range beside the exact one lets the index start where the last page ended. */
export function behind(sort: Sort, cursor?: string): Condition[] {
  const place = decodeCursor<[string, string]>(cursor);
  if (!place) return [];
  const { field, direction } = orders[sort];
  const at = new Date(place[0]);
  const past = direction === 1 ? '$gt' : '$lt';
  return [
    { [field]: { [`${past}e`]: at } },
    { $or: [{ [field]: { [past]: at } }, { [field]: at, _id: { [past]: place[1] } }] },
  ];
}

/** Takes at most `searchLimit` matches from the index, then orders those: the cost has a bound whatever is typed. */
async function search(ctx: Context, conditions: Condition[], { search: text, sort, cursor, limit }: Page) {
  const { field, direction } = orders[sort];
  const hits = await findHits(ctx, conditions, text!, field);
  const place = decodeCursor<[string | null, string]>(cursor);
  const rank = (hit: Hit) => `${hit[field]?.toISOString() ?? ''} ${hit._id}`;
  const ordered = hits.sort((a, b) => direction * (rank(a) < rank(b) ? -1 : 1));
  const mark = place && `${place[0] ?? ''} ${place[1]}`;
  const rest = mark
    ? ordered.filter((hit) => (direction === 1 ? rank(hit) > mark : rank(hit) < mark))
    : ordered;
  const ids = rest.slice(0, limit).map(({ _id }) => _id);
  const byId = new Map((await LeadModel.find({ _id: { $in: ids } }).lean()).map((lead) => [lead._id, lead]));
  return { leads: ids.flatMap((id) => byId.get(id) ?? []), more: rest.length > limit, total: hits.length };
}

type Hit = { _id: string; createdAt?: Date; lastActivityAt?: Date; followUpAt?: Date };

export async function findHits(
  ctx: Context,
  conditions: Condition[],
  text: string,
  field: OrderField,
): Promise<Hit[]> {
  const found = new Map<string, Hit>();
  for (const group of searchPlan(text, ctx.hides)) {
    for (const condition of group) {
      const hits = await LeadModel.find(all([...conditions, condition]), { [field]: 1 })
        .limit(searchLimit)
        .lean();
      for (const hit of hits) found.set(hit._id, hit);
    }
    if (found.size) break;
  }
  return [...found.values()].slice(0, searchLimit);
}
