/** Quiet hours and digests as they stand: the organisation's and each person's. */
import type { NoticePolicy } from '../../core/config-schema.ts';
import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { PolicyView, PreferenceView } from './contract.ts';
import { PolicyVersionModel, PreferenceModel } from './model-settings.ts';

export async function currentPolicy(ctx: Context): Promise<PolicyView> {
  const newest = await ctx.once('notifications.policy', () =>
    PolicyVersionModel.findOne().sort({ version: -1 }).lean().exec(),
  );
  if (!newest) return { ...ctx.config.noticePolicy, version: 0 };
  const { policy, version, by, at } = newest;
  return { ...policy, version, changedBy: by, changedAt: at.toISOString() };
}

export async function addPolicy(ctx: Context, policy: NoticePolicy, after: number): Promise<PolicyView> {
  const version = after + 1;
  try {
    await PolicyVersionModel.create([{ _id: ctx.id(), version, policy, by: ctx.actor.name, at: ctx.now() }]);
  } catch (error) {
    if ((error as { code?: number }).code === 11000)
      throw new AppError('record.conflict', { kind: 'setting' });
    throw error;
  }
  return { ...policy, version, changedBy: ctx.actor.name, changedAt: ctx.now().toISOString() };
}

const usual: PreferenceView = { digest: 'asSet', off: [] };

/** Few have set any: all are read at once, not one for each who is told. */
export async function preferenceOf(ctx: Context, userId: string): Promise<PreferenceView> {
  const all = await ctx.once('notifications.preferences', () => PreferenceModel.find().lean().exec());
  const set = all.find(({ _id }) => _id === userId);
  if (!set) return usual;
  const { quiet, digest, off } = set;
  return { digest, off: off as PreferenceView['off'], ...(quiet && { quiet }) };
}
