import { clientWays, fieldsOfKind, messageFields, staffWays } from '../../../core/config-schema.ts';
import { handles } from '../../../core/define.ts';
import { listRules, ruleByKey } from '../contract.ts';
import { currentRule } from '../settings.ts';

/** Languages in which the product speaks; a rule may have a text in each. */
const locales = ['en', 'hi'];

export const listRulesHandler = handles(listRules, async (ctx) => {
  const items = [];
  for (const { key } of ctx.config.notifications) items.push((await currentRule(ctx, key))!);
  return {
    items,
    fields: Object.entries(messageFields).map(([name, about]) => ({ name, about })),
    fieldsOf: fieldsOfKind,
    locales,
    ways: { staff: [...staffWays], client: [...clientWays] },
  };
});

export const ruleByKeyHandler = handles(
  ruleByKey,
  async (ctx, { key }) => {
    const rule = await currentRule(ctx, key);
    return rule ? { rule } : {};
  },
  { apart: true },
);
