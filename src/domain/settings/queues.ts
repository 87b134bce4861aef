/** What waits at each channel account, whether its provider takes it, and what it did not. */
import type { Context } from '../../core/context.ts';
import { listOutages, outboxQueues } from '../conversations/contract.ts';

type Place = { channel: string; account: string };

export async function queuesOf(ctx: Context) {
  const system = ctx.asSystem('settings');
  const { items: queues } = await system.ask(outboxQueues, {});
  const { items: outages } = await system.ask(listOutages, {});
  return ({ channel, account }: Place) => {
    const isHere = (other: Place) => other.channel === channel && other.account === account;
    const { waiting = 0, oldest, trouble } = queues.find(isHere) ?? {};
    const away = outages.find(isHere);
    return {
      waiting,
      ...(oldest && { oldest }),
      ...(trouble && { trouble }),
      ...(away && { ok: false, away: { since: away.since, detail: away.detail } }),
    };
  };
}
