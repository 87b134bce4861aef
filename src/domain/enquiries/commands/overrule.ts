import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { type LeadRef, lookUpLeads, reengageLead, touchLead } from '../../leads/contract.ts';
import {
  assignEnquiries,
  enquiryOverruled,
  overruleVerdict,
  type Verdict,
  verdictLabels,
} from '../contract.ts';
import { CorrectionModel, type EnquiryDocument, EnquiryModel } from '../model.ts';
import { viewOf } from '../view.ts';
import { keepWithLead, makeLead } from './record.ts';

/** One step: the new verdict, what follows from it, and the correction kept for training. */
export const overruleVerdictHandler = handles(
  overruleVerdict,
  async (ctx, { enquiryId, verdict: to, note }) => {
    const enquiry = await EnquiryModel.findOne({
      $and: [{ _id: enquiryId }, ctx.scope('update', 'Enquiry')],
    }).lean();
    if (!enquiry) throw new AppError('record.not_found', { kind: 'enquiry', id: enquiryId });
    const from = enquiry.verdict;
    if (from === to) return { enquiry: viewOf(enquiry) };
    enquiry.verdict = to;
    enquiry.overruled = { from, by: ctx.actor.name, at: ctx.now(), ...(note && { note }) };
    const system = ctx.asSystem('enquiries');
    await apply(system, enquiry, from);
    await keepWithLead(system, enquiry);
    await save(enquiry);
    await keep(ctx, enquiry, from, note);
    return { enquiry: viewOf(enquiry) };
  },
  {
    present: ({ enquiry }) => ({
      text: `Enquiry ${enquiry.leadNumber ? `of #${enquiry.leadNumber} ` : ''}is now ${enquiry.verdictLabel}.`,
      update: true,
    }),
  },
);

/** The lead made of it is withdrawn, taken up again or made; somebody else's is only pointed to. */
async function apply(ctx: Context, enquiry: EnquiryDocument, from: Verdict): Promise<void> {
  const { items: leads } = await ctx.ask(lookUpLeads, { contactIds: [enquiry.contactId] });
  const own = leads.find(({ id }) => id === enquiry.ownLeadId);
  const other = leads.find(({ id }) => id !== enquiry.ownLeadId);
  const to = enquiry.verdict;
  const wanted = to === 'new' || (to === 'reengaged' && !other);
  if (own && !wanted && own.stageKind === 'open')
    await ctx.run(touchLead, { leadId: own.id, withdraw: to === 'junk' ? 'junk' : 'duplicate' });
  if (wanted) return own ? takeUp(ctx, enquiry, own) : makeLead(ctx, enquiry);
  if (to === 'reengaged' && other) await bringBack(ctx, enquiry, other);
  if (to === 'duplicate' && other) point(enquiry, other);
  if (to === 'junk') {
    if (from === 'reengaged' && other?.stageKind === 'open')
      await ctx.run(touchLead, { leadId: other.id, withdraw: 'junk' });
    delete enquiry.leadId;
    delete enquiry.leadNumber;
  }
}

async function takeUp(ctx: Context, enquiry: EnquiryDocument, own: LeadRef): Promise<void> {
  if (own.stageKind !== 'open') await bringBack(ctx, enquiry, own);
  point(enquiry, own);
  await ctx.run(touchLead, { leadId: own.id, verdict: enquiry.verdict });
}

async function bringBack(ctx: Context, enquiry: EnquiryDocument, lead: LeadRef): Promise<void> {
  point(enquiry, lead);
  await ctx.run(reengageLead, {
    leadId: lead.id,
    enquiryId: enquiry._id,
    why: `Verdict corrected by ${enquiry.overruled!.by}.`,
  });
}

function point(enquiry: EnquiryDocument, lead: LeadRef): void {
  Object.assign(enquiry, { leadId: lead.id, leadNumber: lead.number });
}

async function save(enquiry: EnquiryDocument): Promise<void> {
  const { _id, ...rest } = enquiry;
  await EnquiryModel.replaceOne({ _id }, rest);
}

async function keep(ctx: Context, enquiry: EnquiryDocument, from: Verdict, note?: string): Promise<void> {
  const { _id, verdict: to, contactId, leadId, source, medium, junk } = enquiry;
  await CorrectionModel.create([
    {
      _id: ctx.id(),
      at: ctx.now(),
      enquiryId: _id,
      from,
      to,
      by: ctx.actor.id,
      source,
      medium,
      text: [enquiry.product, enquiry.note].filter(Boolean).join('\n'),
      ...(note && { note }),
      ...(junk && { junk }),
    },
  ]);
  await ctx.asSystem('enquiries').run(addToTimeline, {
    contactId,
    leadId,
    kind: 'enquiry',
    by: ctx.actor.name,
    title: `Verdict corrected: ${verdictLabels[from]} → ${verdictLabels[to]}`,
    ...(note && { text: note }),
  });
  ctx.emit(
    enquiryOverruled,
    { enquiryId: _id, from, to, ...(leadId && { leadId }) },
    { kind: 'Enquiry', id: _id },
  );
  ctx.audit({
    kind: 'Enquiry',
    id: _id,
    before: { verdict: from },
    after: { verdict: to },
    text: `verdict ${verdictLabels[from]} → ${verdictLabels[to]}`,
    undo: { command: overruleVerdict.name, input: { enquiryId: _id, verdict: from } },
  });
}

export const assignEnquiriesHandler = handles(
  assignEnquiries,
  async (ctx, { leadId, assigneeId, teamIds }) => {
    ctx.writes.adjust(EnquiryModel, { leadId }, { $set: { assigneeId: assigneeId ?? null, teamIds } });
    return { ok: true } as const;
  },
  { apart: true },
);
