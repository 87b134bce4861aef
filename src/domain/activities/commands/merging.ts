/** One open follow-up a lead, also when two leads become one; undoing that brings the other back. */
import { handles } from '../../../core/define.ts';
import { cancelTimers } from '../../../core/timers.ts';
import { touchLead } from '../../leads/contract.ts';
import { followUpClosed, joinFollowUps, partFollowUps } from '../contract.ts';
import { FollowUpModel } from '../model.ts';
import { followUpTimers, planReminders } from './followups.ts';

/** The earliest stays. */
export const joinFollowUpsHandler = handles(joinFollowUps, async (ctx, { leadId, mergeId }) => {
  const [first, ...others] = await FollowUpModel.find({ leadId, status: 'open' })
    .sort({ at: 1, _id: 1 })
    .lean();
  for (const { _id } of others) {
    await FollowUpModel.updateOne({ _id }, { $set: { status: 'replaced', joinedBy: mergeId } });
    await cancelTimers(followUpTimers(_id));
    ctx.emit(followUpClosed, { followUpId: _id, leadId }, { kind: 'Lead', id: leadId });
  }
  return first ? { followUpAt: first.at.toISOString() } : {};
});

/** What the merge replaced is open again, unless something else was planned on its lead meanwhile. */
export const partFollowUpsHandler = handles(partFollowUps, async (ctx, { leadIds, mergeId }) => {
  for (const leadId of leadIds) {
    const open = await FollowUpModel.findOne({ leadId, status: 'open' }).lean();
    const replaced = open ? undefined : await FollowUpModel.findOne({ leadId, joinedBy: mergeId }).lean();
    if (replaced) {
      await FollowUpModel.updateOne({ _id: replaced._id }, { $set: { status: 'open' } });
      await planReminders(ctx, replaced);
    }
    await FollowUpModel.updateMany({ leadId, joinedBy: mergeId }, { $unset: { joinedBy: 1 } });
    const { at } = replaced ?? open ?? {};
    await ctx.run(touchLead, { leadId, followUpAt: at?.toISOString() ?? null });
  }
  return { ok: true } as const;
});
