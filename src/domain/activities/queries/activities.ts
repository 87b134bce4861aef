import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { all } from '../../../core/filter.ts';
import { listCalls, listFollowUps } from '../contract.ts';
import { CallModel, FollowUpModel } from '../model.ts';
import { callViewOf, followUpViewOf } from '../view.ts';

export const listCallsHandler = handles(listCalls, async (ctx, { cursor, limit, ...criteria }) => {
  const conditions = [ctx.scope('read', 'Call'), ...equalities(criteria)];
  const filter = all(conditions);
  const place = decodeCursor<[string]>(cursor);
  const rows = await CallModel.find(place ? all([...conditions, { _id: { $lt: place[0] } }]) : filter)
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const items = rows.slice(0, limit).map(callViewOf);
  return {
    items,
    total: await CallModel.countDocuments(filter),
    ...(rows.length > limit && { nextCursor: encodeCursor([items.at(-1)!.id]) }),
  };
});

export const listFollowUpsHandler = handles(
  listFollowUps,
  async (ctx, { leadId, assigneeId, from, to, limit }) => {
    const at = { ...(from && { $gte: new Date(from) }), ...(to && { $lt: new Date(to) }) };
    const within = from || to ? { at } : {};
    const filter = all([
      ctx.scope('read', 'FollowUp'),
      { status: 'open' },
      ...equalities({ leadId, assigneeId }),
      within,
    ]);
    const rows = await FollowUpModel.find(filter).sort({ at: 1 }).limit(limit).lean();
    return { items: rows.map(followUpViewOf), total: await FollowUpModel.countDocuments(filter) };
  },
);

const equalities = (criteria: Record<string, unknown>): Record<string, unknown>[] =>
  Object.entries(criteria)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ [key]: value }));
