/** Who speaks: the user whose linked chat account this is, with the rights of this moment. */
import type { UserActor } from '../core/actor.ts';
import type { Context } from '../core/context.ts';
import type { InboundEvent } from '../core/messaging.ts';
import { actorFor, findUsers } from '../domain/staff/contract.ts';

/** @returns undefined when no active user has linked this account. Names and e-mails in chat are never trusted. */
export async function actorOf(
  ctx: Context,
  { channel, account, thread }: InboundEvent,
): Promise<UserActor | undefined> {
  const [user] = (await ctx.ask(findUsers, { linked: { channel, account, thread } })).items;
  return user && (await ctx.ask(actorFor, { userId: user.id })).actor;
}
