/** Competitors on a lead: seen by whoever sees it, changed by whoever may change it. */
import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { addToTimeline } from '../contacts/contract.ts';
import { getLead, type LeadView, reachableLeads } from '../leads/contract.ts';
import {
  addCompetitor,
  competitorsChanged,
  listCompetitors,
  type OfferView,
  removeCompetitor,
  updateCompetitor,
} from './contract.ts';
import { keyOf, type OfferDocument, OfferModel } from './model.ts';

export const addCompetitorHandler = handles(
  addCompetitor,
  async (ctx, { leadId, ...said }) => {
    const lead = await reach(ctx, leadId);
    const offer: OfferDocument = {
      _id: ctx.id(),
      leadId: lead.id,
      contactId: lead.contactId,
      key: keyOf(said.competitor),
      by: ctx.actor.name,
      at: ctx.now(),
      ...said,
    };
    ctx.writes.insert(OfferModel, offer);
    await tell(ctx, offer);
    ctx.audit({
      kind: 'Lead',
      id: lead.id,
      after: said,
      text: `noted ${said.competitor} as a competitor on #${lead.number}`,
      undo: { command: removeCompetitor.name, input: { id: offer._id } },
    });
    return { offer: viewOf(offer) };
  },
  { present: ({ offer }) => ({ text: `Noted: ${wordsOf(offer)}.` }) },
);

export const updateCompetitorHandler = handles(updateCompetitor, async (ctx, { id, ...change }) => {
  const { lead, offer } = await reachOffer(ctx, id);
  const after = { ...offer, ...change, by: ctx.actor.name, at: ctx.now() };
  const next = Object.fromEntries(
    Object.entries({ ...after, key: keyOf(after.competitor) }).filter(
      ([, value]) => value !== null && value !== undefined,
    ),
  ) as OfferDocument;
  await OfferModel.replaceOne({ _id: id }, next);
  await tell(ctx, next);
  const fields = Object.keys(change) as (keyof typeof change)[];
  const before = Object.fromEntries(fields.map((field) => [field, offer[field] ?? null]));
  ctx.audit({
    kind: 'Lead',
    id: lead.id,
    before,
    after: change,
    text: `changed what is noted of ${offer.competitor} on #${lead.number}`,
    undo: { command: updateCompetitor.name, input: { id, ...before } },
  });
  return { offer: viewOf(next) };
});

export const removeCompetitorHandler = handles(removeCompetitor, async (ctx, { id }) => {
  const { lead, offer } = await reachOffer(ctx, id);
  await OfferModel.deleteOne({ _id: id });
  await ctx.asSystem('competition').run(addToTimeline, {
    contactId: lead.contactId,
    kind: 'note',
    title: '',
    ref: id,
    remove: true,
  });
  ctx.emit(competitorsChanged, { leadId: lead.id }, { kind: 'Lead', id: lead.id });
  const { competitor, product, rates, rank, note } = offer;
  const said = { competitor, product, rates, rank, note };
  ctx.audit({
    kind: 'Lead',
    id: lead.id,
    before: said,
    text: `took ${competitor} off #${lead.number}`,
    undo: {
      command: addCompetitor.name,
      input: { leadId: lead.id, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value)) },
    },
  });
  return { ok: true } as const;
});

export const listCompetitorsHandler = handles(listCompetitors, async (ctx, { leadId }) => {
  const lead = await ctx.ask(getLead, { leadId });
  const offers = await OfferModel.find({ leadId: lead.id })
    .sort({ _id: 1 })
    .limit(100)
    .lean<OfferDocument[]>();
  // The one that is ahead comes first; those without a rank last.
  const ranked = offers.sort((a, b) => (a.rank ?? 99) - (b.rank ?? 99));
  return { items: ranked.map(viewOf) };
});

/** @throws record.not_found for a lead that is not to be seen, auth.forbidden for one that is not to be changed */
async function reach(ctx: Context, leadId: string): Promise<LeadView> {
  const lead = await ctx.ask(getLead, { leadId });
  const { items } = await ctx.ask(reachableLeads, { ids: [lead.id], action: 'update' });
  if (!items.length) throw new AppError('auth.forbidden', { action: 'change', subject: 'this lead' });
  return lead;
}

async function reachOffer(ctx: Context, id: string): Promise<{ lead: LeadView; offer: OfferDocument }> {
  const offer = await OfferModel.findById(id).lean<OfferDocument>();
  if (!offer) throw new AppError('record.not_found', { kind: 'competitor', id });
  return { lead: await reach(ctx, offer.leadId), offer };
}

async function tell(ctx: Context, offer: OfferDocument): Promise<void> {
  const { _id, leadId, contactId, note } = offer;
  await ctx.asSystem('competition').run(addToTimeline, {
    contactId,
    leadId,
    kind: 'note',
    ref: _id,
    by: ctx.actor.name,
    title: `Competitor: ${wordsOf(viewOf(offer))}`.slice(0, 300),
    ...(note && { text: note }),
  });
  ctx.emit(competitorsChanged, { leadId }, { kind: 'Lead', id: leadId });
}

/** `Zoho for RSoft CRM, ₹ 800 a user, the client's choice no. 1` */
const wordsOf = ({ competitor, product, rates, rank }: OfferView): string =>
  [product ? `${competitor} for ${product}` : competitor, rates, rank && `the client’s choice no. ${rank}`]
    .filter(Boolean)
    .join(', ');

const viewOf = ({
  _id: id,
  leadId,
  competitor,
  product,
  rates,
  rank,
  note,
  by,
  at,
}: OfferDocument): OfferView => ({
  id,
  leadId,
  competitor,
  by,
  at: at.toISOString(),
  ...(product && { product }),
  ...(rates && { rates }),
  ...(rank && { rank }),
  ...(note && { note }),
});
