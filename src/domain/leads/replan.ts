/** A changed rule of unattempted leads holds for those that are waiting, too. */
import { on } from '../../core/define.ts';
import { cancelTimers, setTimer } from '../../core/timers.ts';
import { addMinutes } from '../../core/zone.ts';
import { ruleChanged } from '../notifications/contract.ts';
import { checkAttempted } from './contract.ts';
import { LeadModel } from './model.ts';
import { isOnline, notAttemptedStages } from './rules.ts';
import { pipelineOf } from './view.ts';

/** Those of the last days are few: what is older has been told. */
const atMost = 2000;

export const replanSubscriber = on(ruleChanged, 'leads.replan', async (ctx, { payload }) => {
  const { key, before, leadMinutes = [] } = payload;
  if (key !== 'lead-not-attempted' || String(before.leadMinutes ?? []) === String(leadMinutes)) return;
  const longest = Math.max(0, ...leadMinutes, ...(before.leadMinutes ?? []));
  const waiting = await LeadModel.find({
    stage: { $in: notAttemptedStages(pipelineOf(ctx)) },
    createdAt: { $gt: addMinutes(ctx.now(), -longest) },
  })
    .sort({ createdAt: -1 })
    .limit(atMost)
    .lean();
  for (const lead of waiting.filter((one) => isOnline(one) && !one.lastCallOutcome)) {
    const prefix = `lead:${lead._id}:attempt:`;
    await cancelTimers(prefix);
    for (const minutes of leadMinutes) {
      const dueAt = addMinutes(lead.createdAt, minutes);
      if (dueAt > ctx.now())
        await setTimer({
          key: `${prefix}${minutes}`,
          dueAt,
          command: checkAttempted.name,
          input: { leadId: lead._id },
        });
    }
  }
});
