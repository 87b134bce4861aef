import type { Pipeline } from '../../core/config-schema.ts';
import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { Action } from '../../core/rights.ts';
import { allowedMoves } from '../../core/state-machine.ts';
import { findUsers } from '../staff/contract.ts';
import type { LeadRef, LeadView } from './contract.ts';
import { type LeadDocument, LeadModel } from './model.ts';
import { isOnline, kindOf, lostReasonLabel, machineOf, stageOf } from './rules.ts';
import { valueIn } from './value.ts';

/** The pipeline in use. */
export const pipelineOf = (ctx: Context): Pipeline => ctx.config.pipelines[0]!;

/** @throws record.not_found for what is not there and for what the actor may not reach, alike. */
export async function reach(ctx: Context, action: Action, leadId: string): Promise<LeadDocument> {
  const lead = await LeadModel.findOne({ $and: [{ _id: leadId }, ctx.scope(action, 'Lead')] }).lean();
  if (!lead) throw new AppError('record.not_found', { kind: 'lead', id: leadId });
  return lead;
}

export async function viewsOf(ctx: Context, leads: LeadDocument[]): Promise<LeadView[]> {
  const ids = [...new Set(leads.map(({ assigneeId }) => assigneeId).filter((id) => id !== null))];
  const { items: users } = ids.length
    ? await ctx.asSystem('leads').ask(findUsers, { ids, activeOnly: false })
    : { items: [] };
  const names = new Map(users.map(({ id, name }) => [id, name]));
  const pipeline = pipelineOf(ctx);
  return leads.map((lead) =>
    viewOf(lead, pipeline, lead.assigneeId ? names.get(lead.assigneeId) : undefined),
  );
}

export const viewFor = async (ctx: Context, lead: LeadDocument): Promise<LeadView> =>
  (await viewsOf(ctx, [lead]))[0]!;
export const viewById = async (ctx: Context, leadId: string): Promise<LeadView> =>
  viewFor(ctx, (await LeadModel.findById(leadId).lean())!);

export function viewOf(lead: LeadDocument, pipeline: Pipeline, assigneeName?: string): LeadView {
  const reason = lostReasonLabel(pipeline, lead.lostReason);
  return {
    id: lead._id,
    number: lead.number,
    name: displayName(lead),
    source: lead.source,
    medium: lead.medium,
    stage: lead.stage,
    stageLabel: stageOf(pipeline, lead.stage)?.label ?? lead.stage,
    stageKind: kindOf(pipeline, lead.stage),
    nextStages: allowedMoves(machineOf(pipeline), lead.stage).map((key) => ({
      key,
      label: stageOf(pipeline, key)!.label,
    })),
    contactId: lead.contactId,
    hot: lead.hot,
    createdAt: lead.createdAt.toISOString(),
    lastActivityAt: lead.lastActivityAt.toISOString(),
    verdict: lead.verdict,
    ...defined(lead, [
      'phone',
      'email',
      'city',
      'product',
      'quantity',
      'budget',
      'campaign',
      'industry',
      'segment',
      'size',
      'lostReason',
      'lastCallOutcome',
    ]),
    ...(reason && { lostReasonLabel: reason }),
    ...(valueIn(lead) && { value: valueIn(lead)! }),
    ...(lead.assigneeId && { assigneeId: lead.assigneeId }),
    ...(assigneeName && { assigneeName }),
    ...(lead.projectId && { projectId: lead.projectId }),
    ...(lead.followUpAt && { followUpAt: lead.followUpAt.toISOString() }),
    ...(lead.demoAt && { demoAt: lead.demoAt.toISOString() }),
  };
}

export function refOf(lead: LeadDocument, pipeline: Pipeline): LeadRef {
  return {
    id: lead._id,
    number: lead.number,
    name: displayName(lead),
    source: lead.source,
    medium: lead.medium,
    stage: lead.stage,
    stageLabel: stageOf(pipeline, lead.stage)?.label ?? lead.stage,
    stageKind: kindOf(pipeline, lead.stage),
    contactId: lead.contactId,
    teamIds: lead.teamIds,
    lastActivityAt: lead.lastActivityAt.toISOString(),
    createdAt: lead.createdAt.toISOString(),
    online: isOnline(lead),
    ...defined(lead, ['phone', 'email', 'product', 'lostReason', 'lastCallOutcome']),
    ...(lead.lostReason && { lostReasonLabel: lostReasonLabel(pipeline, lead.lostReason)! }),
    ...(lead.assigneeId && { assigneeId: lead.assigneeId }),
    ...(lead.followUpAt && { followUpAt: lead.followUpAt.toISOString() }),
  };
}

export const displayName = ({ name, phone, email }: LeadDocument): string =>
  name || phone || email || 'Unknown';
function defined<K extends keyof LeadDocument>(
  lead: LeadDocument,
  keys: K[],
): Partial<Pick<LeadDocument, K>> {
  return Object.fromEntries(keys.filter((key) => lead[key]).map((key) => [key, lead[key]])) as Partial<
    Pick<LeadDocument, K>
  >;
}
