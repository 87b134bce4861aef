/** What happens → which tasks follow, by the organisation's rules. To add a cause: its name in the contract and a line here. */
import type { Context } from '../../core/context.ts';
import { isAmong } from '../../core/criteria.ts';
import { on } from '../../core/define.ts';
import type { DomainEvent } from '../../core/events.ts';
import { fillIn } from '../../core/fill.ts';
import { nextOpening } from '../../core/office.ts';
import { addMinutes, readableDate, readableTime } from '../../core/zone.ts';
import { appointmentCompleted, appointmentConfirmed, appointmentMissed } from '../appointments/contract.ts';
import { type LeadRef, leadAssigned, leadMoved, leadReengaged, lookUpLeads } from '../leads/contract.ts';
import { findUsers, type UserView } from '../staff/contract.ts';
import { ticketOpened } from '../tickets/contract.ts';
import { autoTask, type TaskCause, type TaskRule } from './contract.ts';
import { rulesNow } from './settings.ts';

type Fact = {
  leadId?: string;
  ticketId?: string;
  ownerId?: string;
  at?: Date;
  ticket?: string;
  subject?: string;
};

export const taskSubscribers = [
  on(leadAssigned, 'tasks.leadAssigned', async (ctx, event) => {
    if (event.payload.to) await follow(ctx, 'lead.assigned', event, { leadId: event.payload.leadId });
  }),
  on(leadReengaged, 'tasks.leadReengaged', (ctx, event) =>
    follow(ctx, 'lead.reengaged', event, { leadId: event.payload.leadId }),
  ),
  on(leadMoved, 'tasks.leadClosed', async (ctx, event) => {
    const { leadId, to, quiet } = event.payload;
    const [lead] = quiet ? [] : (await ctx.ask(lookUpLeads, { ids: [leadId] })).items;
    if (lead?.stage !== to || lead.stageKind === 'open') return;
    await follow(ctx, lead.stageKind === 'won' ? 'lead.won' : 'lead.lost', event, { leadId });
  }),
  on(appointmentConfirmed, 'tasks.appointmentConfirmed', (ctx, event) =>
    follow(ctx, 'appointment.confirmed', event, of(event.payload)),
  ),
  on(appointmentCompleted, 'tasks.appointmentCompleted', (ctx, event) =>
    follow(ctx, 'appointment.completed', event, of(event.payload)),
  ),
  on(appointmentMissed, 'tasks.appointmentMissed', (ctx, event) =>
    follow(ctx, 'appointment.missed', event, of(event.payload)),
  ),
  on(ticketOpened, 'tasks.ticketOpened', (ctx, event) => {
    const { ticketId, number, subject, assigneeId } = event.payload;
    return follow(ctx, 'ticket.opened', event, {
      ticketId,
      ticket: number,
      subject,
      ...(assigneeId && { ownerId: assigneeId }),
    });
  }),
];

const of = ({ leadId, startsAt }: { leadId?: string | undefined; startsAt: string }): Fact => ({
  at: new Date(startsAt),
  ...(leadId && { leadId }),
});

async function follow(ctx: Context, cause: TaskCause, event: DomainEvent, fact: Fact): Promise<void> {
  const rules = (await rulesNow(ctx)).filter(({ enabled, on: when }) => enabled && when === cause);
  if (!rules.length) return;
  const [lead] = fact.leadId ? (await ctx.ask(lookUpLeads, { ids: [fact.leadId] })).items : [];
  const [caller] = await people(ctx, { ids: [lead?.assigneeId ?? fact.ownerId ?? ''] });
  for (const rule of rules.filter(({ when }) => fits(when, lead))) {
    const { organisation } = ctx.config.app;
    const dueAt = nextOpening(
      addMinutes(nextOpening(ctx.now(), organisation), rule.dueMinutes),
      organisation,
    );
    const fields = fieldsOf(ctx, fact, lead, caller);
    for (const assigneeId of await whoseIs(ctx, rule, caller))
      await ctx.run(autoTask, {
        title: fillIn(rule.title, fields).slice(0, 200),
        assigneeId,
        by: rule.label,
        priority: rule.priority,
        dueAt: dueAt.toISOString(),
        key: `rule:${rule.key}:${event.id}:${assigneeId}`,
        ...(rule.note && { note: fillIn(rule.note, fields) }),
        ...(fact.leadId && { leadId: fact.leadId }),
        ...(fact.ticketId && { ticketId: fact.ticketId }),
      });
  }
}

const people = async (ctx: Context, which: { ids?: string[]; roles?: string[] }): Promise<UserView[]> =>
  (await ctx.ask(findUsers, which)).items;

/** Rules that look at leads are silent where there is none. */
function fits({ source, product }: TaskRule['when'], lead: LeadRef | undefined): boolean {
  return isAmong(source, lead?.source) && isAmong(product, lead?.product);
}

async function whoseIs(ctx: Context, { to }: TaskRule, caller: UserView | undefined): Promise<string[]> {
  if (typeof to === 'object') return [to.userId];
  if (to === 'caller') return caller ? [caller.id] : [];
  const own = caller?.managerId ? await people(ctx, { ids: [caller.managerId] }) : [];
  return (own.length ? own : await people(ctx, { roles: ['manager'] })).map(({ id }) => id);
}

function fieldsOf(ctx: Context, { at, ticket, subject }: Fact, lead?: LeadRef, caller?: UserView) {
  const { name: brand, timezone: zone, locale } = ctx.config.app.organisation;
  return {
    brand,
    BRAND: brand.toUpperCase(),
    name: lead?.name,
    phone: addressOf(lead),
    lead: lead && `#${lead.number}`,
    product: lead?.product,
    source: lead?.source,
    reason: lead?.lostReasonLabel,
    caller: caller?.name,
    ticket,
    subject,
    ...(at && { date: readableDate(at, zone, locale), time: readableTime(at, zone, locale) }),
  };
}

/** What is known for an address wherever it stands in a text, so that it is veiled for whoever may not see it. */
const addressOf = (lead?: LeadRef): string | undefined =>
  lead?.phone && /^\+\d{8,15}$/.test(lead.phone) ? lead.phone : lead?.email;
