/** The browsers in which a colleague wants to be told. */
import type { Config } from '../../core/config.ts';
import type { Context } from '../../core/context.ts';
import { type SubscriptionDocument, SubscriptionModel } from './model-push.ts';

export async function subscriptionsOf(ctx: Context, userId: string): Promise<SubscriptionDocument[]> {
  if (!pushAccount(ctx.config)) return [];
  // Few colleagues have one: who does is asked once for all.
  const some = await ctx.once('notifications.subscribed', () => SubscriptionModel.distinct('userId').exec());
  return some.includes(userId) ? SubscriptionModel.find({ userId }).sort({ _id: 1 }).lean() : [];
}

/** Where the push channel keeps what it remembers, its keys among it; undefined where there is none. */
export function pushAccount({ accounts }: Pick<Config, 'accounts'>): string | undefined {
  const account = accounts.find(({ channel, missing }) => channel === 'push' && !missing.length);
  return account && `push:${account.id}`;
}
