/** What a customer may learn of tickets, and the proof it takes. */
import type { z } from 'zod';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { addDays } from '../../../core/zone.ts';
import { getContact, isContactProved } from '../../contacts/contract.ts';
import { getConversation } from '../../conversations/contract.ts';
import { openTicketOf, ticketStatus } from '../contract.ts';
import { type TicketDocument, TicketModel, TryModel } from '../model.ts';
import { keyOf, numberIn } from '../number.ts';
import { addressKeys, isSaid, isSender, keysOf, type Proof } from '../proof.ts';
import { statusLine } from '../words.ts';

const mostTries = 5;
const mostLines = 3;
const mostFound = 20;
const recentDays = 7;
const nothing = { found: false, count: 0 };

export const ticketStatusHandler = handles(ticketStatus, async (ctx, input) => {
  const asked = await proofOf(ctx, input);
  const { tickets, organisation } = ctx.config.app;
  const wanted =
    input.reference && numberIn(input.reference, tickets.pattern, ctx.now(), organisation.timezone);
  if (!wanted) return answer(ctx, await ownOf(ctx, asked), input.language);

  const ticket = await TicketModel.findOne({ key: keyOf(wanted) }).lean();
  const tries = await TryModel.findById(input.conversationId).lean();
  const mayTry = (tries?.count ?? 0) < mostTries;
  if (ticket && (isSender(ticket, asked) || (mayTry && (await isTheirs(ctx, ticket, asked)))))
    return answer(ctx, [ticket], input.language);
  await TryModel.updateOne(
    { _id: input.conversationId },
    { $inc: { count: 1 }, $set: { at: ctx.now() } },
    { upsert: true },
  );
  return nothing;
});

export const openTicketOfHandler = handles(openTicketOf, async (ctx, { conversationId }) => {
  const own = await ownOf(ctx, await proofOf(ctx, { conversationId }));
  const ticket = own.find(({ active }) => active);
  if (ticket) return { found: true, ticketId: ticket._id, number: ticket.number };
  const since = addDays(ctx.now(), -recentDays, ctx.config.app.organisation.timezone);
  const [done] = own.filter(({ status, movedAt }) => status === 'resolved' && movedAt > since);
  return done ? { found: false, recent: true, ticketId: done._id, number: done.number } : { found: false };
});

type Asked = Proof & {
  contactId?: string;
  identities: z.output<typeof getConversation.output>['identities'];
};

async function proofOf(
  ctx: Context,
  { conversationId, phone, email }: { conversationId: string; phone?: string; email?: string },
): Promise<Asked> {
  const { country } = ctx.config.app.organisation;
  const { identities, contactId } = await ctx.ask(getConversation, { conversationId });
  return {
    conversationId,
    identities,
    keys: keysOf(identities, country),
    said: addressKeys({ phone, email }, country),
    ...(contactId && { contactId }),
  };
}

/** Without an ID: what this conversation opened, and what was opened from the same address elsewhere. */
async function ownOf(ctx: Context, asked: Asked): Promise<TicketDocument[]> {
  const mine =
    asked.contactId && (await isContact(ctx, asked.contactId, asked)) ? asked.contactId : undefined;
  const found: TicketDocument[] = [];
  for (const condition of [
    { conversationId: asked.conversationId },
    { keys: { $in: asked.keys } },
    ...(mine ? [{ contactId: mine }] : []),
  ])
    found.push(...(await TicketModel.find(condition).sort({ openedAt: -1 }).limit(mostFound).lean()));
  return [...new Map(found.map((ticket) => [ticket._id, ticket])).values()].sort(
    (a, b) => Number(b.active) - Number(a.active) || b.openedAt.getTime() - a.openedAt.getTime(),
  );
}

const isContact = async (ctx: Context, contactId: string, { identities }: Asked): Promise<boolean> =>
  (await ctx.ask(isContactProved, { contactId, identities })).proved;

/** By what was said, or by an address that the customer got since the ticket was opened. */
async function isTheirs(ctx: Context, ticket: TicketDocument, asked: Asked): Promise<boolean> {
  const { identities, phone, email } = await ctx.ask(getContact, { contactId: ticket.contactId });
  const { country } = ctx.config.app.organisation;
  const own = identities.filter(({ scheme }) => scheme === 'phone' || scheme === 'email');
  const keys = [...ticket.keys, ...keysOf(own, country), ...addressKeys({ phone, email }, country)];
  return isSaid(keys, asked) || isContact(ctx, ticket.contactId, asked);
}

function answer(
  ctx: Context,
  tickets: TicketDocument[],
  language: string | undefined,
): z.input<typeof ticketStatus.output> {
  const [newest] = tickets;
  if (!newest) return nothing;
  const zone = ctx.config.app.organisation.timezone;
  const running = tickets.filter(({ active }) => active);
  const lines = (running.length ? running : tickets.slice(0, 1))
    .slice(0, mostLines)
    .map((ticket) =>
      statusLine({ number: ticket.number, status: ticket.status, since: ticket.movedAt }, language, zone),
    );
  const { _id: ticketId, number, status, active } = newest;
  return { found: true, count: tickets.length, ticketId, number, status, active, lines: lines.join('\n') };
}
