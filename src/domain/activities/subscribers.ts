import { on } from '../../core/define.ts';
import { leadMoved, lookUpLeads } from '../leads/contract.ts';
import { close, reopen } from './commands/followups.ts';
import { FollowUpModel } from './model.ts';

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
];
