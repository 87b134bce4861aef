import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { leadChanged, leadMoved, touchLead } from '../contract.ts';
import { type LeadDocument, LeadModel } from '../model.ts';
import { kindOf, stageOf, stagesOfKind } from '../rules.ts';
import { pipelineOf } from '../view.ts';

export const touchLeadHandler = handles(
  touchLead,
  async (ctx, { leadId, moment, back, withdraw, verdict, ...facts }) => {
    const lead = await LeadModel.findById(leadId).lean();
    if (!lead) return { ok: true } as const;
    const set: Record<string, unknown> = { lastActivityAt: ctx.now(), ...(verdict && { verdict }) };
    const unset: Record<string, 1> = {};
    for (const [field, value] of Object.entries(facts)) {
      if (value === null) unset[field] = 1;
      else if (value !== undefined) set[field] = field.endsWith('At') ? new Date(value) : value;
    }
    const to = destination(ctx, lead, { moment, back, withdraw });
    if (to && to !== lead.stage) {
      set.stage = to;
      const closed = kindOf(pipelineOf(ctx), to) !== 'open';
      if (closed) Object.assign(unset, { followUpAt: 1 });
      if (withdraw) Object.assign(set, { lostReason: withdraw, closedAt: ctx.now() });
      unset.cameFrom = 1;
    }
    ctx.writes.adjust(
      LeadModel,
      { _id: leadId },
      { $set: set, ...(Object.keys(unset).length && { $unset: unset }) },
    );
    const subject = { kind: 'Lead', id: leadId } as const;
    if (!to || to === lead.stage) {
      ctx.emit(leadChanged, { leadId }, subject);
      return { ok: true } as const;
    }
    await tell(ctx, lead, to, withdraw);
    ctx.emit(leadMoved, { leadId, from: lead.stage, to, ...(withdraw ? { quiet: true } : {}) }, subject);
    return { ok: true as const, moved: { from: lead.stage, to } };
  },
);

function destination(
  ctx: Context,
  lead: LeadDocument,
  why: { moment?: string; back?: { from: string; to: string }; withdraw?: string },
): string | undefined {
  const pipeline = pipelineOf(ctx);
  if (why.withdraw) return stagesOfKind(pipeline, 'lost')[0];
  // Where it was may have ended meanwhile.
  if (why.back)
    return lead.stage === why.back.from && stageOf(pipeline, why.back.to) ? why.back.to : undefined;
  const rule = why.moment ? pipeline.on[why.moment as keyof typeof pipeline.on] : undefined;
  return rule?.from.includes(lead.stage) ? rule.to : undefined;
}

async function tell(ctx: Context, lead: LeadDocument, to: string, withdraw?: string): Promise<void> {
  const label = (key: string) => stageOf(pipelineOf(ctx), key)?.label ?? key;
  await ctx.asSystem('leads').run(addToTimeline, {
    contactId: lead.contactId,
    leadId: lead._id,
    kind: 'stage',
    ...(ctx.actor.kind === 'user' && { by: ctx.actor.name }),
    title: `${label(lead.stage)} → ${label(to)}`,
    ...(withdraw && { text: withdraw }),
  });
}
