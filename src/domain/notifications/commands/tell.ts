import { handles } from '../../../core/define.ts';
import { findUsers } from '../../staff/contract.ts';
import { tell } from '../contract.ts';
import { fieldsOf } from '../fields.ts';
import { NotificationModel } from '../model.ts';
import { raise } from '../raise.ts';
import { currentRule } from '../settings.ts';
import { fill, wording } from '../text.ts';

/** Where the organisation has a rule of that key, it says whether, by which ways, how soon and in which words. */
export const tellHandler = handles(tell, async (ctx, { userId, about, ...notice }) => {
  const [user] = (await ctx.ask(findUsers, { ids: [userId] })).items;
  if (!user || (await NotificationModel.exists({ key: notice.key }))) return { ok: true as const };
  const rule = about && (await currentRule(ctx, notice.rule));
  if (!rule) await raise(ctx, user, notice);
  else if (rule.enabled && rule.to.caller) {
    const { locale } = ctx.config.app.organisation;
    const text = fill(wording(rule, 'caller', locale), fieldsOf(ctx, undefined, about.caller, about, locale));
    await raise(ctx, user, {
      ...notice,
      text: text || notice.text,
      channels: rule.channels?.caller,
      urgent: notice.urgent || rule.urgent,
      digest: rule.digest,
    });
  }
  return { ok: true as const };
});
