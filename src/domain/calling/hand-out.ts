/** Which lead is next, and holding it: the work behind every surface. */
import { MongoServerError } from 'mongodb';
import type { Context } from '../../core/context.ts';
import { addMinutes } from '../../core/zone.ts';
import { listCalls, listFollowUps, missedCalls, numberMarks } from '../activities/contract.ts';
import { callableLeads, getLead, type LeadView, lookUpLeads } from '../leads/contract.ts';
import { type HandedOut, type Reason, reasonLabels, reasons } from './contract.ts';
import { type ClaimDocument, ClaimModel, SkipModel } from './model.ts';
import { scriptFor } from './script.ts';

export type From = 'mine' | 'everybody';
type Candidate = { lead: LeadView; reason: Reason; since?: string };

/** What is held already is handed out again, until something came of it: reloading the page moves nobody on. */
export async function handOut(ctx: Context, from: From): Promise<HandedOut> {
  const held = await ClaimModel.findOne({ userId: ctx.actor.id, until: { $gt: ctx.now() } }).lean();
  const lead = held && !(await isDone(ctx, held)) ? await reachable(ctx, held._id) : undefined;
  const chosen =
    held && lead
      ? { lead, reason: held.reason, ...(held.since && { since: held.since }) }
      : await choose(ctx, from);
  const waiting = await countWaiting(ctx, from);
  if (!chosen) {
    await ClaimModel.deleteMany({ userId: ctx.actor.id });
    return { why: await nothingLeft(ctx), waiting };
  }
  const until = await claim(ctx, chosen, lead === undefined);
  const note = (await ctx.ask(listFollowUps, { leadId: chosen.lead.id, limit: 1 })).items[0]?.note;
  const script = scriptFor(ctx, chosen.lead, chosen.reason);
  return {
    lead: chosen.lead,
    reason: chosen.reason,
    why: reasonLabels[chosen.reason],
    claimedUntil: until.toISOString(),
    waiting,
    ...(chosen.since && { since: chosen.since }),
    ...(script && { script }),
    ...(note && { note }),
  };
}

/** A call was logged on it since it was handed out. */
async function isDone(ctx: Context, { _id: leadId, mark }: ClaimDocument): Promise<boolean> {
  const [last] = (await ctx.asSystem('calling').ask(listCalls, { leadId, limit: 1 })).items;
  return last !== undefined && last.id > mark;
}

export async function reachable(ctx: Context, leadId: string): Promise<LeadView | undefined> {
  const [ref] = (await ctx.asSystem('calling').ask(lookUpLeads, { ids: [leadId] })).items;
  const mine = ref && ctx.can('update', 'Lead', { ...ref, assigneeId: ref.assigneeId ?? null });
  return mine && ref.stageKind === 'open' ? ctx.asSystem('calling').ask(getLead, { leadId }) : undefined;
}

const batch = 10;

async function choose(ctx: Context, from: From): Promise<Candidate | undefined> {
  const taken = await notForMe(ctx);
  for (const reason of reasons) {
    const found =
      reason === 'missed' ? await firstMissed(ctx, from, taken) : await firstQueued(ctx, from, reason, taken);
    if (found) return found;
  }
  return undefined;
}

/** What others hold, what I left out, and what I have just been through. */
async function notForMe(ctx: Context): Promise<Set<string>> {
  const now = ctx.now();
  const claims = await ClaimModel.find({ until: { $gt: now }, userId: { $ne: ctx.actor.id } })
    .limit(500)
    .lean();
  const skips = await SkipModel.find({ userId: ctx.actor.id, until: { $gt: now } })
    .limit(400)
    .lean();
  return new Set([...claims.map(({ _id }) => _id), ...skips.map(({ leadId }) => leadId)]);
}

async function firstMissed(ctx: Context, from: From, taken: Set<string>): Promise<Candidate | undefined> {
  let cursor: string | undefined;
  do {
    const page = await ctx.ask(missedCalls, {
      state: 'untried',
      limit: 50,
      ...whose(ctx, from),
      ...(cursor && { cursor }),
    });
    for (const { leadId, calledAt } of page.items) {
      if (taken.has(leadId)) continue;
      const lead = await reachable(ctx, leadId);
      if (lead && (await ringable(ctx, [leadId])).has(leadId))
        return { lead, reason: 'missed', since: calledAt };
    }
    cursor = page.nextCursor;
  } while (cursor);
  return undefined;
}

async function firstQueued(
  ctx: Context,
  from: From,
  queue: Exclude<Reason, 'missed'>,
  taken: Set<string>,
): Promise<Candidate | undefined> {
  const without = new Set(taken);
  for (;;) {
    const { items } = await ctx.ask(callableLeads, {
      queue,
      without: [...without].slice(0, 1000),
      limit: batch,
      ...whose(ctx, from),
    });
    const good = await ringable(
      ctx,
      items.map(({ id }) => id),
    );
    const lead = items.find(({ id }) => good.has(id));
    if (lead) return { lead, reason: queue, since: queue === 'fresh' ? lead.createdAt : lead.followUpAt! };
    if (items.length < batch || without.size >= 1000) return undefined;
    for (const { id } of items) without.add(id);
  }
}

/** Those with a number that nobody marked as wrong or not to be called; also where the caller may not read it. */
async function ringable(ctx: Context, ids: string[]): Promise<Set<string>> {
  if (!ids.length) return new Set();
  const system = ctx.asSystem('calling');
  const leads = (await system.ask(lookUpLeads, { ids })).items;
  const numbers = leads.flatMap(({ phone }) => phone ?? []);
  const barred = new Set((await system.ask(numberMarks, { numbers })).items.map(({ number }) => number));
  return new Set(leads.flatMap(({ id, phone }) => (phone && !barred.has(phone) ? [id] : [])));
}

const whose = (ctx: Context, from: From) => (from === 'mine' ? { assigneeId: ctx.actor.id } : {});

/** One lead a caller. Somebody who takes the same one at this very moment makes this transaction begin again. */
async function claim(ctx: Context, { lead, reason, since }: Candidate, isNew: boolean): Promise<Date> {
  const [userId, now] = [ctx.actor.id, ctx.now()];
  const until = addMinutes(now, ctx.config.app.calls.claimMinutes);
  await ClaimModel.deleteMany({ userId, _id: { $ne: lead.id } });
  try {
    await ClaimModel.updateOne(
      { _id: lead.id, $or: [{ userId }, { until: { $lte: now } }] },
      { $set: { userId, reason, until, ...(since && { since }), ...(isNew && { mark: ctx.id() }) } },
      { upsert: true },
    );
  } catch (error) {
    if (error instanceof MongoServerError && error.code === 11000)
      error.addErrorLabel('TransientTransactionError');
    throw error;
  }
  return until;
}

async function countWaiting(ctx: Context, from: From): Promise<HandedOut['waiting']> {
  const count = async (queue: Exclude<Reason, 'missed'>) =>
    (await ctx.ask(callableLeads, { queue, limit: 1, ...whose(ctx, from) })).total;
  return {
    missed: (await ctx.ask(missedCalls, { state: 'untried', limit: 1, ...whose(ctx, from) })).total,
    due: await count('due'),
    soon: await count('soon'),
    fresh: await count('fresh'),
  };
}

async function nothingLeft(ctx: Context): Promise<string> {
  const after = { from: ctx.now().toISOString(), limit: 1 };
  const [next] = (await ctx.ask(listFollowUps, after)).items;
  return next
    ? `Nothing waits now. The next follow-up is with #${next.leadNumber} ${next.leadName}.`
    : 'Nothing waits: no missed calls, no follow-ups, and every lead was tried.';
}
