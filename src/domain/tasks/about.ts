/** What a task is about: checked by the rights of whoever gives it, named only to those who may see it. */
import type { Context } from '../../core/context.ts';
import { isAppError } from '../../core/errors.ts';
import { addToTimeline, getContact } from '../contacts/contract.ts';
import { getLead, lookUpLeads } from '../leads/contract.ts';
import { getTicket } from '../tickets/contract.ts';
import type { taskSubjects } from './contract.ts';
import type { TaskDocument } from './model.ts';

type About = { kind: (typeof taskSubjects)[number]; id: string };
type Named = Pick<TaskDocument, 'leadId' | 'contactId' | 'ticketId'>;

export function aboutOf({ leadId, contactId, ticketId }: Named): About | undefined {
  if (leadId) return { kind: 'lead', id: leadId };
  if (ticketId) return { kind: 'ticket', id: ticketId };
  return contactId ? { kind: 'contact', id: contactId } : undefined;
}

/** By the record's own id, which may have been said by its number. @throws record.not_found for what the giver may not see */
export async function checkAbout(ctx: Context, { leadId, contactId, ticketId }: Named): Promise<Named> {
  if (leadId) return { leadId: (await ctx.ask(getLead, { leadId })).id };
  if (ticketId) return { ticketId: (await ctx.ask(getTicket, { ticketId })).id };
  if (contactId) return { contactId: (await ctx.ask(getContact, { contactId })).id };
  return {};
}

type Label = { label: string; link?: string };

/** Of leads in one look; tickets and contacts are rare on one page. */
export async function labelsOf(ctx: Context, tasks: TaskDocument[]): Promise<Map<string, Label>> {
  const abouts = new Map(
    tasks.flatMap((task) => {
      const about = aboutOf(task);
      return about ? [[about.id, about] as const] : [];
    }),
  );
  const labels = new Map<string, Label>();
  const ids = [...abouts.values()].filter(({ kind }) => kind === 'lead').map(({ id }) => id);
  if (ids.length) {
    const { items } = await ctx.asSystem('tasks').ask(lookUpLeads, { ids });
    for (const lead of items)
      if (ctx.can('read', 'Lead', { ...lead, assigneeId: lead.assigneeId ?? null }))
        labels.set(lead.id, { label: `#${lead.number} ${lead.name}`, link: `/leads/${lead.id}` });
  }
  for (const { kind, id } of abouts.values()) {
    const label = kind === 'lead' ? undefined : await labelOf(ctx, kind, id);
    if (label) labels.set(id, label);
  }
  return labels;
}

async function labelOf(ctx: Context, kind: About['kind'], id: string): Promise<Label | undefined> {
  try {
    if (kind === 'ticket') {
      const { number, subject } = await ctx.ask(getTicket, { ticketId: id });
      return { label: `${number} ${subject}`, link: `/tickets/${id}` };
    }
    const { name, phone, email } = await ctx.ask(getContact, { contactId: id });
    return { label: name || phone || email || 'A customer' };
  } catch (error) {
    // Not for the eyes of whoever asks, or gone: the task stays without a name for it.
    if (isAppError(error) && ['record.not_found', 'auth.forbidden'].includes(error.code)) return undefined;
    throw error;
  }
}

/** On the customer's own timeline stands that there is a task and what came of it. */
export async function onTimeline(
  ctx: Context,
  task: TaskDocument,
  what: string,
  text?: string,
): Promise<void> {
  const of = await customerOf(ctx, aboutOf(task));
  if (!of) return;
  await ctx.asSystem('tasks').run(addToTimeline, {
    ...of,
    kind: 'task',
    by: ctx.actor.kind === 'user' ? ctx.actor.name : task.initiatorName,
    title: `Task T${task.number} ${what}: ${task.title}`.slice(0, 300),
    ...(text && { text }),
  });
}

async function customerOf(
  ctx: Context,
  about?: About,
): Promise<{ contactId: string; leadId?: string } | undefined> {
  const system = ctx.asSystem('tasks');
  if (about?.kind === 'contact') return { contactId: about.id };
  if (about?.kind === 'ticket')
    return { contactId: (await system.ask(getTicket, { ticketId: about.id })).contactId };
  const [lead] = about ? (await system.ask(lookUpLeads, { ids: [about.id] })).items : [];
  return lead && { contactId: lead.contactId, leadId: lead.id };
}
