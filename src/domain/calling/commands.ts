import { type Answer, handles } from '../../core/define.ts';
import { AppError } from '../../core/errors.ts';
import { addMinutes } from '../../core/zone.ts';
import { addToTimeline } from '../contacts/contract.ts';
import { handedOutCard } from './card.ts';
import { endSession, type HandedOut, nextToRing, skipLead } from './contract.ts';
import { handOut, reachable } from './hand-out.ts';
import { ClaimModel, SkipModel } from './model.ts';

const present = (out: HandedOut, at: { zone: string; locale: string }): Answer => ({
  text: [out.why, out.script].filter(Boolean).join('\n'),
  cards: out.lead ? [handedOutCard(out, at)] : [],
});

export const nextToRingHandler = handles(nextToRing, (ctx, { from }) => handOut(ctx, from), { present });

export const skipLeadHandler = handles(
  skipLead,
  async (ctx, { leadId, reason, minutes, from }) => {
    const lead = await reachable(ctx, leadId);
    if (!lead) throw new AppError('record.not_found', { kind: 'lead', id: leadId });
    const _id = `${ctx.actor.id}:${leadId}`;
    await SkipModel.deleteMany({ userId: ctx.actor.id, until: { $lte: ctx.now() } });
    await SkipModel.updateOne(
      { _id },
      { $set: { userId: ctx.actor.id, leadId, reason, until: addMinutes(ctx.now(), minutes) } },
      { upsert: true },
    );
    await ClaimModel.deleteOne({ _id: leadId, userId: ctx.actor.id });
    await ctx.asSystem('calling').run(addToTimeline, {
      contactId: lead.contactId,
      leadId,
      kind: 'call',
      by: ctx.actor.name,
      title: 'Left out of the calling session',
      text: reason,
    });
    ctx.audit({
      kind: 'Lead',
      id: leadId,
      after: { reason, minutes },
      text: `left out #${lead.number}: ${reason}`,
    });
    return handOut(ctx, from);
  },
  { present },
);

export const endSessionHandler = handles(endSession, async (ctx) => {
  await ClaimModel.deleteMany({ userId: ctx.actor.id });
  return { ok: true } as const;
});
