/** Tells whoever a rule names: staff in the application and in their linked chats, the client where they wrote to us. */
import { mailAccount } from '../../core/config.ts';
import type { Context } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import type { CardButton } from '../../core/messaging.ts';
import { addToTimeline, getContact } from '../contacts/contract.ts';
import { deliverNotice, getConversation, reachContact, sendMessage } from '../conversations/contract.ts';
import { type LeadRef, lookUpLeads } from '../leads/contract.ts';
import type { RuleView } from './contract.ts';
import { type About, fieldsOf } from './fields.ts';
import { callerOf, type StaffRecipient, staffFor } from './people.ts';
import { raise } from './raise.ts';
import { currentRule } from './settings.ts';
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
  /** Whoever did it knows: for what is only of use to others. */
  notToAuthor?: boolean;
};
type Telling = { rule: RuleView; event: DomainEvent; notice: Notice; lead?: LeadRef; callerName?: string };

export async function notify(ctx: Context, key: string, event: DomainEvent, notice: Notice): Promise<void> {
  const rule = await currentRule(ctx, key);
  if (!rule?.enabled) return;
  const lead = notice.leadId ? (await ctx.ask(lookUpLeads, { ids: [notice.leadId] })).items[0] : undefined;
  const owner = notice.ownerId ? { assigneeId: notice.ownerId } : lead;
  const caller = await callerOf(ctx, owner);
  const telling: Telling = {
    rule,
    event,
    notice,
    ...(lead && { lead }),
    ...(caller && { callerName: caller.name }),
  };
  for (const recipient of await staffFor(ctx, rule.to, owner)) {
    if (!(notice.notToAuthor && recipient.user.id === event.actorId))
      await tellStaff(ctx, telling, recipient);
  }
  const contactId = notice.contactId ?? lead?.contactId;
  if (rule.to.client && contactId && !notice.notToClient) await tellClient(ctx, telling, contactId);
}

async function tellStaff(ctx: Context, telling: Telling, { as, user }: StaffRecipient): Promise<void> {
  const { rule, event, notice, lead, callerName } = telling;
  const { locale } = ctx.config.app.organisation;
  const of = lead ? `#${lead.number} ${lead.name}` : notice.ticket;
  await raise(ctx, user, {
    key: `${event.id}:${rule.key}:${user.id}`,
    rule: rule.key,
    title: of ? `${rule.label}: ${of}` : rule.label,
    text: fill(wording(rule, as, locale), fieldsOf(ctx, lead, callerName, notice, locale)),
    leadId: lead?.id,
    link: notice.link ?? (lead && `/leads/${lead.id}`),
    buttons: notice.buttons,
    popup: notice.popup,
  });
}

/** Where they wrote last; by mail if they never wrote and left an address; else it is said on the timeline that we could not. */
async function tellClient(
  ctx: Context,
  { rule, event, notice, lead, callerName }: Telling,
  contactId: string,
): Promise<void> {
  const conversation = notice.conversationId
    ? await ctx.ask(getConversation, { conversationId: notice.conversationId })
    : (await ctx.ask(reachContact, { contactId })).conversation;
  const locale = conversation?.language ?? ctx.config.app.organisation.locale;
  const used = rule.text[locale] ? locale : 'en';
  const text = fill(wording(rule, 'client', locale), fieldsOf(ctx, lead, callerName, notice, used));
  const dedupeKey = `${event.id}:${rule.key}:${contactId}`;
  if (conversation) {
    await ctx.run(sendMessage, {
      conversationId: conversation.id,
      purpose: 'utility',
      content: { kind: 'text', text },
      dedupeKey,
    });
    return;
  }
  const contact = await ctx.ask(getContact, { contactId });
  const mail = mailAccount(ctx.config);
  if (contact.email && mail) {
    const subject = `${ctx.config.app.organisation.name}: ${rule.label}`;
    await ctx.run(deliverNotice, {
      channel: mail.channel,
      account: mail.id,
      to: contact.email,
      purpose: 'utility',
      content: { kind: 'text', text, subject },
      dedupeKey,
    });
    return;
  }
  await ctx.run(addToTimeline, {
    contactId,
    ...(lead && { leadId: lead.id }),
    kind: 'note',
    by: 'System',
    ref: dedupeKey,
    title: `Not sent to the client, who has written on no channel and left no e-mail: ${rule.label}`,
    text,
  });
}
