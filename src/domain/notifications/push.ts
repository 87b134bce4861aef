/** The browsers in which a colleague wants to be told. */
import type { Context } from '../../core/context.ts';
import { type SubscriptionDocument, SubscriptionModel } from './model-push.ts';

export async function subscriptionsOf(ctx: Context, userId: string): Promise<SubscriptionDocument[]> {
  // Few colleagues have one: who does is asked once for all.
  const some = await ctx.once('notifications.subscribed', () => SubscriptionModel.distinct('userId').exec());
  return some.includes(userId) ? SubscriptionModel.find({ userId }).sort({ _id: 1 }).lean() : [];
}
