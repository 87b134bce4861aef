import type { NotificationRule } from '../../../core/config-schema.ts';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { type RuleView, revertRule, updateRule } from '../contract.ts';
import { addVersion, currentRule, ruleOfVersion } from '../settings.ts';
import { checkFields } from '../text.ts';

export const updateRuleHandler = handles(updateRule, async (ctx, { key, to, text, staffText, ...change }) => {
  const before = await currentRule(ctx, key);
  if (!before) throw new AppError('record.not_found', { kind: 'notification rule', id: key });
  checkFields([text, staffText]);
  const { version, changedBy: _, changedAt: __, ...rule } = before;
  const next: NotificationRule = {
    ...rule,
    ...change,
    to: { ...rule.to, ...to },
    text: { ...rule.text, ...text },
    ...((staffText || rule.staffText) && { staffText: { ...rule.staffText, ...staffText } }),
  };
  return { rule: await keep(ctx, next, before) };
});

export const revertRuleHandler = handles(revertRule, async (ctx, { key, version }) => {
  const before = await currentRule(ctx, key);
  if (!before) throw new AppError('record.not_found', { kind: 'notification rule', id: key });
  return { rule: await keep(ctx, await ruleOfVersion(ctx, key, version), before) };
});

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
  return after;
}
