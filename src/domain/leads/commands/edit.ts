import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import type { Money } from '../../../core/money.ts';
import { addToTimeline, updateContact } from '../../contacts/contract.ts';
import { recordEnquiry } from '../../enquiries/contract.ts';
import { findUsers, listAssignees, nextAssignee } from '../../staff/contract.ts';
import { createLead, leadChanged, leadSuspected, updateLead } from '../contract.ts';
import { tokensOf } from '../merge/fields.ts';
import { type LeadDocument, LeadModel } from '../model.ts';
import { readValue, valueIn } from '../value.ts';
import { reach, viewById, viewFor } from '../view.ts';

/** By hand, but the same check as every enquiry: what is known already does not become a second lead. */
export const createLeadHandler = handles(createLead, async (ctx, { assigneeId: wanted, ...input }) => {
  const assigneeId = await owner(ctx, wanted);
  const recorded = await ctx
    .asSystem('leads')
    .run(recordEnquiry, { ...input, ...(assigneeId && { assigneeId }) });
  const lead =
    recorded.leadId &&
    (await LeadModel.findOne({ $and: [{ _id: recorded.leadId }, ctx.scope('read', 'Lead')] }).lean());
  const { enquiryId, verdict, evidence } = recorded;
  if (verdict === 'new')
    ctx.audit({
      kind: 'Lead',
      id: recorded.leadId!,
      after: input,
      text: `added #${recorded.leadNumber} ${input.name}`,
    });
  if (!lead)
    return {
      enquiryId,
      verdict,
      evidence: evidence.map(({ rule, score }) => ({
        rule,
        score,
        text: 'It repeats a record of a colleague; they have been told.',
      })),
    };
  return { enquiryId, verdict, evidence, lead: await viewFor(ctx, lead) };
});

/** Tele-callers keep what they add; others may name somebody, or leave it to whose turn it is. */
async function owner(ctx: Context, wanted?: string): Promise<string | undefined> {
  if (ctx.actor.kind === 'system') return wanted;
  if (!wanted && !ctx.can('assign', 'Lead')) return ctx.actor.id;
  // Whoever reaches everybody leaves it to the organisation's rules; others to whose turn it is among their own.
  if (!wanted && ctx.can('read', 'User', { _id: '', teamIds: [] })) return undefined;
  const { items } = await ctx.ask(listAssignees, {});
  if (!wanted) {
    const among = items.map(({ id }) => id).filter((id) => id !== ctx.actor.id);
    return (await ctx.asSystem('leads').run(nextAssignee, { among })).user?.id ?? ctx.actor.id;
  }
  if (items.some(({ id }) => id === wanted)) return wanted;
  const { items: named } = await ctx.asSystem('leads').ask(findUsers, { ids: [wanted], activeOnly: false });
  throw new AppError('user.cannot_assign_to', { name: named[0]?.name ?? wanted });
}

const onContact = ['name', 'phone', 'email', 'city'] as const;

export const updateLeadHandler = handles(updateLead, async (ctx, { leadId, value, ...rest }) => {
  const lead = await reach(ctx, 'update', leadId);
  const fields = {
    ...rest,
    ...(value !== undefined && { value: value && readValue(ctx, value) }),
  };
  const { set, unset } = split(fields);
  const person = Object.fromEntries(
    onContact.filter((field) => set[field]).map((field) => [field, set[field]]),
  );
  if (Object.keys(person).length) {
    // What the client tells the bot is never refused: if it is somebody else's too, that is a duplicate to be told of.
    const lenient = ctx.actor.kind === 'system';
    const { contact, taken } = await ctx
      .asSystem('leads')
      .run(updateContact, { contactId: lead.contactId, ...person, lenient });
    if (person.phone && !taken.some(({ scheme }) => scheme === 'phone')) set.phone = contact.phone;
    for (const other of taken) await suspect(ctx, lead, other);
  }
  const search = tokensOf({ ...lead, ...set } as LeadDocument, lead.also ?? []);
  await LeadModel.updateOne(
    { _id: leadId },
    {
      $set: { ...set, ...worth(set.value), search, lastActivityAt: ctx.now() },
      ...(Object.keys(unset).length && { $unset: unset }),
    },
  );
  const before = Object.fromEntries(
    Object.keys(fields).map((key) => [
      key,
      (key === 'value' ? valueIn(lead) : lead[key as keyof LeadDocument]) ?? null,
    ]),
  );
  const undoable = !Object.entries(before).some(([key, value]) => value === null && !nullable.has(key));
  ctx.emit(leadChanged, { leadId }, { kind: 'Lead', id: leadId });
  ctx.audit({
    kind: 'Lead',
    id: leadId,
    before,
    after: fields,
    text: `changed #${lead.number}`,
    ...(undoable && { undo: { command: updateLead.name, input: { leadId, ...before } } }),
  });
  return { lead: await viewById(ctx, leadId) };
});

/** An address of this lead's client belongs to another contact: perhaps the same person. Nothing is merged by guess. */
async function suspect(ctx: Context, lead: LeadDocument, { value }: { value: string }): Promise<void> {
  // Not whose: whoever reads it may not be allowed to see the other lead.
  const why = `${value} is known of another contact.`;
  await ctx.asSystem('leads').run(addToTimeline, {
    contactId: lead.contactId,
    leadId: lead._id,
    kind: 'enquiry',
    ref: `suspect:${lead._id}:${value}`,
    title: 'Perhaps a duplicate',
    text: why,
  });
  if (lead.phone !== value && lead.email !== value)
    ctx.emit(leadSuspected, { leadId: lead._id, why }, { kind: 'Lead', id: lead._id });
}

const nullable = new Set([
  'value',
  'product',
  'quantity',
  'budget',
  'city',
  'campaign',
  'industry',
  'segment',
  'size',
]);

/** Kept as two plain fields: a sum reads the first, and an index could. */
const worth = (value: unknown) =>
  value ? { value: (value as Money).amount, currency: (value as Money).currency } : {};

function split(fields: Record<string, unknown>): { set: Record<string, unknown>; unset: Record<string, 1> } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    set: Object.fromEntries(given.filter(([, value]) => value !== null)),
    unset: Object.fromEntries(given.filter(([, value]) => value === null).map(([key]) => [key, 1 as const])),
  };
}
