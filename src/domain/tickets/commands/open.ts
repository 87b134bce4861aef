import type { z } from 'zod';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { getContact, identifyContact } from '../../contacts/contract.ts';
import { getConversation, linkContact } from '../../conversations/contract.ts';
import { listAssignees, nextAssignee } from '../../staff/contract.ts';
import { ticketCard } from '../card.ts';
import { openTicket, ticketOpened } from '../contract.ts';
import { afterWorkingMinutes } from '../deadline.ts';
import { log, onTimeline } from '../log.ts';
import { type TicketDocument, TicketModel } from '../model.ts';
import { keyOf, nextNumber } from '../number.ts';
import { addressKeys, keysOf } from '../proof.ts';
import { machine, priorityFor, rankOf, searchTokens, subjectOf } from '../rules.ts';
import { about, subjectFor, viewById } from '../view.ts';
import { giveContact, whoseTurn } from '../whose.ts';
import { addWords } from './customer.ts';

type Input = z.output<typeof openTicket.input>;

export const openTicketHandler = handles(
  openTicket,
  async (ctx, input) => {
    const talk = input.conversationId
      ? await ctx.ask(getConversation, { conversationId: input.conversationId })
      : undefined;
    const before = !input.another && talk && (await openIn(talk.id));
    if (before) return answer(ctx, (await addWords(ctx, before, input.description)) ?? before, true);

    const person = await identify(ctx, input, talk);
    const ticket = await draft(ctx, input, person, talk);
    await TicketModel.create([ticket]);
    if (talk && talk.contactId !== person.id)
      await ctx.asSystem('tickets').run(linkContact, { conversationId: talk.id, contactId: person.id });
    if (ticket.assigneeId && !person.assigneeId) await giveContact(ctx, ticket);
    await tell(ctx, ticket, input.told);
    return answer(ctx, ticket, false);
  },
  { present: ({ ticket }, at) => ({ cards: [ticketCard(ticket, at)] }) },
);

const openIn = (conversationId: string): Promise<TicketDocument | null> =>
  TicketModel.findOne({ conversationId, active: true }).sort({ openedAt: -1 }).lean<TicketDocument>();

async function answer(ctx: Context, { _id }: TicketDocument, added: boolean) {
  const ticket = await viewById(ctx, _id);
  const { id: ticketId, number, status, priority } = ticket;
  return { ticketId, number, status, priority, added, ticket };
}

type Talk = z.output<typeof getConversation.output>;
type Person = { id: string; name: string; phone?: string; email?: string; assigneeId?: string };

/** Who it is from. Registered or not (M121): whoever is not known yet becomes a contact. */
async function identify(ctx: Context, input: Input, talk?: Talk): Promise<Person> {
  if (input.contactId) {
    const { id, name, phone, email, assigneeId } = await ctx.ask(getContact, { contactId: input.contactId });
    return { id, name, ...(phone && { phone }), ...(email && { email }), ...(assigneeId && { assigneeId }) };
  }
  const { name = talk?.name, phone, email } = input;
  const system = ctx.asSystem('tickets');
  const found = await system.run(identifyContact, {
    identities: talk?.identities ?? [],
    ...(talk?.contactId && { contactId: talk.contactId }),
    ...(name && { name }),
    ...(phone && { phone }),
    ...(email && { email }),
  });
  const contact = await system.ask(getContact, { contactId: found.contactId });
  return {
    id: found.contactId,
    name: name ?? found.name ?? contact.name,
    ...(found.phone && { phone: found.phone }),
    ...(found.email && { email: found.email }),
    ...(contact.assigneeId && { assigneeId: contact.assigneeId }),
  };
}

async function draft(ctx: Context, input: Input, person: Person, talk?: Talk): Promise<TicketDocument> {
  const { tickets, organisation } = ctx.config.app;
  const now = ctx.now();
  const subject = input.subject ?? subjectOf(input.description);
  const priority = input.priority ?? priorityFor(input.urgency, input.kind);
  const assignee = await whoseTurn(ctx, await wanted(ctx, input.assigneeId), person.assigneeId);
  const number = await nextNumber(tickets.pattern, now, organisation.timezone);
  const categories = tickets.categories.map(({ key }) => key);
  const known = {
    name: person.name,
    ...(person.phone && { phone: person.phone }),
    ...(person.email && { email: person.email }),
  };
  return {
    _id: ctx.id(),
    number,
    key: keyOf(number),
    kind: input.kind,
    subject,
    description: input.description,
    category: input.category && categories.includes(input.category) ? input.category : categories.at(-1)!,
    status: machine.initial,
    active: true,
    priority,
    rank: rankOf(priority),
    contactId: person.id,
    ...known,
    ...(input.product && { product: input.product }),
    ...(talk && { conversationId: talk.id, channel: talk.channel }),
    keys: [
      ...new Set([
        ...keysOf(talk?.identities ?? [], organisation.country),
        ...addressKeys(known, organisation.country),
      ]),
    ],
    assigneeId: assignee?.id ?? null,
    teamIds: assignee?.teamIds ?? [],
    openedAt: now,
    updatedAt: now,
    movedAt: now,
    dueAt: afterWorkingMinutes(now, tickets.resolveHours[priority] * 60, organisation),
    search: searchTokens({ number, subject, ...known }),
  };
}

/** Who may not assign opens tickets for themselves. */
async function wanted(ctx: Context, assigneeId?: string): Promise<string | undefined> {
  if (ctx.actor.kind === 'system') return assigneeId;
  if (!ctx.can('assign', 'Ticket')) return ctx.actor.id;
  if (!assigneeId && ctx.can('read', 'User', { _id: '', teamIds: [] })) return undefined;
  const { items } = await ctx.ask(listAssignees, {});
  if (!assigneeId) {
    const among = items.map(({ id }) => id).filter((id) => id !== ctx.actor.id);
    const next = await ctx.asSystem('tickets').run(nextAssignee, { queue: 'tickets', among });
    return next.user?.id ?? ctx.actor.id;
  }
  if (!items.some(({ id }) => id === assigneeId))
    throw new AppError('user.cannot_assign_to', { name: 'them' });
  return assigneeId;
}

async function tell(ctx: Context, ticket: TicketDocument, told: boolean): Promise<void> {
  const by = ctx.actor.kind === 'user' ? ctx.actor.name : ticket.name || 'Customer';
  await log(ctx, ticket._id, { kind: 'opened', title: 'Opened', text: ticket.description, by });
  await onTimeline(ctx, ticket, 'opened', ticket.subject);
  const { subject, priority, assigneeId } = ticket;
  ctx.emit(
    ticketOpened,
    { ...about(ticket), subject, priority, told, ...(assigneeId && { assigneeId }) },
    subjectFor(ticket),
  );
  ctx.audit({
    kind: 'Ticket',
    id: ticket._id,
    after: { subject, priority, status: ticket.status },
    text: `opened ticket ${ticket.number}`,
  });
}
