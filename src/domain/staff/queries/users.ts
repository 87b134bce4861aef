import { handles } from '../../../core/define.ts';
import { actorOf } from '../actors.ts';
import { actorFor, findUsers, listAssignees, listUsers } from '../contract.ts';
import { UserModel } from '../model.ts';
import { rolesNow } from '../roles.ts';
import { viewOf } from '../view.ts';

export const actorForHandler = handles(actorFor, async (_, { userId }) => {
  const actor = await actorOf(userId);
  return actor ? { actor } : {};
});

export const listUsersHandler = handles(listUsers, async (ctx, { search, active }) => {
  const users = await UserModel.find({
    $and: [ctx.scope('read', 'User'), active === undefined ? {} : { active }],
  })
    .sort({ name: 1 })
    .lean();
  const wanted = (search ?? '').toLowerCase();
  const items = users
    .filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(wanted))
    .map(viewOf);
  return { items, total: items.length };
});

export const listAssigneesHandler = handles(listAssignees, async (ctx) => {
  const { actor } = ctx;
  const roles =
    actor.kind === 'user'
      ? ((actor.rights ?? ctx.config.roles[actor.role])?.assignsTo ?? [])
      : Object.keys(await rolesNow(ctx.config));
  // Subordinate roles, among the colleagues that one may see at all.
  const others = { $and: [{ role: { $in: roles } }, ctx.scope('read', 'User')] };
  const users = await UserModel.find({ active: true, $or: [{ _id: actor.id }, others] })
    .sort({ name: 1 })
    .lean();
  return { items: users.map(viewOf) };
});

export const findUsersHandler = handles(
  findUsers,
  async (_ctx, { ids, roles, linked, activeOnly }) => {
    const users = await UserModel.find({
      ...(activeOnly && { active: true }),
      ...(ids && { _id: { $in: ids } }),
      ...(roles && { role: { $in: roles } }),
      ...(linked && { linked: { $elemMatch: linked } }),
    })
      .sort({ _id: 1 })
      .lean();
    return { items: users.map(viewOf) };
  },
  { apart: true },
);
