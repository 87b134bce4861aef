/** Tells whoever a rule names: staff in the application and in their linked chats, the client where they wrote to us. */
import type { Context } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import type { CardButton, MediaRef } from '../../core/messaging.ts';
import { type LeadRef, lookUpLeads } from '../leads/contract.ts';
import { tellClient } from './client.ts';
import type { RuleView } from './contract.ts';
import { type About, fieldsOf } from './fields.ts';
import { callerOf, callersAhead, type StaffRecipient, staffFor } from './people.ts';
import { raise } from './raise.ts';
import { currentRule } from './settings.ts';
import { maskOf } from './shown.ts';
import { fill, wording } from './text.ts';

export type Notice = About & {
  leadId?: string;
  contactId?: string;
  /** The conversation that it belongs to; absent: where the client wrote last. */
  conversationId?: string;
  /** Whose it is where there is no lead. */
  ownerId?: string;
  /** The client knows already. */
  notToClient?: boolean;
  buttons?: CardButton[];
  /** Where in the console it is to be seen; absent: on the lead's card. */
  link?: string;
  popup?: boolean;
  /** Goes to the client with a mail; other channels do not take every file. */
  attach?: MediaRef;
  /** What it tells is not all of the caller's own. */
  notToCaller?: boolean;
  /** Whoever did it knows: for what is only of use to others. */
  notToAuthor?: boolean;
};
type Telling = { rule: RuleView; event: DomainEvent; notice: Notice; lead?: LeadRef; callerName?: string };

export async function notify(ctx: Context, key: string, event: DomainEvent, notice: Notice): Promise<void> {
  const rule = await currentRule(ctx, key);
  if (!rule?.enabled) return;
  const lead = notice.leadId ? await leadOf(ctx, notice.leadId) : undefined;
  const owner = notice.ownerId ? { assigneeId: notice.ownerId } : lead;
  const caller = await callerOf(ctx, owner);
  const telling: Telling = {
    rule,
    event,
    notice,
    ...(lead && { lead }),
    ...(caller && { callerName: caller.name }),
  };
  for (const recipient of await staffFor(
    ctx,
    notice.notToCaller ? { ...rule.to, caller: false } : rule.to,
    owner,
  )) {
    if (!(notice.notToAuthor && recipient.user.id === event.actorId))
      await tellStaff(ctx, telling, recipient);
  }
  const contactId = notice.contactId ?? lead?.contactId;
  if (rule.to.client && contactId && !notice.notToClient) await tellClient(ctx, telling, contactId);
}

/** Leads and callers of many notices of this transaction, read in one go. */
export async function readAhead(ctx: Context, leadIds: string[]): Promise<void> {
  const ids = [...new Set(leadIds)];
  const { items } = await ctx.ask(lookUpLeads, { ids });
  const known = await ahead(ctx);
  for (const lead of items) known.set(lead.id, lead);
  await callersAhead(ctx, [...new Set(items.flatMap(({ assigneeId }) => assigneeId ?? []))]);
}
const ahead = (ctx: Context) => ctx.once('notifications.ahead', async () => new Map<string, LeadRef>());

const leadOf = async (ctx: Context, id: string): Promise<LeadRef | undefined> =>
  (await ahead(ctx)).get(id) ?? (await ctx.ask(lookUpLeads, { ids: [id] })).items[0];

async function tellStaff(ctx: Context, telling: Telling, { as, user }: StaffRecipient): Promise<void> {
  const { rule, event, notice, lead, callerName } = telling;
  const { locale } = ctx.config.app.organisation;
  const shown = (await maskOf(ctx, user))?.shown(lead) ?? lead;
  const of = lead ? `#${lead.number} ${lead.name}` : notice.ticket;
  await raise(ctx, user, {
    key: `${event.id}:${rule.key}:${user.id}`,
    rule: rule.key,
    title: of ? `${rule.label}: ${of}` : rule.label,
    text: fill(wording(rule, as, locale), fieldsOf(ctx, shown, callerName, notice, locale)),
    leadId: lead?.id,
    link: notice.link ?? (lead && `/leads/${lead.id}`),
    buttons: notice.buttons,
    popup: notice.popup,
    channels: rule.channels?.[as],
    urgent: rule.urgent,
    digest: rule.digest,
    about: notice.at,
  });
}
