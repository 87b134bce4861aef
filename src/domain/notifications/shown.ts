/** What is kept from a colleague's role is kept out of their notices too. */
import type { Context } from '../../core/context.ts';
import { type Mask, maskFor } from '../../core/fields.ts';
import { findRoles, type UserView } from '../staff/contract.ts';

/** undefined: nothing is kept from them. */
export async function maskOf(ctx: Context, { role }: UserView): Promise<Mask | undefined> {
  const { items } = await ctx.once('roles', () => ctx.ask(findRoles, {}));
  return maskFor(items.find(({ key }) => key === role)?.fields);
}
