import { handles } from '../../../core/define.ts';
import { myNotices, noticePolicy } from '../contract.ts';
import { DeliveryModel } from '../model-delivery.ts';
import { currentPolicy, preferenceOf } from '../policy.ts';

export const noticePolicyHandler = handles(noticePolicy, async (ctx) => ({
  policy: await currentPolicy(ctx),
  timezone: ctx.config.app.organisation.timezone,
}));

export const myNoticesHandler = handles(myNotices, async (ctx) => {
  const { quiet } = await currentPolicy(ctx);
  const mine = { recipient: `user:${ctx.actor.id}`, state: 'held' as const };
  const next = await DeliveryModel.findOne(mine).sort({ until: 1 }).lean();
  return {
    preference: await preferenceOf(ctx, ctx.actor.id),
    timezone: ctx.config.app.organisation.timezone,
    waiting: await DeliveryModel.countDocuments(mine),
    ...(quiet && { quiet }),
    ...(next?.until && { nextAt: next.until.toISOString() }),
  };
});
