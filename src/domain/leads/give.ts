import type { Context } from '../../core/context.ts';
import { assignActivities } from '../activities/contract.ts';
import { assignAppointments } from '../appointments/contract.ts';
import { addToTimeline, assignContact } from '../contacts/contract.ts';
import { assignConversations } from '../conversations/contract.ts';
import { assignEnquiries } from '../enquiries/contract.ts';
import type { UserView } from '../staff/contract.ts';
import { leadAssigned, leadMoved } from './contract.ts';
import { type LeadDocument, LeadModel } from './model.ts';
import { pipelineOf } from './view.ts';

type How = {
  reason?: string;
  handOff?: boolean;
  undoOf?: boolean;
  /** It is being made in this transaction: nothing is recorded on it yet. */
  isNew?: boolean;
};

/**
 * Gives a lead to somebody, and with it the contact, its conversations and everything recorded on the lead: whoever
 * may see the one may see the others, and nobody else.
 */
export async function give(
  ctx: Context,
  lead: LeadDocument,
  to: UserView,
  { reason, handOff = false, undoOf = false, isNew = false }: How = {},
): Promise<void> {
  const from = lead.assigneeId ?? undefined;
  const rest = { assigneeId: to.id, teamIds: circleOf(lead, to) };
  const rule = pipelineOf(ctx).on['lead.assigned'];
  const stage = rule?.from.includes(lead.stage) ? rule.to : undefined;
  const change = {
    $set: {
      ...rest,
      ...(stage && { stage }),
      lastActivityAt: ctx.now(),
      ...(handOff && { handedOff: { by: ctx.actor.id, to: to.id } }),
    },
    ...(!handOff && lead.handedOff && { $unset: { handedOff: 1 } }),
  };
  ctx.writes.adjust(LeadModel, { _id: lead._id }, change);
  // Whoever has given it reads it again; one that is being made goes on its way with the rest.
  if (!isNew) await ctx.flush();
  await bring(ctx, lead, rest, isNew);
  await ctx.asSystem('leads').run(addToTimeline, {
    contactId: lead.contactId,
    leadId: lead._id,
    kind: 'assignment',
    by: ctx.actor.name,
    title: undoOf ? `Back with ${to.name}` : `Assigned to ${to.name}`,
    ...(reason && { text: reason }),
  });
  if (stage)
    ctx.emit(
      leadMoved,
      { leadId: lead._id, from: lead.stage, to: stage, quiet: true },
      { kind: 'Lead', id: lead._id },
    );
  ctx.emit(
    leadAssigned,
    {
      leadId: lead._id,
      to: to.id,
      by: ctx.actor.id,
      first: !from,
      ...(from && { from }),
      ...(reason && { reason }),
    },
    { kind: 'Lead', id: lead._id },
  );
}

/** Whose circle a lead is in: its project's, or that of whoever has it. */
export const circleOf = (
  { projectId }: Pick<LeadDocument, 'projectId'>,
  { teamIds }: Pick<UserView, 'teamIds'>,
) => (projectId ? [projectId] : teamIds);

/** Everything recorded with a lead goes where it goes. */
export async function bring(
  ctx: Context,
  { _id: leadId, contactId }: LeadDocument,
  to: { assigneeId?: string; teamIds: string[] },
  isNew = false,
): Promise<void> {
  const system = ctx.asSystem('leads');
  await system.run(assignContact, { contactId, ...to });
  await system.run(assignConversations, { contactId, ...to });
  if (isNew) return;
  await system.run(assignEnquiries, { leadId, ...to });
  await system.run(assignActivities, { leadId, ...to });
  await system.run(assignAppointments, { leadId, ...to });
}
