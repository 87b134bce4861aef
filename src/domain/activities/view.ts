import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { RecordKind } from '../../core/rights.ts';
import { getLead, type LeadView, lookUpLeads } from '../leads/contract.ts';
import { type CallView, type FollowUpView, outcomeLabels } from './contract.ts';
import type { CallDocument, FollowUpDocument } from './model.ts';

/**
 * The lead, if the actor may see it, with the fields that records on it repeat.
 * @param making what is to be recorded on it: the actor's right to that is theirs for this very lead.
 * @throws record.not_found, auth.forbidden
 */
export async function leadFor(
  ctx: Context,
  leadId: string,
  making?: RecordKind,
): Promise<{ lead: LeadView; owned: Owned }> {
  const lead = await ctx.ask(getLead, { leadId });
  const { items } = await ctx.asSystem('activities').ask(lookUpLeads, { ids: [leadId] });
  const owned = {
    leadId,
    leadNumber: lead.number,
    leadName: lead.name,
    contactId: lead.contactId,
    assigneeId: lead.assigneeId ?? null,
    teamIds: items[0]?.teamIds ?? [],
  };
  if (making && !ctx.can('create', making, owned))
    throw new AppError('auth.forbidden', { action: 'record', subject: 'anything on this lead' });
  return { lead, owned };
}
/** The lead's number, also for whoever may not read it: what is done with it does not depend on that. */
export async function numberOf(ctx: Context, leadId: string): Promise<string | undefined> {
  return (await ctx.asSystem('activities').ask(lookUpLeads, { ids: [leadId] })).items[0]?.phone;
}

type Owned = {
  leadId: string;
  leadNumber: number;
  leadName: string;
  contactId: string;
  assigneeId: string | null;
  teamIds: string[];
};

export const followUpViewOf = ({
  _id,
  leadId,
  leadNumber,
  leadName,
  at,
  note,
  remind,
  status,
  assigneeId,
}: FollowUpDocument): FollowUpView => ({
  id: _id,
  leadId,
  leadNumber,
  leadName,
  at: at.toISOString(),
  remind,
  status: status === 'parked' ? 'replaced' : status,
  ...(note && { note }),
  ...(assigneeId && { assigneeId }),
});

export const callViewOf = ({
  _id,
  leadId,
  leadNumber,
  leadName,
  direction,
  outcome,
  calledAt,
  minutes,
  purpose,
  note,
  by,
  assigneeId,
  phone,
  automatic = false,
  missed,
  recording,
}: CallDocument): CallView => ({
  id: _id,
  leadId,
  leadNumber,
  leadName,
  direction,
  outcome,
  outcomeLabel: outcomeLabels[outcome],
  calledAt: calledAt.toISOString(),
  by,
  automatic,
  ...(minutes !== undefined && { minutes }),
  ...(phone?.seconds !== undefined && { seconds: phone.seconds }),
  ...(purpose && { purpose }),
  ...(note && { note }),
  ...(assigneeId && { assigneeId }),
  ...(missed && { missed: missed.state }),
  ...(missed?.at && { rungBackAt: missed.at.toISOString() }),
  ...(missed?.by && { rungBackBy: missed.by }),
  ...(recording && { recording }),
});
