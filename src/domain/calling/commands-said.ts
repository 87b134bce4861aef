import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import type { Form } from '../../core/messaging.ts';
import { readableMoment } from '../../core/zone.ts';
import { logCall, outcomeLabels, saidOutcomes } from '../activities/contract.ts';
import { bookAppointment } from '../appointments/contract.ts';
import { findLeads, getLead, type LeadView, leadByNumber, updateLead } from '../leads/contract.ts';
import { saidCards } from './card.ts';
import { logSaid, understandCall } from './contract.ts';
import { readCall, type Said } from './said/read.ts';

const longestNote = 2000;

export const understandCallHandler = handles(
  understandCall,
  async (ctx, { said, leadId }) => {
    const { timezone: zone, currency, locale } = ctx.config.app.organisation;
    const read = readCall(said, { now: ctx.now(), zone, currency });
    const { lead, leads } = await whom(ctx, read, leadId);
    const { outcome, at, demoAt, calledAt, budget } = read;
    const when = ({ value }: { value: Date }) => readableMoment(value, zone, locale);
    const note = said.slice(0, longestNote);
    return {
      said,
      leads: leads.map(({ id, number, name, stageLabel }) => ({ id, number, name, stageLabel })),
      ...(lead && { lead: { id: lead.id, number: lead.number, name: lead.name } }),
      input: {
        note,
        ...(lead && { leadId: lead.id }),
        ...(outcome && { outcome: outcome.value }),
        ...(at && { at: at.value.toISOString() }),
        ...(demoAt && { demoAt: demoAt.value.toISOString() }),
        ...(calledAt && { calledAt: calledAt.value.toISOString() }),
        ...(budget && { budget: budget.value }),
      },
      understood: [
        ...(lead
          ? [
              {
                field: 'lead' as const,
                label: 'Lead',
                value: `#${lead.number} ${lead.name}`,
                words: read.leadNumber?.words ?? read.name ?? '',
              },
            ]
          : []),
        ...(outcome
          ? [
              {
                field: 'outcome' as const,
                label: 'Outcome',
                value: outcomeLabels[outcome.value],
                words: outcome.words,
              },
            ]
          : []),
        ...(calledAt
          ? [{ field: 'calledAt' as const, label: 'Called', value: when(calledAt), words: calledAt.words }]
          : []),
        ...(at ? [{ field: 'at' as const, label: 'Call again', value: when(at), words: at.words }] : []),
        ...(demoAt
          ? [{ field: 'demoAt' as const, label: 'Demo', value: when(demoAt), words: demoAt.words }]
          : []),
        ...(budget
          ? [{ field: 'budget' as const, label: 'Budget', value: budget.value, words: budget.words }]
          : []),
        { field: 'note' as const, label: 'Note', value: note, words: note },
      ],
      open: openOf(read, lead, leads),
    };
  },
  { present: saidCards },
);

/** Whoever is meant, among those that the caller may see: by number, else by name if only one has it. */
async function whom(
  ctx: Context,
  { leadNumber, name }: Said,
  leadId?: string,
): Promise<{ lead?: LeadView; leads: LeadView[] }> {
  if (leadId) return { lead: await ctx.ask(getLead, { leadId }), leads: [] };
  if (leadNumber) return { lead: await ctx.ask(leadByNumber, { number: leadNumber.value }), leads: [] };
  if (!name) return { leads: [] };
  const { items } = await ctx.ask(findLeads, { search: name, limit: 10 });
  const open = items.filter(({ stageKind }) => stageKind === 'open');
  const fitting = open.length ? open : items;
  return fitting.length === 1 ? { lead: fitting[0]!, leads: [] } : { leads: fitting };
}

function openOf(read: Said, lead: LeadView | undefined, leads: LeadView[]) {
  const { name, outcome, at, unclear } = read;
  const open: { field: 'lead' | 'outcome' | 'at' | 'demoAt'; why: string; needed: boolean }[] = [];
  if (!lead && leads.length) open.push({ field: 'lead', why: `Which ${name}?`, needed: true });
  else if (!lead)
    open.push({
      field: 'lead',
      why: name ? `No lead of yours is called ${name}.` : 'With whom? Say #12 or a name.',
      needed: true,
    });
  const torn = unclear.some(({ field }) => field === 'outcome');
  if (!outcome && !torn) open.push({ field: 'outcome', why: 'What came of the call?', needed: true });
  if (outcome?.value === 'callback' && !at && !unclear.some(({ field }) => field === 'at'))
    open.push({ field: 'at', why: 'When do they want to be called?', needed: true });
  for (const { field, why } of unclear)
    open.push({
      field,
      why,
      needed: field === 'outcome' || (field === 'at' && outcome?.value === 'callback'),
    });
  return open;
}

/** All or nothing: a demo that cannot be booked leaves no half of the call behind. */
export const logSaidHandler = handles(
  logSaid,
  async (ctx, { leadId, demoAt, budget, ...call }) => {
    const logged = await ctx.run(logCall, { leadId, ...call });
    if (demoAt) await ctx.run(bookAppointment, { leadId, startsAt: demoAt });
    if (budget) await ctx.run(updateLead, { leadId, budget });
    return { ...logged, ...(demoAt && { demoAt }), ...(budget && { budget }) };
  },
  {
    present: ({ leadNumber, leadName, outcomeLabel, followUp, demoAt, budget }, { zone, locale }) => {
      const when = (iso: string) => readableMoment(new Date(iso), zone, locale);
      return {
        text: [
          `${outcomeLabel} logged for #${leadNumber} ${leadName}.`,
          followUp && `Next call: ${when(followUp.at)}.`,
          demoAt && `Demo: ${when(demoAt)}.`,
          budget && `Budget: ${budget}.`,
        ]
          .filter(Boolean)
          .join(' '),
        update: true,
      };
    },
    form,
  },
);

async function form(ctx: Context, partial: Record<string, unknown>): Promise<Form> {
  const lead = await ctx.ask(getLead, { leadId: String(partial.leadId) });
  const known = (name: string) => (typeof partial[name] === 'string' ? { value: partial[name] } : {});
  return {
    title: `Call with #${lead.number} ${lead.name}`.slice(0, 60),
    command: logSaid.name,
    fixed: { leadId: lead.id, ...(typeof partial.calledAt === 'string' && { calledAt: partial.calledAt }) },
    fields: [
      {
        name: 'outcome',
        label: 'Outcome',
        type: 'select',
        options: saidOutcomes.map((value) => ({ value, label: outcomeLabels[value] })),
        ...known('outcome'),
      },
      { name: 'at', label: 'Call again at', type: 'datetime', optional: true, ...known('at') },
      { name: 'demoAt', label: 'Demo at', type: 'datetime', optional: true, ...known('demoAt') },
      { name: 'budget', label: 'Budget', type: 'text', optional: true, ...known('budget') },
      { name: 'note', label: 'Note', type: 'longtext', optional: true, ...known('note') },
    ],
  };
}
