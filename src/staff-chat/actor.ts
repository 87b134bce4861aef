/** Who speaks: the user whose linked chat account this is, with the rights of this moment. */
import type { UserActor } from '../core/actor.ts';
import type { Context } from '../core/context.ts';
import type { InboundEvent } from '../core/messaging.ts';
import { findUsers, type UserView } from '../domain/staff/contract.ts';

/** @returns undefined when no active user has linked this account. Names and e-mails in chat are never trusted. */
export async function actorOf(
  ctx: Context,
  { channel, account, thread }: InboundEvent,
): Promise<UserActor | undefined> {
  const [user] = (await ctx.ask(findUsers, { linked: { channel, account, thread } })).items;
  if (!user) return undefined;
  const { items } = await ctx.ask(findUsers, { activeOnly: false });
  return {
    kind: 'user',
    id: user.id,
    name: user.name,
    role: user.role,
    teamIds: user.teamIds,
    subordinateIds: belowOf(user.id, items),
  };
}

/** Everybody under a user in the hierarchy, however deep; a circle ends at its start. */
export function belowOf(id: string, users: Pick<UserView, 'id' | 'managerId'>[]): string[] {
  const reports = Map.groupBy(users, ({ managerId }) => managerId);
  const found = new Set<string>();
  const queue = [id];
  for (let next = queue.pop(); next; next = queue.pop()) {
    for (const report of reports.get(next) ?? []) {
      if (report.id === id || found.has(report.id)) continue;
      found.add(report.id);
      queue.push(report.id);
    }
  }
  return [...found];
}
