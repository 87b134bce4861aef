import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { invalid } from '../../../core/validate.ts';
import { findUsers, listAssignees, type UserView } from '../../staff/contract.ts';
import { leadCard } from '../card.ts';
import { assignLead, handOffLead, takeBackLead } from '../contract.ts';
import { give } from '../give.ts';
import { LeadModel } from '../model.ts';
import { reach, viewById } from '../view.ts';

export const assignLeadHandler = handles(
  assignLead,
  async (ctx, { leadId, assigneeId, reason }) => {
    const lead = await reach(ctx, 'assign', leadId);
    const { items } = await ctx.ask(listAssignees, {});
    const to = items.find(({ id }) => id === assigneeId) ?? (await refuse(ctx, assigneeId));
    const before = lead.assigneeId;
    if (before !== to.id) {
      await give(ctx, lead, to, reason ? { reason } : {});
      ctx.audit({
        kind: 'Lead',
        id: leadId,
        before: { assigneeId: before },
        after: { assigneeId: to.id },
        text: `assigned #${lead.number} to ${to.name}`,
        ...(before && { undo: { command: assignLead.name, input: { leadId, assigneeId: before } } }),
      });
    }
    return { lead: await viewById(ctx, leadId) };
  },
  { present: ({ lead }, at) => ({ cards: [leadCard(lead, at)], update: true }) },
);

/** Upwards always; sideways or down only to whom the role may assign. */
export const handOffLeadHandler = handles(
  handOffLead,
  async (ctx, { leadId, assigneeId, reason }) => {
    const lead = await reach(ctx, 'update', leadId);
    const to = await receiver(ctx, assigneeId);
    if (to.id === lead.assigneeId) throw invalid('assigneeId', 'has this lead already');
    await give(ctx, lead, to, { handOff: true, ...(reason && { reason }) });
    ctx.audit({
      kind: 'Lead',
      id: leadId,
      before: { assigneeId: lead.assigneeId },
      after: { assigneeId: to.id },
      text: `handed #${lead.number} over to ${to.name}`,
      undo: { command: takeBackLead.name, input: { leadId } },
    });
    return { leadId, number: lead.number, assigneeId: to.id, assigneeName: to.name };
  },
  {
    present: ({ number, assigneeName }) => ({
      text: `#${number} is with ${assigneeName} now.`,
      update: true,
    }),
  },
);

async function receiver(ctx: Context, wanted?: string): Promise<UserView> {
  const system = ctx.asSystem('leads');
  const superiors = (await system.ask(findUsers, { roles: ['manager', 'administrator'] })).items;
  const { items: mine } = await ctx.ask(listAssignees, {});
  if (wanted) return [...mine, ...superiors].find(({ id }) => id === wanted) ?? refuse(ctx, wanted);
  const self = mine.find(({ id }) => id === ctx.actor.id);
  const manager =
    superiors.find(({ id }) => id === self?.managerId) ??
    superiors.find(({ id, role }) => role === 'manager' && id !== ctx.actor.id) ??
    superiors.find(({ id }) => id !== ctx.actor.id);
  if (!manager) throw invalid('assigneeId', 'name somebody: there is no manager yet');
  return manager;
}

export const takeBackLeadHandler = handles(takeBackLead, async (ctx, { leadId }) => {
  const lead = await LeadModel.findById(leadId).lean();
  const given = lead?.handedOff;
  if (!lead || given?.by !== ctx.actor.id)
    throw new AppError('record.not_found', { kind: 'lead', id: leadId });
  if (lead.assigneeId !== given.to) throw new AppError('record.conflict', { kind: 'lead' });
  const { items } = await ctx.asSystem('leads').ask(findUsers, { ids: [ctx.actor.id] });
  await give(ctx, lead, items[0]!, { undoOf: true });
  ctx.audit({
    kind: 'Lead',
    id: leadId,
    after: { assigneeId: ctx.actor.id },
    text: `took #${lead.number} back`,
  });
  return { lead: await viewById(ctx, leadId) };
});

async function refuse(ctx: Context, id: string): Promise<never> {
  const { items } = await ctx.asSystem('leads').ask(findUsers, { ids: [id], activeOnly: false });
  throw new AppError('user.cannot_assign_to', { name: items[0]?.name ?? id });
}
