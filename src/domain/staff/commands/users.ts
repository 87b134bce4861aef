import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { mayGive, mayPlace } from '../authority.ts';
import {
  createUser,
  linkPassword,
  nextAssignee,
  setPassword,
  updateUser,
  upNext,
  userChanged,
} from '../contract.ts';
import { OneTimeModel, SessionModel, type UserDocument, UserModel } from '../model.ts';
import { rolesNow } from '../roles.ts';
import { hashPassword, hashSecret, newToken } from '../secrets.ts';
import { viewOf } from '../view.ts';
import { turnOf } from './turns.ts';

const linkHours = 72;

export const createUserHandler = handles(createUser, async (ctx, { password, ...input }) => {
  const { role, teamIds, managerId } = input;
  await mayPlace(ctx, '', undefined, { role, teamIds, ...(managerId && { managerId }) });
  if (await UserModel.exists({ email: input.email }))
    throw new AppError('record.duplicate', { kind: 'user', field: 'e-mail' });
  const user: UserDocument = {
    _id: ctx.id(),
    email: input.email,
    name: input.name,
    role: input.role,
    teamIds: input.teamIds,
    active: true,
    absent: false,
    linked: [],
    turns: {},
    createdAt: ctx.now(),
    ...(input.managerId && { managerId: input.managerId }),
    ...(password && { passwordHash: await hashPassword(password) }),
  };
  await UserModel.create([user]);
  changed(ctx, user._id);
  ctx.audit({
    kind: 'User',
    id: user._id,
    after: { name: user.name, role: user.role },
    text: `added ${user.name}`,
    undo: { command: updateUser.name, input: { id: user._id, active: false } },
  });
  return { user: viewOf(user), ...(!password && { setPasswordToken: await passwordToken(ctx, user._id) }) };
});

/** A single-use token with which a user sets a password. */
export async function passwordToken(ctx: Pick<Context, 'now'>, userId: string): Promise<string> {
  const token = newToken();
  await OneTimeModel.create([
    {
      _id: hashSecret(token),
      kind: 'password',
      userId,
      expiresAt: new Date(ctx.now().getTime() + linkHours * 3_600_000),
    },
  ]);
  return token;
}

export const updateUserHandler = handles(updateUser, async (ctx, { id, managerId, ...fields }) => {
  const user = await UserModel.findOne({ $and: [{ _id: id }, ctx.scope('update', 'User')] }).lean();
  if (!user) throw new AppError('record.not_found', { kind: 'user', id });
  await mayPlace(ctx, id, user, placed(user, fields, managerId));
  await keepAnAdministrator(user, fields);
  const set = { ...fields, ...(managerId && { managerId }) };
  const after = await UserModel.findOneAndUpdate(
    { _id: id },
    { $set: set, ...(managerId === null && { $unset: { managerId: 1 } }) },
    { returnDocument: 'after' },
  ).lean();
  if (fields.active === false) await deactivate(id);
  // What they were doing for others ends with what they may do.
  if (fields.active === false || fields.role) await SessionModel.deleteMany({ 'by.id': id });
  const before = Object.fromEntries(Object.keys(set).map((key) => [key, user[key as keyof UserDocument]]));
  changed(ctx, id);
  ctx.audit({
    kind: 'User',
    id,
    before,
    after: set,
    text: `changed ${user.name}`,
    undo: { command: updateUser.name, input: { id, ...before, managerId: user.managerId ?? null } },
  });
  return { user: viewOf(after!) };
});

function placed(
  { role, teamIds, managerId: old }: UserDocument,
  fields: { role?: string | undefined; teamIds?: string[] | undefined },
  managerId?: string | null,
) {
  const manager = managerId === undefined ? old : managerId;
  return {
    role: fields.role ?? role,
    teamIds: fields.teamIds ?? teamIds,
    ...(manager && { managerId: manager }),
  };
}

export const linkPasswordHandler = handles(linkPassword, async (ctx, { id }) => {
  const user = await UserModel.findOne({
    $and: [{ _id: id, active: true }, ctx.scope('update', 'User')],
  }).lean();
  if (!user) throw new AppError('record.not_found', { kind: 'user', id });
  // With it one signs in as them.
  await mayGive(ctx, (await rolesNow(ctx.config))[user.role]);
  await OneTimeModel.deleteMany({ userId: id, kind: 'password' });
  ctx.audit({ kind: 'User', id, text: `made a one-time link for ${user.name}` });
  return { setPasswordToken: await passwordToken(ctx, id) };
});

/** Signed out everywhere, links gone. */
async function deactivate(id: string): Promise<void> {
  await SessionModel.deleteMany({ userId: id });
  await OneTimeModel.deleteMany({ userId: id });
  await UserModel.updateOne({ _id: id }, { $set: { linked: [] } });
}

/** Nobody may lock everybody out of the settings. */
async function keepAnAdministrator(
  user: UserDocument,
  fields: { role?: string; active?: boolean },
): Promise<void> {
  const leaves =
    user.role === 'administrator' &&
    (fields.active === false || (fields.role && fields.role !== 'administrator'));
  if (leaves && !(await UserModel.exists({ role: 'administrator', active: true, _id: { $ne: user._id } })))
    throw new AppError('user.last_administrator');
}

export const setPasswordHandler = handles(setPassword, async (ctx, { token, password }) => {
  const used = await OneTimeModel.findOneAndDelete({
    _id: hashSecret(token),
    kind: 'password',
    expiresAt: { $gt: ctx.now() },
  }).lean();
  const user =
    used &&
    (await UserModel.findOneAndUpdate(
      { _id: used.userId, active: true },
      { $set: { passwordHash: await hashPassword(password) } },
    ).lean());
  if (!user) throw new AppError('auth.link_expired');
  await SessionModel.deleteMany({ userId: user._id, kind: 'session' });
  ctx.audit({ kind: 'User', id: user._id, text: 'set a password' });
  return { email: user.email };
});

/** Whoever has waited longest goes next; two at once conflict in the store and one of them takes the next in line. */
export const nextAssigneeHandler = handles(
  nextAssignee,
  async (ctx, { roles, queue, among }) => {
    const path = turnOf(queue);
    const user = await UserModel.findOneAndUpdate(
      { ...(among ? { _id: { $in: among } } : { role: { $in: roles } }), active: true, absent: false },
      { $set: { [path]: ctx.id() } },
      { sort: { [path]: 1, _id: 1 }, returnDocument: 'after' },
    ).lean();
    return user ? { user: viewOf(user) } : {};
  },
  { apart: true },
);

export const upNextHandler = handles(upNext, async (_, { among, queue }) => {
  const user = await UserModel.findOne({ _id: { $in: among }, active: true, absent: false })
    .sort({ [turnOf(queue)]: 1, _id: 1 })
    .lean();
  return user ? { user: viewOf(user) } : {};
});

const changed = (ctx: Context, userId: string) =>
  ctx.emit(userChanged, { userId }, { kind: 'User', id: userId });
