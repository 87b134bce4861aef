import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { enquiryMarked, markEnquiry } from '../contract.ts';
import { EnquiryModel } from '../model.ts';

const titles = { quotation: 'Asks for a quotation', dealership: 'Wants to become a dealer' };

export const markEnquiryHandler = handles(markEnquiry, async (ctx, { enquiryId, request, note, ...said }) => {
  const enquiry = await EnquiryModel.findById(enquiryId).lean();
  if (!enquiry) throw new AppError('record.not_found', { kind: 'enquiry', id: enquiryId });
  const set = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const notes = [enquiry.note, note].filter(Boolean).join('\n').slice(0, 4000);
  await EnquiryModel.updateOne(
    { _id: enquiryId },
    { $set: { ...set, request, ...(notes && { note: notes }) } },
  );
  const { contactId, leadId, leadNumber, conversationId } = enquiry;
  const { product = enquiry.product, quantity = enquiry.quantity, city = enquiry.city } = said;
  await ctx.run(addToTimeline, {
    contactId,
    ...(leadId && { leadId }),
    ...(conversationId && { conversationId }),
    kind: 'enquiry',
    ref: `${enquiryId}:${request}`,
    by: 'System',
    title: titles[request],
    text: [product, quantity, city, note].filter(Boolean).join(' · ').slice(0, 4000),
  });
  ctx.emit(
    enquiryMarked,
    { enquiryId, request, ...(leadId && { leadId }) },
    { kind: 'Enquiry', id: enquiryId },
  );
  return { enquiryId, ...(leadId && { leadId, leadNumber }) };
});
