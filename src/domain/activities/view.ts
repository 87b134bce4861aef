import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { RecordKind } from '../../core/rights.ts';
import { getLead, type LeadView, lookUpLeads } from '../leads/contract.ts';
import type { FollowUpView } from './contract.ts';
import type { FollowUpDocument } from './model.ts';

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
