/** Roles are data: each change is a version over config/roles.yaml, checked by the same schema, effective at once. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { type Role, roleSchema } from '../../../core/rights.ts';
import { invalid } from '../../../core/validate.ts';
import { mayGive } from '../authority.ts';
import { revertRole, rolesChanged, saveRole } from '../contract-roles.ts';
import { RoleVersionModel } from '../model.ts';
import { roleViews } from '../queries/roles.ts';
import { newestVersion, rolesNow } from '../roles.ts';

export const saveRoleHandler = handles(saveRole, async (ctx, { key, expected, ...role }) => ({
  role: await keep(ctx, key, role, expected),
}));

export const revertRoleHandler = handles(revertRole, async (ctx, { key, version }) => {
  const earlier = version
    ? (await RoleVersionModel.findOne({ key, version }).lean())?.role
    : ctx.config.roles[key];
  if (!earlier) throw new AppError('record.not_found', { kind: 'version', id: `${key} ${version}` });
  return { role: await keep(ctx, key, roleSchema.parse(earlier)) };
});

async function keep(ctx: Context, key: string, role: Role, expected?: number) {
  const roles = await rolesNow(ctx.config);
  const before = Object.hasOwn(roles, key) ? roles[key] : undefined;
  // Otherwise an organisation could lock itself out.
  if (key === 'administrator')
    throw new AppError('auth.forbidden', { action: 'change', subject: 'the administrator’s role' });
  await mayGive(ctx, role, before);
  const unknown = role.assignsTo.find((other) => other !== key && !Object.hasOwn(roles, other));
  if (unknown) throw invalid('assignsTo', `there is no role ${unknown}`);
  const newest = await newestVersion(key);
  const last = newest?.version ?? 0;
  if (expected !== undefined && expected !== last) throw new AppError('record.conflict', { kind: 'role' });
  const entry = { _id: ctx.id(), key, version: last + 1, role, by: ctx.actor.name, at: ctx.now() };
  try {
    await RoleVersionModel.create([entry]);
  } catch (error) {
    if ((error as { code?: number }).code === 11000) throw new AppError('record.conflict', { kind: 'role' });
    throw error;
  }
  ctx.emit(rolesChanged, { key }, { kind: 'Setting', id: `role:${key}` });
  ctx.audit({
    kind: 'Setting',
    id: `role:${key}`,
    before,
    after: role,
    text: `${before ? 'changed' : 'added'} the role ${role.label}`,
    ...(before && { undo: { command: revertRole.name, input: { key, version: last } } }),
  });
  return (await roleViews(ctx)).find((view) => view.key === key)!;
}
