/** Whose imports one may see, and to whom one may give what a file brings. */
import type { Actor } from '../../core/actor.ts';
import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { findUsers, listAssignees, type UserView } from '../staff/contract.ts';
import { type ImportDocument, ImportModel } from './model.ts';

/** One's own; everybody's for whoever sees every lead. */
export function visible(ctx: Context): Record<string, unknown> {
  const all = ctx.can('read', 'Lead') && Object.keys(ctx.scope('read', 'Lead')).length === 0;
  return all ? {} : { assigneeId: ctx.actor.id };
}

/** To stop or undo a colleague's, one must be allowed to change every lead. */
export function changeable(ctx: Context): Record<string, unknown> {
  const all = ctx.can('update', 'Lead') && Object.keys(ctx.scope('update', 'Lead')).length === 0;
  return all ? {} : { assigneeId: ctx.actor.id };
}

export async function reachImport(
  ctx: Context,
  importId: string,
  which: (ctx: Context) => Record<string, unknown> = visible,
): Promise<ImportDocument> {
  const found = await ImportModel.findOne({ $and: [{ _id: importId }, which(ctx)] }).lean();
  if (!found) throw new AppError('record.not_found', { kind: 'import', id: importId });
  return found;
}

export type Recipients = { assignees: UserView[]; byRules: boolean };

/** Whom the leads may be given to; a tele-caller's are theirs. */
export async function recipientsOf(ctx: Context): Promise<Recipients> {
  if (!ctx.can('assign', 'Lead')) {
    const { items } = await ctx.asSystem('imports').ask(findUsers, { ids: [ctx.actor.id] });
    return { assignees: items, byRules: false };
  }
  const { items } = await ctx.ask(listAssignees, {});
  return { assignees: items, byRules: ctx.can('read', 'User', { _id: '', teamIds: [] }) };
}

/** Whose the rows are that name nobody. @throws user.cannot_assign_to */
export function ownerFor(
  actor: Actor,
  { assignees, byRules }: Recipients,
  wanted?: string,
): string | undefined {
  if (!wanted) return byRules ? undefined : actor.id;
  if (wanted === 'rules' && byRules) return undefined;
  if (assignees.some(({ id }) => id === wanted)) return wanted;
  throw new AppError('user.cannot_assign_to', { name: wanted === 'rules' ? 'everybody' : 'this colleague' });
}

/** By name and by e-mail, as a file may call them; a name that two have is nobody's. */
export function colleaguesOf({ assignees }: Recipients): Map<string, string> {
  const byName = new Map<string, string>();
  const twice = new Set<string>();
  for (const { id, name } of assignees) {
    const key = name.toLowerCase();
    if (byName.has(key)) twice.add(key);
    byName.set(key, id);
  }
  for (const name of twice) byName.delete(name);
  for (const { id, email } of assignees) byName.set(email.toLowerCase(), id);
  return byName;
}
