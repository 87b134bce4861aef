import { fitsAll } from '../../../core/criteria.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { all } from '../../../core/filter.ts';
import { leadsByAge } from '../contract.ts';
import { LeadModel } from '../model.ts';
import { stagesOfKind } from '../rules.ts';
import { pipelineOf, refOf } from '../view.ts';

const moments = { lastActivity: 'lastActivityAt', closed: 'closedAt', created: 'createdAt' } as const;

/** In the order of the index on that moment. */
export const leadsByAgeHandler = handles(leadsByAge, async (ctx, { of, by, before, when, cursor, limit }) => {
  const pipeline = pipelineOf(ctx);
  const field = moments[by];
  const place = decodeCursor<[string, string]>(cursor);
  const from = place && new Date(place[0]);
  const found = await LeadModel.find(
    all([
      ctx.scope('read', 'Lead'),
      { [field]: { $lte: new Date(before), ...(from && { $gte: from }) } },
      { stage: { $in: stagesOfKind(pipeline, of) } },
      from ? { $or: [{ [field]: { $gt: from } }, { [field]: from, _id: { $gt: place[1] } }] } : {},
    ]),
  )
    .sort({ [field]: 1, _id: 1 })
    .limit(limit)
    .lean();
  const last = found.at(-1);
  return {
    items: found
      .filter((lead) => fitsAll(when, lead))
      .map((lead) => ({ lead: refOf(lead, pipeline), at: lead[field]!.toISOString() })),
    ...(last &&
      found.length === limit && { nextCursor: encodeCursor([last[field]!.toISOString(), last._id]) }),
  };
});
