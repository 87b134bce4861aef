/** How leads come to be and come back; run by the enquiries that cause it. */
import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { setTimer } from '../../../core/timers.ts';
import { addMinutes } from '../../../core/zone.ts';
import { chooseAssignee } from '../../assignment/contract.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { ruleByKey } from '../../notifications/contract.ts';
import { findUsers, type ProjectView, projectFor, type UserView } from '../../staff/contract.ts';
import {
  checkAttempted,
  leadCreated,
  leadNotAttempted,
  leadReengaged,
  openLead,
  reengageLead,
} from '../contract.ts';
import { circleOf, give } from '../give.ts';
import { type LeadDocument, LeadModel, nextNumber } from '../model.ts';
import { projectsNow } from '../projects.ts';
import { isHot, isOnline, kindOf, notAttemptedStages, searchTokens, stageOf } from '../rules.ts';
import { pipelineOf } from '../view.ts';

export const openLeadHandler = handles(
  openLead,
  async (ctx, { conversationId: _, assigneeId, ...input }) => {
    const now = ctx.now();
    const project = projectFor(await projectsNow(ctx), input);
    const lead: LeadDocument = {
      _id: ctx.id(),
      number: await nextNumber('lead'),
      ...input,
      stage: pipelineOf(ctx).initial,
      assigneeId: null,
      ...(project ? { projectId: project.id, teamIds: [project.id] } : { teamIds: [] }),
      hot: isHot(input.source),
      createdAt: now,
      lastActivityAt: now,
      search: searchTokens(input),
    };
    ctx.writes.insert(LeadModel, lead);
    const user = await whoseTurn(ctx, lead, assigneeId, project);
    if (user) await give(ctx, lead, user, { isNew: true });
    ctx.emit(
      leadCreated,
      { leadId: lead._id, enquiryId: input.enquiryId, ...(user && { assigneeId: user.id }) },
      { kind: 'Lead', id: lead._id },
    );
    if (isOnline(input)) await watchAttempt(ctx, lead._id);
    return {
      leadId: lead._id,
      leadNumber: lead.number,
      ...(user && { assigneeId: user.id, teamIds: circleOf(lead, user) }),
    };
  },
  { apart: true },
);

/** Whoever is named, if still here; else by the organisation's rules, in a project among its own people. */
export async function whoseTurn(
  ctx: Context,
  { _id: leadId, source, city, product, campaign, industry, segment, size }: LeadDocument,
  wanted?: string | null,
  project?: ProjectView,
): Promise<UserView | undefined> {
  const system = ctx.asSystem('leads');
  const named = wanted ? (await system.ask(findUsers, { ids: [wanted] })).items[0] : undefined;
  if (named) return named;
  const facts = { leadId, source, city, product, campaign, industry, segment, size };
  return (await system.run(chooseAssignee, { ...facts, ...(project && { among: project.memberIds }) })).user;
}

async function watchAttempt(ctx: Context, leadId: string): Promise<void> {
  const { rule } = await ctx.asSystem('leads').ask(ruleByKey, { key: 'lead-not-attempted' });
  for (const minutes of rule?.leadMinutes ?? []) {
    await setTimer({
      key: `lead:${leadId}:attempt:${minutes}`,
      dueAt: addMinutes(ctx.now(), minutes),
      command: checkAttempted.name,
      input: { leadId },
    });
  }
}

export const checkAttemptedHandler = handles(checkAttempted, async (ctx, { leadId }) => {
  const lead = await LeadModel.findById(leadId).lean();
  if (lead && notAttemptedStages(pipelineOf(ctx)).includes(lead.stage) && !lead.lastCallOutcome)
    ctx.emit(leadNotAttempted, { leadId }, { kind: 'Lead', id: leadId });
  return { ok: true } as const;
});

/** Closed: back to the beginning of the pipeline, or where the pipeline says. Only silent: where it was. With whoever had it, if still here. */
export const reengageLeadHandler = handles(reengageLead, async (ctx, { leadId, enquiryId, why }) => {
  const pipeline = pipelineOf(ctx);
  const lead = (await LeadModel.findById(leadId).lean())!;
  const closed = kindOf(pipeline, lead.stage) !== 'open';
  const rule = pipeline.on['lead.reengaged'];
  const to = rule?.from.includes(lead.stage) ? rule.to : pipeline.initial;
  await LeadModel.updateOne(
    { _id: leadId },
    {
      $set: { verdict: 'reengaged', lastActivityAt: ctx.now(), ...(closed && { stage: to }) },
      ...(closed && { $unset: { lostReason: 1, closedAt: 1, cameFrom: 1, lastCallOutcome: 1 } }),
    },
  );
  const project = lead.projectId
    ? (await projectsNow(ctx)).find(({ id }) => id === lead.projectId)
    : undefined;
  const user = await whoseTurn(ctx, lead, lead.assigneeId, project);
  if (user && user.id !== lead.assigneeId) await give(ctx, lead, user, { reason: 'came back' });
  await ctx.asSystem('leads').run(addToTimeline, {
    contactId: lead.contactId,
    leadId,
    kind: 'stage',
    by: 'System',
    title: closed ? `Re-engaged: ${label(ctx, lead.stage)} → ${label(ctx, to)}` : 'Re-engaged',
    text: why,
  });
  ctx.emit(leadReengaged, { leadId, enquiryId, from: lead.stage, why }, { kind: 'Lead', id: leadId });
  return { leadId, leadNumber: lead.number };
});

const label = (ctx: Context, key: string): string => stageOf(pipelineOf(ctx), key)?.label ?? key;
