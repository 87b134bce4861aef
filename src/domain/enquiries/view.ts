import { type EnquiryView, verdictLabels } from './contract.ts';
import type { EnquiryDocument } from './model.ts';

const optional = [
  'leadId',
  'leadNumber',
  'conversationId',
  'name',
  'phone',
  'email',
  'product',
  'quantity',
  'budget',
  'city',
  'company',
  'industry',
  'segment',
  'size',
  'note',
  'campaign',
  'request',
] as const;

export function viewOf(enquiry: EnquiryDocument): EnquiryView {
  const { _id, at, verdict, evidence, overruled, contactId, assigneeId, source, medium } = enquiry;
  return {
    id: _id,
    at: at.toISOString(),
    verdict,
    verdictLabel: verdictLabels[verdict],
    evidence,
    contactId,
    source,
    medium,
    ...(overruled && { overruled: { ...overruled, at: overruled.at.toISOString() } }),
    ...(assigneeId && { assigneeId }),
    ...Object.fromEntries(
      optional.filter((key) => enquiry[key] !== undefined).map((key) => [key, enquiry[key]]),
    ),
  };
}
