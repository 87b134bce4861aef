/** Nobody gives what they have not: what one may do to colleagues and their roles. */
import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { covers, type Role } from '../../core/rights.ts';
import type { UserDocument } from './model.ts';
import { knownRole, rolesNow } from './roles.ts';

/** @throws auth.forbidden where a role can more than its giver. */
export async function mayGive(ctx: Context, ...roles: (Role | undefined)[]): Promise<void> {
  if (ctx.actor.kind === 'system') return;
  const own = ctx.actor.rights ?? ctx.config.roles[ctx.actor.role];
  if (own && roles.every((role) => !role || covers(own, role))) return;
  throw new AppError('auth.forbidden', { action: 'give', subject: 'rights that you do not have' });
}

type Place = Pick<UserDocument, 'role' | 'teamIds' | 'managerId'>;

/**
 * Whether this colleague may be made `after` of what they are. Whoever reaches not all colleagues moves nobody, and not
 * themselves either, to where they do not reach. @throws input.invalid, auth.forbidden
 */
export async function mayPlace(
  ctx: Context,
  id: string,
  before: Place | undefined,
  after: Place,
): Promise<void> {
  const roles = await rolesNow(ctx.config);
  const role = !before || before.role !== after.role ? knownRole(roles, after.role) : undefined;
  await mayGive(ctx, role, before && roles[before.role]);
  const { actor } = ctx;
  if (actor.kind === 'system' || ctx.can(before ? 'update' : 'create', 'User', { _id: '', teamIds: [] }))
    return;
  const added = after.teamIds.filter((team) => !before?.teamIds.includes(team));
  const moved = before && (role || added.length || before.managerId !== after.managerId);
  const manager = after.managerId !== before?.managerId ? after.managerId : undefined;
  if (
    (id === actor.id && moved) ||
    added.some((team) => !actor.teamIds.includes(team)) ||
    (manager && manager !== actor.id && !actor.subordinateIds.includes(manager))
  )
    throw new AppError('auth.forbidden', { action: 'place', subject: 'colleagues there' });
  if (!before && !actor.teamIds.some((team) => after.teamIds.includes(team)) && !after.managerId)
    throw new AppError('auth.forbidden', { action: 'add', subject: 'colleagues outside of your own' });
}
