/** Support acts as a colleague: never with more than its own rights, for an hour, each act noted under both names. */
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { addMinutes } from '../../../core/zone.ts';
import { mayGive } from '../authority.ts';
import { impersonate } from '../contract-roles.ts';
import { SessionModel, UserModel } from '../model.ts';
import { rolesNow } from '../roles.ts';
import { hashSecret, newToken } from '../secrets.ts';

const minutes = 60;

export const impersonateHandler = handles(impersonate, async (ctx, { id, reason }) => {
  const user = await UserModel.findOne({
    $and: [{ _id: id, active: true }, ctx.scope('update', 'User')],
  }).lean();
  if (!user) throw new AppError('record.not_found', { kind: 'user', id });
  const { actor } = ctx;
  if (actor.kind !== 'user' || actor.impersonatedBy || id === actor.id)
    throw new AppError('auth.forbidden', { action: 'act as', subject: 'them' });
  await mayGive(ctx, (await rolesNow(ctx.config))[user.role]);
  const token = newToken();
  const expiresAt = addMinutes(ctx.now(), minutes);
  await SessionModel.create([
    {
      _id: hashSecret(token),
      userId: id,
      kind: 'session',
      by: { id: actor.id, name: actor.name },
      createdAt: ctx.now(),
      expiresAt,
    },
  ]);
  ctx.audit({ kind: 'User', id, after: { reason }, text: `began to act as ${user.name}: ${reason}` });
  return { token, expiresAt: expiresAt.toISOString(), name: user.name };
});
