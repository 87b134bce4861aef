import { handles } from '../../../core/define.ts';
import { AppError } from '../../../core/errors.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { findUsers } from '../../staff/contract.ts';
import { leadCard } from '../card.ts';
import { leadChanged, placeLead } from '../contract.ts';
import { bring, circleOf, give } from '../give.ts';
import { LeadModel } from '../model.ts';
import { projectsNow } from '../projects.ts';
import { reach, viewById } from '../view.ts';
import { whoseTurn } from './open.ts';

/** With all that is recorded on it. Whoever has it and is in the project keeps it; else it is somebody's turn there. */
export const placeLeadHandler = handles(
  placeLead,
  async (ctx, { leadId, projectId }) => {
    const before = await reach(ctx, 'assign', leadId);
    if ((before.projectId ?? null) === projectId) return { lead: await viewById(ctx, leadId) };
    const project = (await projectsNow(ctx)).find(({ id }) => id === projectId);
    if (projectId && !project?.active)
      throw new AppError('record.not_found', { kind: 'project', id: projectId });
    const { projectId: _, ...rest } = before;
    const lead = { ...rest, ...(projectId && { projectId }) };
    const system = ctx.asSystem('leads');
    const [owner] = lead.assigneeId
      ? (await system.ask(findUsers, { ids: [lead.assigneeId], activeOnly: false })).items
      : [];
    const teamIds = circleOf(lead, owner ?? { teamIds: [] });
    await LeadModel.updateOne(
      { _id: leadId },
      { $set: { teamIds, ...(projectId && { projectId }) }, ...(!projectId && { $unset: { projectId: 1 } }) },
    );
    await bring(ctx, lead, { ...(lead.assigneeId && { assigneeId: lead.assigneeId }), teamIds });
    await system.run(addToTimeline, {
      contactId: lead.contactId,
      leadId,
      kind: 'assignment',
      by: ctx.actor.name,
      title: project ? `In the project ${project.name}` : 'In no project any more',
    });
    const stays = !project || (lead.assigneeId && project.memberIds.includes(lead.assigneeId));
    const next = stays ? undefined : await whoseTurn(ctx, lead, undefined, project);
    if (next) await give(ctx, lead, next, { reason: `works in ${project!.name}` });
    ctx.emit(leadChanged, { leadId }, { kind: 'Lead', id: leadId });
    ctx.audit({
      kind: 'Lead',
      id: leadId,
      before: { projectId: before.projectId, assigneeId: before.assigneeId },
      after: { projectId, assigneeId: next?.id ?? before.assigneeId },
      text: project
        ? `put #${lead.number} into the project ${project.name}`
        : `took #${lead.number} out of its project`,
      undo: { command: placeLead.name, input: { leadId, projectId: before.projectId ?? null } },
    });
    return { lead: await viewById(ctx, leadId) };
  },
  { present: ({ lead }, at) => ({ cards: [leadCard(lead, at)], update: true }) },
);
