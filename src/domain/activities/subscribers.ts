import { on } from '../../core/define.ts';
import { leadChanged, leadMoved, lookUpLeads, touchLead } from '../leads/contract.ts';
import { close, reopen } from './commands/followups.ts';
import { FollowUpModel, NumberMarkModel } from './model.ts';
import { ruleOf, saidOutcomes } from './outcomes.ts';

const marking: readonly string[] = saidOutcomes.filter((key) => ruleOf(key).marks);

/** A closed lead has no follow-up; undoing the closing brings it back. */
export const subscribers = [
  on(leadMoved, 'activities.parkFollowUps', async (ctx, { payload: { leadId } }) => {
    const { items } = await ctx.ask(lookUpLeads, { ids: [leadId] });
    const lead = items[0];
    if (!lead) return;
    const status = lead.stageKind === 'open' ? 'parked' : 'open';
    const followUp = await FollowUpModel.findOne({ leadId, status }).sort({ _id: -1 }).lean();
    if (!followUp) return;
    if (status === 'open') await close(ctx, followUp, 'parked');
    else if (lead.followUpAt === followUp.at.toISOString()) await reopen(ctx, followUp._id);
  }),
  /** Another number was entered for it: it may be rung again. */
  on(leadChanged, 'activities.newNumber', async (ctx, { payload: { leadId } }) => {
    const [lead] = (await ctx.ask(lookUpLeads, { ids: [leadId] })).items;
    if (!lead?.phone || !marking.includes(lead.lastCallOutcome ?? '')) return;
    if (!(await NumberMarkModel.exists({ _id: lead.phone })))
      await ctx.run(touchLead, { leadId, lastCallOutcome: null });
  }),
];
