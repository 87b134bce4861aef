import type { z } from 'zod';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { addToTimeline, identifyContact } from '../../contacts/contract.ts';
import { assignConversations, getConversation, linkContact } from '../../conversations/contract.ts';
import { type LeadRef, lookUpLeads, openLead, reengageLead, touchLead } from '../../leads/contract.ts';
import { sourceLabel } from '../../settings/contract.ts';
import { type Evidence, enquiryRecorded, recordEnquiry, type Verdict, verdictLabels } from '../contract.ts';
import { type EnquiryDocument, EnquiryModel } from '../model.ts';
import { decideVerdict } from '../rules.ts';

type Input = z.output<typeof recordEnquiry.input>;

/** Who is it → what do we know of them → verdict → what follows from it, all or nothing. */
export const recordEnquiryHandler = handles(recordEnquiry, async (ctx, said) => {
  const input = { ...said, source: sourceLabel(said.source) };
  const person = await identify(ctx, input);
  // Whom we have only just met has no leads.
  const { items: leads } = person.created
    ? { items: [] }
    : await ctx.ask(lookUpLeads, { contactIds: [person.contactId] });
  const { silentDays, junkScore } = ctx.config.app.enquiries;
  const decided = decideVerdict({
    contactId: person.contactId,
    matches: person.matchedBy,
    leads,
    now: ctx.now(),
    silentDays,
    junkScore,
    ...(input.junk && { junk: input.junk }),
  });
  const enquiry = draft(ctx, input, person, decided);
  await link(ctx, enquiry);
  await follow(ctx, enquiry, decided.lead, input.assigneeId);
  ctx.writes.insert(EnquiryModel, enquiry);
  await tell(ctx, enquiry);
  const { _id, verdict, evidence, contactId, leadId, leadNumber, conversationId } = enquiry;
  ctx.emit(
    enquiryRecorded,
    {
      enquiryId: _id,
      verdict,
      contactId,
      ...(leadId && { leadId }),
      ...(conversationId && { conversationId }),
    },
    { kind: 'Enquiry', id: _id },
  );
  return { enquiryId: _id, verdict, evidence, contactId, ...(leadId && { leadId, leadNumber }) };
});

type Person = z.output<typeof identifyContact.output>;

/** What the conversation's channel has proved counts, besides what was said in it. */
async function identify(ctx: Context, input: Input): Promise<Person> {
  const conversation = input.conversationId
    ? await ctx.ask(getConversation, { conversationId: input.conversationId })
    : undefined;
  const { name = conversation?.name, phone, email, city, company } = input;
  return ctx.run(identifyContact, {
    identities: [...(input.identities ?? []), ...(conversation?.identities ?? [])],
    ...(name && { name }),
    ...(phone && { phone }),
    ...(email && { email }),
    ...(city && { city }),
    ...(company && { company }),
    ...(conversation?.contactId && { contactId: conversation.contactId }),
  });
}

function draft(
  ctx: Context,
  input: Input,
  person: Person,
  { verdict, evidence }: { verdict: Verdict; evidence: Evidence[] },
): EnquiryDocument {
  const { identities: _, assigneeId: __, ...said } = input;
  const { name, phone, email, city, company } = person;
  return {
    ...said,
    _id: ctx.id(),
    at: ctx.now(),
    verdict,
    evidence,
    contactId: person.contactId,
    assigneeId: null,
    teamIds: [],
    ...(name && { name }),
    ...(phone && { phone }),
    ...(email && { email }),
    ...(city && { city }),
    ...(company && { company }),
  };
}

async function link(ctx: Context, { conversationId, contactId, name }: EnquiryDocument): Promise<void> {
  if (conversationId) await ctx.run(linkContact, { conversationId, contactId, ...(name && { name }) });
}

/** Fills in the lead that the enquiry belongs to. */
async function follow(
  ctx: Context,
  enquiry: EnquiryDocument,
  lead: LeadRef | undefined,
  assigneeId?: string,
): Promise<void> {
  if (enquiry.verdict === 'new') return makeLead(ctx, enquiry, assigneeId);
  if (lead) {
    Object.assign(enquiry, { leadId: lead.id, leadNumber: lead.number });
    if (enquiry.verdict === 'reengaged')
      await ctx.run(reengageLead, {
        leadId: lead.id,
        enquiryId: enquiry._id,
        why: enquiry.evidence.map(({ text }) => text).join(' '),
      });
    else await ctx.run(touchLead, { leadId: lead.id });
  }
  await keepWithLead(ctx, enquiry);
}

/** With the lead comes whoever has it, who sees the conversation from then on. */
export async function makeLead(ctx: Context, enquiry: EnquiryDocument, assigneeId?: string): Promise<void> {
  const {
    _id,
    contactId,
    verdict,
    name,
    phone,
    email,
    product,
    quantity,
    budget,
    city,
    industry,
    segment,
    size,
    source,
    medium,
    campaign,
    conversationId,
  } = enquiry;
  const made = await ctx.run(openLead, {
    enquiryId: _id,
    contactId,
    verdict,
    name: name ?? '',
    phone,
    email,
    product,
    quantity,
    budget,
    city,
    industry,
    segment,
    size,
    source,
    medium,
    campaign,
    conversationId,
    assigneeId,
  });
  const { leadId, leadNumber, assigneeId: owner = null, teamIds = [] } = made;
  Object.assign(enquiry, { leadId, leadNumber, ownLeadId: leadId, assigneeId: owner, teamIds });
}

/** Whoever has the lead sees its enquiries and the conversation they came in. */
export async function keepWithLead(ctx: Context, enquiry: EnquiryDocument): Promise<void> {
  if (!enquiry.leadId) return;
  const { items } = await ctx.ask(lookUpLeads, { ids: [enquiry.leadId] });
  const { assigneeId, teamIds = [] } = items[0] ?? {};
  Object.assign(enquiry, { assigneeId: assigneeId ?? null, teamIds });
  if (assigneeId) await ctx.run(assignConversations, { contactId: enquiry.contactId, assigneeId, teamIds });
}

async function tell(ctx: Context, enquiry: EnquiryDocument): Promise<void> {
  const {
    _id,
    contactId,
    leadId,
    verdict,
    source,
    product,
    quantity,
    budget,
    city,
    note,
    conversationId,
    evidence,
  } = enquiry;
  const asked = [product, quantity, budget, city, note].filter(Boolean).join(' · ');
  await ctx.run(addToTimeline, {
    contactId,
    leadId,
    conversationId,
    kind: 'enquiry',
    ref: _id,
    by: 'System',
    title: `Enquiry from ${source}: ${verdictLabels[verdict]}`,
    text: [asked, ...evidence.map(({ text }) => text)].filter(Boolean).join('\n').slice(0, 4000),
  });
}
