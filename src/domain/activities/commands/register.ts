/** What a call brings about, whoever logged it, and how all of it is taken back. */
import type { Context } from '../../../core/context.ts';
import { nextOpening } from '../../appointments/contract.ts';
import { type LeadView, touchLead } from '../../leads/contract.ts';
import {
  type CallOutcome,
  cancelFollowUp,
  type FollowUpView,
  outcomeLabels,
  setFollowUp,
} from '../contract.ts';
import {
  type CallDocument,
  type CallEffects,
  CallModel,
  FollowUpModel,
  type MissedMark,
  NumberMarkModel,
} from '../model.ts';
import { ruleOf } from '../outcomes.ts';
import { retryAt } from '../rules.ts';
import { numberOf } from '../view.ts';
import { close, closeDue, reopen } from './followups.ts';

type Call = Pick<CallDocument, '_id' | 'leadId' | 'outcome' | 'calledAt' | 'by' | 'note'>;
export type Brought = { effects: CallEffects; followUp?: FollowUpView };

/**
 * Closes the follow-up that the call answers, notes the outcome on the lead and moves it where the pipeline says, sets
 * the next call (asked for, else the policy's), answers missed calls of the lead, marks numbers not to be rung.
 */
export async function bringAbout(ctx: Context, call: Call, lead: LeadView, at?: string): Promise<Brought> {
  const { leadId, outcome } = call;
  const { marks } = ruleOf(outcome);
  const doneId = await closeDue(ctx, leadId);
  const parkedId = marks && !doneId ? await park(ctx, leadId) : undefined;
  const { moved } = await ctx.asSystem('activities').run(touchLead, {
    leadId,
    lastCallOutcome: outcome,
    ...((doneId || parkedId) && { followUpAt: null }),
    ...(outcome === 'answered' && { moment: 'call.answered' as const }),
  });
  const followUp =
    at || lead.stageKind === 'open' ? await callAgain(ctx, leadId, outcome, at, call.note) : undefined;
  const rangBack = await ringBack(ctx, call);
  const number = marks && (await numberOf(ctx, leadId));
  const marked = marks && number ? await mark(ctx, number, marks, call) : undefined;
  return {
    effects: {
      ...(lead.lastCallOutcome && { lastCallOutcome: lead.lastCallOutcome }),
      ...(moved && { moved }),
      ...(followUp && { followUpId: followUp.id }),
      ...(doneId && { doneId }),
      ...(parkedId && { parkedId }),
      ...(marked && { marked }),
      ...(rangBack.length && { rangBack }),
    },
    ...(followUp && { followUp }),
  };
}

/** The time that was asked for, else the policy's retry, moved to when the office is open. */
async function callAgain(
  ctx: Context,
  leadId: string,
  outcome: CallOutcome,
  at?: string,
  note?: string,
): Promise<FollowUpView | undefined> {
  const proposed = at ? undefined : retryAt(outcome, ctx.now(), ctx.config.app.calls);
  const when =
    at ??
    (proposed && (await ctx.asSystem('activities').ask(nextOpening, { at: proposed.toISOString() })).at);
  if (!when) return undefined;
  const text = note ?? (outcome === 'answered' ? undefined : outcomeLabels[outcome]);
  return (await ctx.run(setFollowUp, { leadId, at: when, ...(text && { note: text }) })).followUp;
}

/** Nobody rings a marked number: what was planned waits until somebody takes the mark away. */
async function park(ctx: Context, leadId: string): Promise<string | undefined> {
  const planned = await FollowUpModel.findOne({ leadId, status: 'open' }).lean();
  if (planned) await close(ctx, planned, 'parked');
  return planned?._id;
}

/** Any later call with the lead answers its missed calls: with success, or as a try. */
export async function ringBack(
  ctx: Context,
  { _id: own, leadId, outcome, by, calledAt }: Call,
): Promise<{ id: string; missed: MissedMark }[]> {
  const waiting = await CallModel.find({
    leadId,
    'missed.state': { $in: ['open', 'tried'] },
    calledAt: { $lte: calledAt },
    _id: { $ne: own },
  }).lean();
  const state =
    outcome === 'answered' || outcome === 'callback' || ruleOf(outcome).marks ? 'rungBack' : 'tried';
  if (waiting.length)
    await CallModel.updateMany(
      { _id: { $in: waiting.map(({ _id }) => _id) } },
      { $set: { missed: { state, at: ctx.now(), by } } },
    );
  return waiting.map(({ _id, missed }) => ({ id: _id, missed: missed! }));
}

async function mark(
  ctx: Context,
  number: string,
  kind: 'wrong' | 'doNotCall',
  { _id, by, note }: Call,
): Promise<string> {
  await NumberMarkModel.updateOne(
    { _id: number },
    { $set: { mark: kind, at: ctx.now(), by, callId: _id, ...(note && { note }) } },
    { upsert: true },
  );
  return number;
}

/** Everything as it was before, except what somebody changed since. */
export async function takeBack(
  ctx: Context,
  callId: string,
  leadId: string,
  effects: CallEffects,
): Promise<void> {
  const system = ctx.asSystem('activities');
  const { followUpId, doneId, parkedId, moved, rangBack = [], marked } = effects;
  const set = followUpId && (await FollowUpModel.findOne({ _id: followUpId, status: 'open' }).lean());
  if (set) await system.run(cancelFollowUp, { followUpId: set._id });
  for (const id of [doneId, parkedId]) if (id) await reopen(ctx, id);
  if (marked) await NumberMarkModel.deleteOne({ _id: marked, callId });
  for (const { id, missed } of rangBack) await CallModel.updateOne({ _id: id }, { $set: { missed } });
  await system.run(touchLead, {
    leadId,
    lastCallOutcome: effects.lastCallOutcome ?? null,
    ...(moved && { back: { from: moved.to, to: moved.from } }),
  });
}
