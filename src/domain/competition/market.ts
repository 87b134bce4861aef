/** Competitors over all the leads that whoever asks may see. */
import { handles } from '../../core/define.ts';
import { lookUpLeads, reachableLeads } from '../leads/contract.ts';
import { market } from './contract.ts';
import { type OfferDocument, OfferModel } from './model.ts';

/** The newest that are looked at. */
const most = 5000;

export const marketHandler = handles(
  market,
  async (ctx, { product }) => {
    const offers = await OfferModel.find(product ? { product } : {})
      .sort({ at: -1 })
      .limit(most)
      .lean<OfferDocument[]>();
    const ids = [...new Set(offers.map(({ leadId }) => leadId))];
    const system = ctx.asSystem('competition');
    const reachable = ids.length ? (await ctx.ask(reachableLeads, { ids, action: 'read' })).items : [];
    const seen = new Set(reachable.map(({ id }) => id));
    const { items } = seen.size ? await system.ask(lookUpLeads, { ids: [...seen] }) : { items: [] };
    const leads = new Map(items.map((lead) => [lead.id, lead]));
    const groups = Map.groupBy(
      offers.filter(({ leadId }) => leads.has(leadId)),
      ({ key }) => key,
    );
    return {
      items: [...groups.values()]
        .map((group) => {
          const met = [...new Set(group.map(({ leadId }) => leadId))].map((id) => leads.get(id)!);
          const having = (kind: string) => met.filter(({ stageKind }) => stageKind === kind).length;
          const ranks = group.flatMap(({ rank }) => rank ?? []);
          const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
          return {
            competitor: group[0]!.competitor,
            leads: met.length,
            open: having('open'),
            won: having('won'),
            lost: having('lost'),
            ...(ranks.length && { rank: Math.round(mean * 10) / 10 }),
            rates: group
              .filter(({ rates }) => rates)
              .slice(0, 5)
              .map(({ rates, product: of, at, leadId }) => ({
                rates: rates!,
                at: at.toISOString(),
                leadNumber: leads.get(leadId)!.number,
                ...(of && { product: of }),
              })),
          };
        })
        .sort((a, b) => b.leads - a.leads || a.competitor.localeCompare(b.competitor)),
    };
  },
  {
    present: ({ items }) => ({
      text: items.length
        ? items
            .slice(0, 15)
            .map(
              ({ competitor, leads, won, lost, rates }) =>
                `${competitor}: ${leads} lead${leads === 1 ? '' : 's'}, ${won} won, ${lost} lost${rates[0] ? `; last ${rates[0].rates}` : ''}`,
            )
            .join('\n')
        : 'No competitor is noted on any lead yet.',
    }),
  },
);
