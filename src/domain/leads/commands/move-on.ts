import { handles } from '../../../core/define.ts';
import { addToTimeline } from '../../contacts/contract.ts';
import { countLeadsByStage, leadMoved, moveLeadsOn } from '../contract.ts';
import { LeadModel } from '../model.ts';

/** Nothing that a person did: the lead's last activity stays, and nobody is told of each. */
export const moveLeadsOnHandler = handles(
  moveLeadsOn,
  async (ctx, { from, to, fromLabel, toLabel, why, limit }) => {
    const leads = await LeadModel.find({ stage: from }, { number: 1, contactId: 1 })
      .sort({ createdAt: 1, _id: 1 })
      .limit(limit)
      .lean();
    const ids = leads.map(({ _id }) => _id);
    if (ids.length)
      ctx.writes.adjust(
        LeadModel,
        { _id: { $in: ids }, stage: from },
        { $set: { stage: to }, $unset: { cameFrom: 1 } },
      );
    for (const { _id, number, contactId } of leads) {
      await ctx.run(addToTimeline, {
        contactId,
        leadId: _id,
        kind: 'stage',
        title: `${fromLabel} → ${toLabel}`,
        text: why,
      });
      ctx.emit(leadMoved, { leadId: _id, from, to, quiet: true }, { kind: 'Lead', id: _id });
      ctx.audit({
        kind: 'Lead',
        id: _id,
        before: { stage: from },
        after: { stage: to },
        text: `#${number}: ${why}`,
      });
    }
    return { moved: ids.length };
  },
);

export const countLeadsByStageHandler = handles(countLeadsByStage, async (_, { stages }) => {
  const counted: Record<string, number> = {};
  for (const stage of stages) counted[stage] = await LeadModel.countDocuments({ stage });
  return { stages: counted };
});
