import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { guardedFields } from '../../../core/fields.ts';
import { actions, recordKinds } from '../../../core/rights.ts';
import { findRoles, listRoles, type RoleView } from '../contract-roles.ts';
import { UserModel } from '../model.ts';
import { newestVersions, rolesNow } from '../roles.ts';

export const listRolesHandler = handles(listRoles, async (ctx) => ({
  items: await roleViews(ctx),
  kinds: [...recordKinds],
  actions: [...actions],
  fields: Object.fromEntries(Object.entries(guardedFields).map(([kind, names]) => [kind, [...names]])),
}));

export async function roleViews(ctx: Context): Promise<RoleView[]> {
  const newest = await newestVersions();
  const counted = await UserModel.aggregate<{ _id: string; people: number }>([
    { $match: { active: true } },
    { $group: { _id: '$role', people: { $sum: 1 } } },
  ]);
  const people = new Map(counted.map((row) => [row._id, row.people]));
  return Object.entries(await rolesNow(ctx.config)).map(([key, role]) => {
    const version = newest.get(key);
    return {
      ...role,
      key,
      version: version?.version ?? 0,
      people: people.get(key) ?? 0,
      ...(version && { changedBy: version.by, changedAt: version.at.toISOString() }),
    };
  });
}

export const findRolesHandler = handles(findRoles, async (ctx) => ({
  items: Object.entries(await rolesNow(ctx.config)).map(([key, { label, assignsTo, fields }]) => ({
    key,
    label,
    assignsTo,
    ...(fields && { fields }),
  })),
}));
