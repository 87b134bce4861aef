import { survivorOf } from '../../../core/aliases.ts';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { moneyText } from '../../../core/money.ts';
import { listAppointments } from '../../appointments/contract.ts';
import { listConversations } from '../../conversations/contract.ts';
import { getLead, type LeadView, lookUpLeads } from '../../leads/contract.ts';
import { listTickets } from '../../tickets/contract.ts';
import { type ComparedContact, checkContact, compareContacts, personFields } from '../contract-duplicates.ts';
import { ContactModel } from '../model.ts';
import { visible } from '../queries/contacts.ts';
import { viewOf } from '../view.ts';
import { contactOf } from './join.ts';
import { PairModel, pairId } from './pairs.ts';

const labels = { name: 'Name', phone: 'Phone', email: 'E-mail', city: 'City', company: 'Company' } as const;

/** Fields of a lead that a merge chooses of. */
export const leadFields = {
  stage: 'Status',
  product: 'Product',
  quantity: 'Quantity',
  budget: 'Budget',
  value: 'Worth',
  source: 'Source',
  medium: 'Medium',
  campaign: 'Campaign',
  industry: 'Industry',
  segment: 'Segment',
  size: 'Size',
} as const;

export const compareContactsHandler = handles(compareContacts, async (ctx, { keep, merge }) => {
  const sides = { keep: await sideOf(ctx, keep), merge: await sideOf(ctx, merge) };
  const [kept, gone] = [sides.keep.contact, sides.merge.contact];
  const pair = await PairModel.findById(pairId(kept.id, gone.id)).lean();
  return {
    ...sides,
    fields: personFields
      .map((field) => ({
        field,
        label: labels[field],
        same: (kept[field] ?? '').toLowerCase() === (gone[field] ?? '').toLowerCase(),
        ...(kept[field] && { keep: kept[field] }),
        ...(gone[field] && { merge: gone[field] }),
      }))
      .filter((row) => row.keep || row.merge),
    leadFields: Object.entries(leadFields).map(([field, label]) => ({ field, label })),
    mayMerge: kept.id !== gone.id && (await mayChange(ctx, [kept.id, gone.id])),
    ...(pair && { suspicion: { id: pair._id, score: pair.score, reasons: pair.reasons } }),
  };
});

/** @throws record.not_found for what is not there and for what the actor may not reach, alike. */
async function sideOf(ctx: Context, asked: string): Promise<ComparedContact> {
  const contactId = await survivorOf(asked);
  const contact = await visible(ctx, contactId).catch(hidden);
  if (!contact) throw new AppError('record.not_found', { kind: 'contact', id: asked });
  const { items: talks } = ctx.can('read', 'Conversation')
    ? await ctx.ask(listConversations, { contactId, limit: 100 })
    : { items: [] };
  const { items: demos } = ctx.can('read', 'Appointment')
    ? await ctx.ask(listAppointments, { contactId, limit: 100 })
    : { items: [] };
  const { items: cases } = ctx.can('read', 'Ticket')
    ? await ctx.ask(listTickets, { contactId, limit: 50 })
    : { items: [] };
  return {
    contact: viewOf(contact),
    leads: (await leadsOf(ctx, contactId)).map(leadSide),
    conversations: talks.map(({ id, channel, preview, lastMessageAt, optedOut }) => ({
      id,
      channel,
      preview,
      lastMessageAt,
      optedOut,
    })),
    appointments: demos.map(({ id, kind, status, startsAt }) => ({ id, kind, status, startsAt })),
    tickets: cases.map(({ id, number, subject, statusLabel }) => ({ id, number, subject, statusLabel })),
  };
}

/** The contact's leads that the asking person may see, newest first. */
export async function leadsOf(ctx: Context, contactId: string): Promise<LeadView[]> {
  if (!ctx.can('read', 'Lead')) return [];
  const { items } = await ctx.asSystem('contacts').ask(lookUpLeads, { contactIds: [contactId] });
  const seen: LeadView[] = [];
  for (const { id: leadId } of items.slice(0, 20)) {
    const lead = await ctx.ask(getLead, { leadId }).catch(hidden);
    if (lead) seen.push(lead);
  }
  return seen;
}

function hidden(error: unknown): undefined {
  if (error instanceof AppError && ['record.not_found', 'auth.forbidden'].includes(error.code))
    return undefined;
  throw error;
}

function leadSide(lead: LeadView): ComparedContact['leads'][number] {
  const { id, number, name, stage, stageLabel, stageKind, product, source, assigneeName, createdAt } = lead;
  const values = { ...lead, stage: stageLabel, value: lead.value && moneyText(lead.value) };
  return {
    ...{ id, number, name, stage, stageLabel, stageKind, source, createdAt },
    ...(product && { product }),
    ...(assigneeName && { assigneeName }),
    fields: Object.fromEntries(
      Object.keys(leadFields).flatMap((field) => {
        const value = values[field as keyof typeof leadFields];
        return value ? [[field, String(value)]] : [];
      }),
    ),
  };
}

/** Whether the actor may change every one of these contacts. */
export async function mayChange(ctx: Context, ids: string[]): Promise<boolean> {
  if (!ctx.can('update', 'Contact')) return false;
  const found = await ContactModel.countDocuments({
    $and: [{ _id: { $in: ids } }, ctx.scope('update', 'Contact')],
  });
  return found === new Set(ids).size;
}

/** @throws record.not_found */
export const checkContactHandler = handles(checkContact, async (ctx, { contactId }) => {
  if (!(await mayChange(ctx, [contactId])))
    throw new AppError('record.not_found', { kind: 'contact', id: contactId });
  return { contactId: (await contactOf(contactId))._id };
});
