import type { Context } from '../../../core/context.ts';
import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { all } from '../../../core/filter.ts';
import { getLead } from '../../leads/contract.ts';
import { compareEnquiry, enquiriesOf, getEnquiry, listEnquiries } from '../contract.ts';
import { type EnquiryDocument, EnquiryModel } from '../model.ts';
import { viewOf } from '../view.ts';

export const listEnquiriesHandler = handles(listEnquiries, async (ctx, { cursor, limit, ...criteria }) => {
  const asked = Object.entries(criteria)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ [key]: value }));
  const conditions = [ctx.scope('read', 'Enquiry'), ...asked];
  const filter = all(conditions);
  const place = decodeCursor<[string]>(cursor);
  const rows = await EnquiryModel.find(place ? all([...conditions, { _id: { $lt: place[0] } }]) : filter)
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const items = rows.slice(0, limit).map(viewOf);
  return {
    items,
    total: await EnquiryModel.countDocuments(filter),
    ...(rows.length > limit && { nextCursor: encodeCursor([items.at(-1)!.id]) }),
  };
});

export const getEnquiryHandler = handles(getEnquiry, async (ctx, { enquiryId }) =>
  viewOf(await visible(ctx, enquiryId)),
);

export const enquiriesOfHandler = handles(enquiriesOf, async (_, { contactId, conversationIds }) => {
  const found = await EnquiryModel.find(
    { contactId, conversationId: { $in: conversationIds } },
    { ownLeadId: 1 },
  ).lean();
  return { items: found.map(({ _id, ownLeadId }) => ({ id: _id, ...(ownLeadId && { ownLeadId }) })) };
});

const compared = {
  name: 'Name',
  phone: 'Phone',
  email: 'E-mail',
  product: 'Product',
  quantity: 'Quantity',
  budget: 'Budget',
  city: 'City',
  industry: 'Industry',
  segment: 'Segment',
  size: 'Size',
  source: 'Source',
  medium: 'Medium',
  campaign: 'Campaign',
} as const;

export const compareEnquiryHandler = handles(compareEnquiry, async (ctx, { enquiryId }) => {
  const enquiry = await visible(ctx, enquiryId);
  const lead = enquiry.leadId ? await ctx.ask(getLead, { leadId: enquiry.leadId }) : undefined;
  const fields = Object.entries(compared).map(([field, label]) => {
    const incoming = enquiry[field as keyof typeof compared];
    const existing = lead?.[field as keyof typeof compared];
    return {
      field,
      label,
      same: (incoming ?? '').toLowerCase() === (existing ?? '').toLowerCase(),
      ...(incoming && { incoming }),
      ...(existing && { existing }),
    };
  });
  return {
    enquiryId,
    fields: fields.filter(({ incoming, existing }) => incoming || existing),
    evidence: enquiry.evidence,
    ...(lead && { leadId: lead.id, leadNumber: lead.number }),
  };
});

async function visible(ctx: Context, enquiryId: string): Promise<EnquiryDocument> {
  const enquiry = await EnquiryModel.findOne({
    $and: [{ _id: enquiryId }, ctx.scope('read', 'Enquiry')],
  }).lean();
  if (!enquiry) throw new AppError('record.not_found', { kind: 'enquiry', id: enquiryId });
  return enquiry;
}
