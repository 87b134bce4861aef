import { handles } from '../../../core/define.ts';
import { all } from '../../../core/filter.ts';
import { addMinutes } from '../../../core/zone.ts';
import { callableLeads } from '../contract.ts';
import { type LeadDocument, LeadModel } from '../model.ts';
import { notAttemptedStages } from '../rules.ts';
import { pipelineOf, viewsOf } from '../view.ts';

type Condition = Record<string, unknown>;
type Sort = Record<string, 1 | -1>;

const soonMinutes = 15;
const earliest: Sort = { followUpAt: 1, _id: 1 };
const newest: Sort = { hot: -1, createdAt: -1, _id: -1 };

/** Each part is one range of an index in the right order; the first parts come first. */
export const callableLeadsHandler = handles(
  callableLeads,
  async (ctx, { queue, assigneeId, without, limit }) => {
    const now = ctx.now();
    const { where, parts, sort } = {
      due: { where: { followUpAt: { $lte: now } }, parts: byHeat, sort: earliest },
      soon: {
        where: { followUpAt: { $gt: now, $lte: addMinutes(now, soonMinutes) } },
        parts: byHeat,
        sort: earliest,
      },
      fresh: {
        where: { lastCallOutcome: null, followUpAt: null },
        parts: notAttemptedStages(pipelineOf(ctx)).map((stage) => ({ stage })),
        sort: newest,
      },
    }[queue];
    const conditions: Condition[] = [
      ctx.scope('update', 'Lead'),
      ...(assigneeId ? [{ assigneeId }] : []),
      // Any text: what the indexes of those that can be rung hold.
      { phone: { $gt: '' } },
      where,
    ];
    const left = without.length ? [{ _id: { $nin: without } }] : [];
    const found: LeadDocument[] = [];
    for (const part of parts) {
      if (found.length >= limit) break;
      found.push(
        ...(await LeadModel.find(all([...conditions, part, ...left]))
          .sort(sort)
          .limit(limit - found.length)
          .lean()),
      );
    }
    let total = 0;
    for (const part of parts) total += await LeadModel.countDocuments(all([...conditions, part]));
    return { items: await viewsOf(ctx, found), total };
  },
);

const byHeat: Condition[] = [{ hot: true }, { hot: false }];
