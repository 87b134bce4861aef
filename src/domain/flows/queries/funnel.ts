import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { addDays } from '../../../core/zone.ts';
import { conversationWalks, type WalkView } from '../../conversations/contract.ts';
import { lookUpLeads } from '../../leads/contract.ts';
import { flowFunnel } from '../contract.ts';
import { funnelOf, type LeadKind } from '../funnel.ts';
import type { FlowWorkshop } from '../port.ts';

/** Counted at most: beyond that the newest are, and the answer says so. */
const most = 20_000;
const page = 1000;
const defaultDays = 30;

export const funnelHandler = (workshop: () => FlowWorkshop) =>
  handles(flowFunnel, async (ctx, { name, from, to }) => {
    const { view } = await workshop().get(name, {});
    // What was said this very moment counts.
    const until = to ? new Date(to) : new Date(ctx.now().getTime() + 1);
    const since = from ? new Date(from) : addDays(until, -defaultDays, ctx.config.app.organisation.timezone);
    const { walks, cut } = await walksOf(ctx, since, until);
    const through = walks.filter(({ steps }) => steps[name]);
    const kinds = await kindsOf(ctx, through);
    const counted = funnelOf(view, through, kinds, ctx.now());
    const { currency } = ctx.config.app.organisation;
    return { conversations: through.length, currency, cut, ...counted };
  });

/** Who may see the funnel sees all of it: it names nobody. */
async function walksOf(ctx: Context, from: Date, to: Date): Promise<{ walks: WalkView[]; cut: boolean }> {
  const walks: WalkView[] = [];
  let after: string | undefined;
  do {
    const { items, nextCursor }: { items: WalkView[]; nextCursor?: string | undefined } = await ctx
      .asSystem('flows')
      .ask(conversationWalks, {
        from: from.toISOString(),
        to: to.toISOString(),
        limit: page,
        ...(after && { cursor: after }),
      });
    walks.push(...items);
    after = nextCursor;
  } while (after && walks.length < most);
  return { walks, cut: after !== undefined };
}

async function kindsOf(ctx: Context, walks: WalkView[]): Promise<Map<string, LeadKind>> {
  const ids = [...new Set(walks.flatMap(({ leadId }) => leadId ?? []))];
  const kinds = new Map<string, LeadKind>();
  for (let i = 0; i < ids.length; i += 500) {
    const { items } = await ctx.asSystem('flows').ask(lookUpLeads, { ids: ids.slice(i, i + 500) });
    for (const { id, stageKind } of items) kinds.set(id, stageKind);
  }
  return kinds;
}
