/** Leads of a whole file: what open.ts and touch.ts do for one, without a notice for each. */
import { handles } from '../../../core/define.ts';
import { all } from '../../../core/filter.ts';
import { chooseAssignee } from '../../assignment/contract.ts';
import { findUsers } from '../../staff/contract.ts';
import {
  type Fillable,
  fillable,
  leadsOfContacts,
  openLeads,
  reachableLeads,
  reopenLeads,
  rewindLeads,
  touchLeads,
} from '../contract.ts';
import { give } from '../give.ts';
import { CounterModel, type LeadDocument, LeadModel } from '../model.ts';
import { isHot, kindOf, searchTokens } from '../rules.ts';
import { displayName, pipelineOf, refOf } from '../view.ts';

const ok = { ok: true } as const;

export const leadsOfContactsHandler = handles(leadsOfContacts, async (ctx, { contactIds }) => {
  const leads = contactIds.length
    ? await LeadModel.find({ contactId: { $in: contactIds } })
        .sort({ createdAt: -1 })
        .lean()
    : [];
  const counter = await CounterModel.findById('lead').lean();
  const pipeline = pipelineOf(ctx);
  return {
    items: leads.map((lead) => ({
      ref: refOf(lead, pipeline),
      empty: fillable.filter((field) => !lead[field]),
    })),
    nextNumber: (counter?.value ?? 0) + 1,
  };
});

export const reachableLeadsHandler = handles(reachableLeads, async (ctx, { ids, action }) => {
  const leads = await LeadModel.find(all([{ _id: { $in: ids } }, ctx.scope(action, 'Lead')])).lean();
  return { items: leads.map((lead) => ({ id: lead._id, number: lead.number, name: displayName(lead) })) };
});

export const openLeadsHandler = handles(
  openLeads,
  async (ctx, { first, at, leads }) => {
    if (!leads.length) return ok;
    const pipeline = pipelineOf(ctx);
    const rule = pipeline.on['lead.assigned'];
    const given = rule?.from.includes(pipeline.initial) ? rule.to : pipeline.initial;
    // The series begins with the first lead there is.
    if (first === 1) ctx.writes.insert(CounterModel, { _id: 'lead', value: leads.length });
    else
      ctx.writes.update(CounterModel, { _id: 'lead', value: first - 1 }, { $inc: { value: leads.length } });
    ctx.writes.insert(
      LeadModel,
      ...leads.map(
        ({ leadId, assigneeId, ...lead }, n): LeadDocument => ({
          _id: leadId,
          number: first + n,
          ...lead,
          stage: assigneeId ? given : pipeline.initial,
          assigneeId: assigneeId ?? null,
          hot: isHot(lead.source),
          createdAt: at,
          lastActivityAt: at,
          search: searchTokens(lead),
        }),
      ),
    );
    return ok;
  },
  { apart: true },
);

/** As one that comes back by itself: with whoever had it, if still here. */
export const reopenLeadsHandler = handles(reopenLeads, async (ctx, { at, leadIds }) => {
  if (!leadIds.length) return { before: {} };
  const pipeline = pipelineOf(ctx);
  const rule = pipeline.on['lead.reengaged'];
  const leads = await LeadModel.find({ _id: { $in: leadIds } }).lean();
  const owners = [...new Set(leads.flatMap(({ assigneeId }) => assigneeId ?? []))];
  const { items } = await ctx.ask(findUsers, { ids: owners });
  const here = new Set(items.map(({ id }) => id));
  for (const lead of leads) {
    const closed = kindOf(pipeline, lead.stage) !== 'open';
    const to = rule?.from.includes(lead.stage) ? rule.to : pipeline.initial;
    ctx.writes.adjust(
      LeadModel,
      { _id: lead._id },
      {
        $set: { verdict: 'reengaged', lastActivityAt: at, ...(closed && { stage: to }) },
        ...(closed && { $unset: { lostReason: 1, closedAt: 1, cameFrom: 1, lastCallOutcome: 1 } }),
      },
    );
    if (lead.assigneeId && here.has(lead.assigneeId)) continue;
    const { _id: leadId, source, city, product, campaign, industry, segment, size } = lead;
    const facts = { leadId, source, city, product, campaign, industry, segment, size };
    const { user } = await ctx.run(chooseAssignee, facts);
    if (user) await give(ctx, lead, user, { reason: 'came back' });
  }
  return { before: Object.fromEntries(leads.map((lead) => [lead._id, beforeOf(lead)])) };
});

function beforeOf(lead: LeadDocument) {
  const { verdict, lastActivityAt, stage, lostReason, closedAt, cameFrom, lastCallOutcome } = lead;
  return { verdict, lastActivityAt, stage, lostReason, closedAt, cameFrom, lastCallOutcome };
}

export const touchLeadsHandler = handles(touchLeads, async (ctx, { at, leads }) => {
  const filled = leads.filter(({ fill }) => fill).map(({ leadId }) => leadId);
  const known = filled.length ? await LeadModel.find({ _id: { $in: filled } }).lean() : [];
  const byId = new Map(known.map((lead) => [lead._id, lead]));
  for (const { leadId, fill = {} } of leads) {
    const lead = byId.get(leadId);
    const search = lead && Object.keys(fill).length > 0 && { search: searchTokens({ ...lead, ...fill }) };
    ctx.writes.adjust(LeadModel, { _id: leadId }, { $set: { ...fill, ...search, lastActivityAt: at } });
    if (lead) Object.assign(lead, fill);
  }
  return ok;
});

export const rewindLeadsHandler = handles(rewindLeads, async (ctx, { leads }) => {
  const wanted = leads.filter(({ empty }) => empty.length).map(({ leadId }) => leadId);
  const known = wanted.length ? await LeadModel.find({ _id: { $in: wanted } }).lean() : [];
  const byId = new Map(known.map((lead) => [lead._id, lead]));
  const gone = leads.filter(({ remove }) => remove).map(({ leadId }) => leadId);
  // They were read in this transaction: whoever writes to one meanwhile makes it begin anew.
  if (gone.length) ctx.writes.remove(LeadModel, { _id: { $in: gone } });
  for (const { leadId, expected, before = {}, empty } of leads.filter(({ remove }) => !remove)) {
    const unread = { _id: leadId, lastActivityAt: expected };
    const set = Object.fromEntries(Object.entries(before).filter(([, value]) => value !== undefined));
    const unset = [...empty.filter((field) => field !== 'name')];
    const search = searchOf(byId.get(leadId), empty);
    ctx.writes.update(LeadModel, unread, {
      $set: { ...set, ...(empty.includes('name') && { name: '' }), ...(search && { search }) },
      ...(unset.length && { $unset: Object.fromEntries(unset.map((field) => [field, 1])) }),
    });
  }
  return ok;
});

const searchOf = (lead: LeadDocument | undefined, empty: Fillable[]): string[] | undefined =>
  lead && searchTokens({ ...lead, ...Object.fromEntries(empty.map((field) => [field, undefined])) });
