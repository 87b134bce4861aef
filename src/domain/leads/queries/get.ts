import { AliasModel, survivorOf, survivorsOf } from '../../../core/aliases.ts';
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { all } from '../../../core/filter.ts';
import { dayOf } from '../../../core/zone.ts';
import { leadCard } from '../card.ts';
import { findLeads, getLead, leadByNumber, lookUpLeads, myDay, silentLeads } from '../contract.ts';
import { LeadModel } from '../model.ts';
import { stagesOfKind } from '../rules.ts';
import { pipelineOf, reach, refOf, viewFor, viewsOf } from '../view.ts';
import { leadViewTable } from '../views.ts';
import { conditionsOf, findHits } from './list.ts';

export const getLeadHandler = handles(
  getLead,
  async (ctx, { leadId }) => viewFor(ctx, await reach(ctx, 'read', leadId)),
  {
    present: (lead, at) => ({ cards: [leadCard(lead, at)] }),
  },
);

export const leadByNumberHandler = handles(leadByNumber, async (ctx, { number }) => {
  const lead =
    (await LeadModel.findOne({ $and: [{ number }, ctx.scope('read', 'Lead')] }).lean()) ??
    (await LeadModel.findOne({ $and: [await wasNumber(number), ctx.scope('read', 'Lead')] }).lean());
  if (!lead) throw new AppError('record.not_found', { kind: 'lead', id: `#${number}` });
  return viewFor(ctx, lead);
});

/** The lead that stands for one that was merged away. */
async function wasNumber(number: number): Promise<{ _id: string }> {
  const alias = await AliasModel.findOne({ kind: 'Lead', number }).lean();
  return { _id: alias ? await survivorOf(alias._id) : '' };
}

export const findLeadsHandler = handles(
  findLeads,
  async (ctx, { search, limit }) => {
    const hits = await findHits(ctx, conditionsOf(ctx, {}), search, 'lastActivityAt');
    const ids = hits
      .sort((a, b) => b.lastActivityAt!.getTime() - a.lastActivityAt!.getTime())
      .slice(0, limit)
      .map(({ _id }) => _id);
    const leads = await LeadModel.find({ _id: { $in: ids } })
      .sort({ lastActivityAt: -1 })
      .lean();
    return { items: await viewsOf(ctx, leads), total: hits.length };
  },
  {
    present: ({ items, total }, at) =>
      items.length
        ? {
            text:
              total > items.length
                ? `${items.length} of ${total} leads:`
                : `${total} lead${total === 1 ? '' : 's'}:`,
            cards: items.map((lead) => leadCard(lead, at)),
          }
        : { text: 'No lead of yours matches.' },
  },
);

const shown = 10;

export const myDayHandler = handles(
  myDay,
  async (ctx, { which }) => {
    const { organisation } = ctx.config.app;
    const at = { now: ctx.now(), zone: organisation.timezone, pipeline: pipelineOf(ctx) };
    const today = dayOf(at.now, at.zone);
    const open = { stage: { $in: stagesOfKind(at.pipeline, 'open') } };
    const missed = await part(ctx, leadViewTable.missedFollowUp.where(at), 'followUpAt');
    if (which === 'overdue') return { ...day({ missed }) };
    const due = await part(ctx, { followUpAt: { $gte: at.now, $lt: today.end } }, 'followUpAt');
    const notAttempted = await part(ctx, leadViewTable.notAttempted.where(at), 'createdAt');
    const demos = await part(ctx, { demoAt: { $gte: at.now, $lt: today.end }, ...open }, 'demoAt');
    return day({ missed, due, notAttempted, demos });
  },
  {
    present: ({ missed, due, notAttempted, demos, counts }, at) => {
      const parts = [
        `Missed follow-ups: ${counts.missed}`,
        `Due today: ${counts.due}`,
        `Not attempted: ${counts.notAttempted}`,
        `Demos today: ${counts.demos}`,
      ];
      const seen = new Map([...missed, ...due, ...demos, ...notAttempted].map((lead) => [lead.id, lead]));
      return {
        text: parts.join(' · '),
        cards: [...seen.values()].slice(0, shown).map((lead) => leadCard(lead, at)),
      };
    },
  },
);

type Part = { items: Awaited<ReturnType<typeof viewsOf>>; count: number };

async function part(ctx: Context, where: Record<string, unknown>, field: string): Promise<Part> {
  const filter = all([ctx.scope('read', 'Lead'), where]);
  const leads = await LeadModel.find(filter)
    .sort({ [field]: field === 'createdAt' ? -1 : 1 })
    .limit(shown)
    .lean();
  return {
    items: await viewsOf(ctx, leads),
    count: leads.length < shown ? leads.length : await LeadModel.countDocuments(filter),
  };
}

const none: Part = { items: [], count: 0 };
const day = ({
  missed,
  due = none,
  notAttempted = none,
  demos = none,
}: {
  missed: Part;
  due?: Part;
  notAttempted?: Part;
  demos?: Part;
}) => ({
  missed: missed.items,
  due: due.items,
  notAttempted: notAttempted.items,
  demos: demos.items,
  counts: { missed: missed.count, due: due.count, notAttempted: notAttempted.count, demos: demos.count },
});

export const silentLeadsHandler = handles(silentLeads, async (ctx, { before, limit }) => {
  const pipeline = pipelineOf(ctx);
  const silent = {
    lastActivityAt: { $lt: new Date(before) },
    stage: { $in: stagesOfKind(pipeline, 'open') },
  };
  const leads = await LeadModel.find(all([ctx.scope('export', 'Lead'), silent]))
    .sort({ lastActivityAt: 1, _id: 1 })
    .limit(limit)
    .lean();
  return { items: leads.map((lead) => refOf(lead, pipeline)) };
});

export const lookUpLeadsHandler = handles(lookUpLeads, async (ctx, { ids, contactIds }) => {
  const filter = ids ? { _id: { $in: ids } } : { contactId: { $in: contactIds ?? [] } };
  const leads = await LeadModel.find(filter).sort({ createdAt: -1 }).limit(500).lean();
  const missing = (ids ?? []).filter((id) => !leads.some(({ _id }) => _id === id));
  const survivors = missing.length ? [...(await survivorsOf(missing)).values()] : [];
  const others = survivors.filter((id) => !leads.some(({ _id }) => _id === id));
  if (others.length) leads.push(...(await LeadModel.find({ _id: { $in: others } }).lean()));
  return { items: leads.map((lead) => refOf(lead, pipelineOf(ctx))) };
});
