/** What the timeline tells in words, without the facts of an enquiry that are kept from the reader. */
import type { Context } from '../../../core/context.ts';
import { veil } from '../../../core/fields.ts';
import { listEnquiries } from '../../enquiries/contract.ts';

const facts = [
  'city',
  'product',
  'quantity',
  'budget',
  'source',
  'campaign',
  'industry',
  'segment',
  'size',
] as const;

export async function withoutKeptBack<T extends { title: string; text?: string | undefined }>(
  ctx: Context,
  contactId: string,
  items: T[],
): Promise<T[]> {
  const hidden = facts.filter((field) => ctx.hides(field));
  if (!hidden.length) return items;
  const { items: enquiries } = await ctx.asSystem('contacts').ask(listEnquiries, { contactId, limit: 100 });
  // The longest first: `Pune East` before `Pune`.
  const values = [...new Set(enquiries.flatMap((enquiry) => hidden.flatMap((field) => enquiry[field] ?? [])))]
    .filter((value) => value.length > 1)
    .sort((a, b) => b.length - a.length);
  const clean = (text: string) => values.reduce((left, value) => left.replaceAll(value, veil), text);
  return items.map((item) => ({
    ...item,
    title: clean(item.title),
    ...(item.text && { text: clean(item.text) }),
  }));
}
