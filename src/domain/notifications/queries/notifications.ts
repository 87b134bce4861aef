import { messageFields, recipients } from '../../../core/config-schema.ts';
import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { addMinutes } from '../../../core/zone.ts';
import { getLead, type LeadRef, listLeads, lookUpLeads } from '../../leads/contract.ts';
import { listNotifications, listRules, previewRule, ruleByKey } from '../contract.ts';
import { fieldsOf } from '../fields.ts';
import { NotificationModel } from '../model.ts';
import { callerOf } from '../people.ts';
import { currentRule } from '../settings.ts';
import { checkFields, fill, wording } from '../text.ts';

export const listNotificationsHandler = handles(listNotifications, async (ctx, { unread, cursor, limit }) => {
  const mine = { userId: ctx.actor.id };
  const filter = { ...mine, ...(unread && { read: false }) };
  const place = decodeCursor<[string]>(cursor);
  const rows = await NotificationModel.find({ ...filter, ...(place && { _id: { $lt: place[0] } }) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const items = rows
    .slice(0, limit)
    .map(({ _id, at, rule, title, text, leadId, link, buttons, popup, read }) => ({
      id: _id,
      at: at.toISOString(),
      rule,
      title,
      text,
      buttons,
      popup,
      read,
      ...(leadId && { leadId }),
      ...(link && { link }),
    }));
  return {
    items,
    total: await NotificationModel.countDocuments(filter),
    unread: await NotificationModel.countDocuments({ ...mine, read: false }),
    ...(rows.length > limit && { nextCursor: encodeCursor([items.at(-1)!.id]) }),
  };
});

export const listRulesHandler = handles(listRules, async (ctx) => {
  const items = [];
  for (const { key } of ctx.config.notifications) items.push((await currentRule(ctx, key))!);
  return { items, fields: Object.entries(messageFields).map(([name, about]) => ({ name, about })) };
});

export const ruleByKeyHandler = handles(
  ruleByKey,
  async (ctx, { key }) => {
    const rule = await currentRule(ctx, key);
    return rule ? { rule } : {};
  },
  { apart: true },
);

/** With a real lead of the asking person: the one named, else their newest. */
export const previewRuleHandler = handles(previewRule, async (ctx, { key, leadId, text, locale }) => {
  const rule = await currentRule(ctx, key);
  if (!rule) throw new AppError('record.not_found', { kind: 'notification rule', id: key });
  const spoken = locale ?? ctx.config.app.organisation.locale;
  const shown = text === undefined ? rule : { ...rule, text: { [spoken]: text }, staffText: undefined };
  checkFields([shown.text, shown.staffText]);
  const { lead, demoAt } = await example(ctx, leadId);
  const caller = await callerOf(ctx.asSystem('notifications'), lead);
  const at = demoAt ?? addMinutes(ctx.now(), 1440);
  const fields = fieldsOf(
    ctx,
    lead,
    caller?.name,
    { at, minutes: rule.leadMinutes?.[0] ?? 0, note: '' },
    shown.text[spoken] ? spoken : 'en',
  );
  const to = recipients.filter((recipient) => rule.to[recipient]);
  return {
    previews: to.map((recipient) => ({
      to: recipient,
      name:
        recipient === 'client'
          ? (lead?.name ?? '')
          : recipient === 'caller'
            ? (caller?.name ?? '')
            : recipient,
      text: fill(wording(shown, recipient, spoken), fields),
    })),
  };
});

async function example(ctx: Context, leadId?: string): Promise<{ lead?: LeadRef; demoAt?: Date }> {
  const seen = leadId
    ? await ctx.ask(getLead, { leadId })
    : (await ctx.ask(listLeads, { limit: 1 })).items[0];
  if (!seen) return {};
  const { items } = await ctx.asSystem('notifications').ask(lookUpLeads, { ids: [seen.id] });
  const when = seen.demoAt ?? seen.followUpAt;
  return { ...(items[0] && { lead: items[0] }), ...(when && { demoAt: new Date(when) }) };
}
