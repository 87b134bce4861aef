/** A rule's words with a real record that the asking person may see: the one named, else their newest. */
import { recipients } from '../../../core/config-schema.ts';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { addMinutes, readableMoment } from '../../../core/zone.ts';
import { getLead, type LeadRef, listLeads, lookUpLeads } from '../../leads/contract.ts';
import { getTask, listTasks, type TaskView } from '../../tasks/contract.ts';
import { getTicket, listTickets, type TicketView } from '../../tickets/contract.ts';
import { previewRule, type RuleView } from '../contract.ts';
import { type About, fieldsOf } from '../fields.ts';
import { fitsOf } from '../length.ts';
import { callerOf } from '../people.ts';
import { currentRule } from '../settings.ts';
import { checkFields, fill, wording } from '../text.ts';

type Example = { lead?: LeadRef; ownerId?: string; about: About; called?: string };

export const previewRuleHandler = handles(
  previewRule,
  async (ctx, { key, recordId, leadId, text, whose, locale }) => {
    const rule = await currentRule(ctx, key);
    if (!rule) throw new AppError('record.not_found', { kind: 'notification rule', id: key });
    const spoken = locale ?? ctx.config.app.organisation.locale;
    const shown = text === undefined ? rule : withWords(rule, text, spoken, whose);
    checkFields([shown.text, shown.staffText], rule.about);
    const { lead, ownerId, about, called } =
      rule.about === 'ticket'
        ? await exampleTicket(ctx, recordId)
        : rule.about === 'task'
          ? await exampleTask(ctx, recordId)
          : await exampleLead(ctx, rule, recordId ?? leadId);
    const caller = await callerOf(ctx.asSystem('notifications'), ownerId ? { assigneeId: ownerId } : lead);
    const fields = fieldsOf(ctx, lead, caller?.name, about, shown.text[spoken] ? spoken : 'en');
    const people = recipients.filter(
      (recipient) => rule.to[recipient] && (!whose || (recipient === 'client') === (whose === 'client')),
    );
    return {
      ...(called && { record: called }),
      previews: people.map((to) => {
        const words = fill(wording(shown, to, spoken), fields);
        const name =
          to === 'client' ? (lead?.name ?? about.name ?? '') : to === 'caller' ? (caller?.name ?? '') : to;
        return { to, name, text: words, fits: to === 'client' ? fitsOf(words) : [] };
      }),
    };
  },
);

function withWords(
  rule: RuleView,
  text: string,
  locale: string,
  whose?: 'client' | 'staff',
): Pick<RuleView, 'text' | 'staffText'> {
  const words = { [locale]: text };
  if (whose === 'staff') return { text: rule.text, staffText: words };
  return whose === 'client'
    ? { text: words, ...(rule.staffText && { staffText: rule.staffText }) }
    : { text: words };
}

async function exampleLead(ctx: Context, rule: RuleView, leadId?: string): Promise<Example> {
  const seen = leadId
    ? await ctx.ask(getLead, { leadId })
    : (await ctx.ask(listLeads, { limit: 1 })).items[0];
  const planned = seen?.demoAt ?? seen?.followUpAt;
  const about: About = {
    at: planned ? new Date(planned) : addMinutes(ctx.now(), 1440),
    minutes: rule.leadMinutes?.[0] ?? 0,
    note: '',
    ...(seen && { verdict: seen.verdict }),
  };
  if (!seen) return { about };
  const { items } = await ctx.asSystem('notifications').ask(lookUpLeads, { ids: [seen.id] });
  // No more of it than who asks may see.
  const { name, phone, email } = seen;
  return {
    about,
    called: `#${seen.number} ${name}`,
    ...(items[0] && { lead: { ...items[0], name, phone, email } }),
  };
}

async function exampleTicket(ctx: Context, ticketId?: string): Promise<Example> {
  const seen: TicketView | undefined = ticketId
    ? await ctx.ask(getTicket, { ticketId })
    : (await ctx.ask(listTickets, { limit: 1 })).items[0];
  if (!seen) return { about: { note: '' } };
  const { number, subject, name, assigneeId } = seen;
  return {
    about: { ticket: number, subject, note: '', name },
    called: `${number} ${subject}`,
    ...(assigneeId && { ownerId: assigneeId }),
  };
}

async function exampleTask(ctx: Context, taskId?: string): Promise<Example> {
  const seen: TaskView | undefined = taskId
    ? await ctx.ask(getTask, { taskId })
    : (await ctx.ask(listTasks, { limit: 1 })).items[0];
  if (!seen) return { about: { note: '' } };
  const { number: task, title: subject, initiator, assignee, dueAt, priority, note = '' } = seen;
  const { timezone, locale } = ctx.config.app.organisation;
  return {
    about: {
      task,
      subject,
      from: initiator.name,
      note,
      ...(dueAt && { due: `Due ${readableMoment(new Date(dueAt), timezone, locale)}.` }),
      ...((priority === 'urgent' || priority === 'high') && { priority: `Priority: ${priority}.` }),
    },
    called: `${task} ${subject}`,
    ...(assignee.id && { ownerId: assignee.id }),
  };
}
