/** The leads that a plan asks for and has not taken up yet, those that wait longest first. */
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/zone.ts';
import { type LeadRef, leadsByAge } from '../leads/contract.ts';
import type { FollowUpPlan } from './contract.ts';
import { type Due, dueOf, latestAnchor } from './due.ts';
import { PlannedModel } from './model.ts';

export type Asked = Due & { lead: LeadRef; id: string };
/** `more`: from `cursor` on, or from the beginning, there may be others. */
export type Found = { items: Asked[]; more: boolean; cursor?: string };

const page = 200;

/** @param pages as many are looked through at most; `cursor` goes on behind them. */
export async function find(
  ctx: Context,
  plan: FollowUpPlan,
  { limit, pages, cursor }: { limit: number; pages: number; cursor?: string | undefined },
): Promise<Found> {
  const zone = ctx.config.app.organisation.timezone;
  // Plans think in days: what is due in the course of today is taken up this morning.
  const now = new Date(dayOf(ctx.now(), zone).end.getTime() - 1);
  const items: Asked[] = [];
  let next = cursor;
  for (let read = 0; read < pages; read++) {
    const answer = await ctx.ask(leadsByAge, {
      of: plan.of,
      by: plan.from,
      before: latestAnchor(plan, now, zone).toISOString(),
      when: plan.when,
      limit: page,
      ...(next && { cursor: next }),
    });
    const asked = answer.items.flatMap(({ lead, at }): Asked[] => {
      const due = dueOf(new Date(at), plan, now, zone);
      // Whoever has something planned on it is in touch already.
      if (!due || !lead.assigneeId || lead.followUpAt) return [];
      return [{ ...due, lead, id: `${plan.key}:${lead.id}:${at}:${due.time}` }];
    });
    const done = new Set(
      asked.length
        ? (await PlannedModel.find({ _id: { $in: asked.map(({ id }) => id) } }, { _id: 1 }).lean()).map(
            ({ _id }) => _id,
          )
        : [],
    );
    for (const one of asked) {
      if (done.has(one.id)) continue;
      items.push(one);
      // From here again: what stands behind it on this page is not looked through yet.
      if (items.length === limit) return { items, more: true, ...(next && { cursor: next }) };
    }
    next = answer.nextCursor;
    if (!next) return { items, more: false };
  }
  return { items, more: true, ...(next && { cursor: next }) };
}
