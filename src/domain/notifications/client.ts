/** Tells a client by the first way that reaches them; where none does, it is said on the timeline. */
import { type Config, customerAccount, mailAccount } from '../../core/config.ts';
import { type NoticeWay, usualWays } from '../../core/config-schema.ts';
import type { Context } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import type { MediaRef } from '../../core/messaging.ts';
import { addToTimeline, type ContactView, getContact } from '../contacts/contract.ts';
import { getConversation, isSpoken, reachContact } from '../conversations/contract.ts';
import type { LeadRef } from '../leads/contract.ts';
import type { RuleView } from './contract.ts';
import { deliver, dropped } from './deliver.ts';
import { type About, fieldsOf } from './fields.ts';
import type { Send } from './model-delivery.ts';
import { waitOf } from './raise.ts';
import { fill, wording } from './text.ts';

type Way = {
  channel: string;
  account: string;
  to: string;
  conversationId?: string;
  locale?: string | undefined;
};
export type ToClient = {
  rule: RuleView;
  event: DomainEvent;
  notice: About & { conversationId?: string; link?: string; attach?: MediaRef };
  lead?: LeadRef | undefined;
  callerName?: string | undefined;
};

export async function tellClient(ctx: Context, telling: ToClient, contactId: string): Promise<void> {
  const { rule, event, notice, lead, callerName } = telling;
  const way = await firstWay(ctx, contactId, rule.channels?.client, notice.conversationId);
  const locale = way?.locale ?? ctx.config.app.organisation.locale;
  const used = rule.text[locale] ? locale : 'en';
  const text = fill(wording(rule, 'client', locale), fieldsOf(ctx, lead, callerName, notice, used));
  const dedupeKey = `${event.id}:${rule.key}:${contactId}`;
  const name = lead?.name ?? notice.name;
  const one = {
    recipient: `client:${contactId}`,
    rule: rule.key,
    title: `${ctx.config.app.organisation.name}: ${rule.label}`,
    text,
    ...(name && { name }),
    ...(lead && { leadId: lead.id, link: `/leads/${lead.id}` }),
    ...(notice.link && { link: notice.link }),
    ...(notice.at && { about: notice.at }),
  };
  if (!way) return unreached();
  const { locale: _, conversationId, ...address } = way;
  const send: Send = {
    purpose: 'utility',
    content: {
      ...(way.channel === 'email' && notice.attach
        ? { kind: 'media', media: notice.attach, caption: text }
        : { kind: 'text', text }),
      ...(way.channel === 'email' && !conversationId && { subject: one.title }),
    },
    dedupeKey,
    ...(conversationId && { conversationId }),
  };
  const wait = await waitOf(ctx, { urgent: rule.urgent, about: notice.at });
  await deliver(ctx, { ...one, ...address, send }, wait);

  async function unreached(): Promise<void> {
    const reason = rule.channels?.client
      ? `cannot be reached by ${rule.channels.client.join(' or ')}`
      : 'has written on no channel and left no e-mail';
    dropped(
      ctx,
      {
        ...one,
        channel: 'none',
        account: '',
        to: '',
        send: { purpose: 'utility', content: { kind: 'text', text }, dedupeKey },
      },
      `Not sent: the client ${reason}.`,
    );
    await ctx.run(addToTimeline, {
      contactId,
      ...(lead && { leadId: lead.id }),
      kind: 'note',
      by: 'System',
      ref: dedupeKey,
      title: `Not sent to the client, who ${reason}: ${rule.label}`,
      text,
    });
  }
}

/** What belongs to a conversation is said there, whatever is chosen. */
async function firstWay(
  ctx: Context,
  contactId: string,
  chosen: NoticeWay[] = usualWays.client,
  conversationId?: string,
): Promise<Way | undefined> {
  const talk = conversationId && (await ctx.ask(getConversation, { conversationId }));
  if (talk && !isSpoken(talk.channel)) return inConversation(talk);
  let contact: ContactView | undefined;
  for (const way of chosen) {
    const channel = way === 'conversation' ? undefined : way;
    const { conversation } = await ctx.ask(reachContact, { contactId, channel });
    if (conversation) return inConversation(conversation);
    contact ??= channel && (await ctx.ask(getContact, { contactId }));
    const direct = contact && directly(ctx.config, contact, channel);
    if (direct) return direct;
  }
  return undefined;
}

const inConversation = (talk: {
  id: string;
  channel: string;
  account: string;
  thread: string;
  language?: string | undefined;
}): Way => ({
  channel: talk.channel,
  account: talk.account,
  to: talk.thread,
  conversationId: talk.id,
  locale: talk.language,
});

/** Mail and SMS reach whoever never wrote to us; WhatsApp takes nothing from strangers but templates. */
function directly(config: Config, { email, phone }: ContactView, channel?: string): Way | undefined {
  if (channel === 'email') {
    const account = email ? mailAccount(config) : undefined;
    return account && { channel, account: account.id, to: email! };
  }
  if (channel === 'sms') {
    const account = phone ? customerAccount(config, 'sms') : undefined;
    return account && { channel, account: account.id, to: phone! };
  }
  return undefined;
}
