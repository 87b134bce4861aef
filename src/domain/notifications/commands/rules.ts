import type { NotificationRule } from '../../../core/config-schema.ts';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { invalid } from '../../../core/validate.ts';
import { type RuleView, revertRule, ruleChanged, updateRule } from '../contract.ts';
import { addVersion, currentRule, ruleOfVersion } from '../settings.ts';
import { checkFields } from '../text.ts';

export const updateRuleHandler = handles(
  updateRule,
  async (ctx, { key, version: seen, to, text, staffText, channels, ...change }) => {
    const before = await currentRule(ctx, key);
    if (!before) throw new AppError('record.not_found', { kind: 'notification rule', id: key });
    if (seen !== undefined && seen !== before.version)
      throw new AppError('record.conflict', { kind: 'rule' });
    checkFields([text, staffText], before.about);
    const { version, changedBy: _, changedAt: __, channels: chosen, ...rule } = before;
    const words = merged(rule.text, text);
    const staffWords = merged(rule.staffText, staffText);
    if (!words) throw invalid('text', 'one language at least needs a text');
    const ways = channels === undefined ? chosen : channels;
    const { staffText: ___, ...rest } = rule;
    const next: NotificationRule = {
      ...rest,
      ...change,
      to: { ...rule.to, ...to },
      text: words,
      ...(staffWords && { staffText: staffWords }),
      ...(ways && Object.keys(ways).length > 0 && { channels: ways }),
    };
    return { rule: await keep(ctx, next, before) };
  },
);

export const revertRuleHandler = handles(revertRule, async (ctx, { key, version }) => {
  const before = await currentRule(ctx, key);
  if (!before) throw new AppError('record.not_found', { kind: 'notification rule', id: key });
  return { rule: await keep(ctx, await ruleOfVersion(ctx, key, version), before) };
});

/** An empty text takes its language away; undefined when none is left. */
function merged(
  before: Record<string, string> | undefined,
  change: Record<string, string> | undefined,
): Record<string, string> | undefined {
  const all = Object.entries({ ...before, ...change }).filter(([, words]) => words.trim());
  return all.length ? Object.fromEntries(all) : undefined;
}

async function keep(ctx: Context, rule: NotificationRule, before: RuleView): Promise<RuleView> {
  const after = await addVersion(ctx, rule, before.version);
  ctx.audit({
    kind: 'Setting',
    id: `notification:${rule.key}`,
    before,
    after,
    text: `changed the notice “${rule.label}”`,
    undo: { command: revertRule.name, input: { key: rule.key, version: before.version } },
  });
  ctx.emit(ruleChanged, {
    key: rule.key,
    leadMinutes: after.leadMinutes,
    at: after.at,
    before: { leadMinutes: before.leadMinutes, at: before.at },
  });
  return after;
}
