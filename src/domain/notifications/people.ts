/** Who is meant by caller, manager and admin on a lead. */
import type { z } from 'zod';
import type { Context } from '../../core/context.ts';
import { findUsers, type UserView } from '../staff/contract.ts';
import type { RuleView } from './contract.ts';

export type StaffRecipient = { as: 'caller' | 'manager' | 'admin'; user: UserView };

type Owned = { assigneeId?: string | undefined };

/** Each person once, in the nearest of their parts: caller before manager before admin. */
export async function staffFor(ctx: Context, to: RuleView['to'], record?: Owned): Promise<StaffRecipient[]> {
  const caller = await callerOf(ctx, record);
  const found: StaffRecipient[] = [
    ...(to.caller && caller?.active ? [{ as: 'caller' as const, user: caller }] : []),
    ...(to.manager ? (await managersOf(ctx, caller)).map((user) => ({ as: 'manager' as const, user })) : []),
    ...(to.admin
      ? (await withRole(ctx, 'administrator')).map((user) => ({ as: 'admin' as const, user }))
      : []),
  ];
  return [...new Map(found.reverse().map((recipient) => [recipient.user.id, recipient])).values()].reverse();
}

export async function callerOf(ctx: Context, record?: Owned): Promise<UserView | undefined> {
  if (!record?.assigneeId) return undefined;
  return (await people(ctx, { ids: [record.assigneeId], activeOnly: false }))[0];
}

/** The caller's own manager; where none is named, every manager. */
async function managersOf(ctx: Context, caller?: UserView): Promise<UserView[]> {
  const own = caller?.managerId ? await people(ctx, { ids: [caller.managerId] }) : [];
  return own.length ? own : withRole(ctx, 'manager');
}

const withRole = (ctx: Context, role: string): Promise<UserView[]> => people(ctx, { roles: [role] });

/** The callers of many records, asked in one go. */
export async function callersAhead(ctx: Context, ids: string[]): Promise<void> {
  const { items } = await ctx.ask(findUsers, { ids, activeOnly: false });
  for (const id of ids)
    void ctx.once(`people:${JSON.stringify({ ids: [id], activeOnly: false })}`, async () => ({
      items: items.filter((user) => user.id === id),
    }));
}

/** Several notices in one transaction are mostly for the same few people. */
async function people(ctx: Context, which: z.input<typeof findUsers.input>): Promise<UserView[]> {
  return (await ctx.once(`people:${JSON.stringify(which)}`, () => ctx.ask(findUsers, which))).items;
}
