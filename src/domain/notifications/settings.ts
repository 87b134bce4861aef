/** The rules as they stand: config/notifications.yaml, overridden by the newest version made in the console. */
import type { NotificationRule } from '../../core/config-schema.ts';
import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { RuleView } from './contract.ts';
import { RuleVersionModel } from './model.ts';

export async function currentRule(ctx: Context, key: string): Promise<RuleView | undefined> {
  const shipped = ctx.config.notifications.find((rule) => rule.key === key);
  const newest = shipped && (await newestVersion(ctx, key));
  if (!newest) return shipped && { ...shipped, version: 0 };
  return {
    // What a rule tells of is not the organisation's to choose; a version made before there were ways lacks some.
    ...{ urgent: shipped.urgent, digest: shipped.digest },
    ...newest.rule,
    key,
    about: shipped.about,
    version: newest.version,
    changedBy: newest.by,
    changedAt: newest.at.toISOString(),
  };
}

const newestVersion = (ctx: Context, key: string) =>
  ctx.once(`notifications.rule:${key}`, () =>
    RuleVersionModel.findOne({ key }).sort({ version: -1 }).lean().exec(),
  );

/** The rule of an earlier version; 0 is as shipped. */
export async function ruleOfVersion(ctx: Context, key: string, version: number): Promise<NotificationRule> {
  const rule =
    version === 0
      ? ctx.config.notifications.find((shipped) => shipped.key === key)
      : (await RuleVersionModel.findOne({ key, version }).lean())?.rule;
  if (!rule) throw new AppError('record.not_found', { kind: 'version', id: `${key} ${version}` });
  return rule;
}

export async function addVersion(ctx: Context, rule: NotificationRule, after: number): Promise<RuleView> {
  const version = after + 1;
  try {
    await RuleVersionModel.create([
      { _id: ctx.id(), key: rule.key, version, rule, by: ctx.actor.name, at: ctx.now() },
    ]);
  } catch (error) {
    if ((error as { code?: number }).code === 11000) throw new AppError('record.conflict', { kind: 'rule' });
    throw error;
  }
  return { ...rule, version, changedBy: ctx.actor.name, changedAt: ctx.now().toISOString() };
}
