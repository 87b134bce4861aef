/** A changed notification rule holds for follow-ups that are set already, too, where they go by the rule. */
import { z } from 'zod';
import { defineCommand, handles, on } from '../../core/define.ts';
import { cancelTimers, setTimer } from '../../core/timers.ts';
import { ruleByKey, ruleChanged } from '../notifications/contract.ts';
import { followUpTimers, planReminders } from './commands/followups.ts';
import { FollowUpModel } from './model.ts';

const minutes = z.array(z.number());
const replanFollowUps = defineCommand({
  name: 'followup.replan',
  summary: 'Plan the reminders of follow-ups by a changed rule (internal)',
  permission: 'system',
  input: z.object({ before: minutes, after: z.string().optional() }),
  output: z.object({ planned: z.number() }),
});

export const replanSubscriber = on(ruleChanged, 'activities.replan', async (ctx, { payload }) => {
  const { key, before, leadMinutes = [] } = payload;
  if (key === 'follow-up' && String(before.leadMinutes) !== String(leadMinutes))
    await ctx.run(replanFollowUps, { before: before.leadMinutes ?? [] });
});

const page = 100;

export const replanFollowUpsHandler = handles(replanFollowUps, async (ctx, { before, after }) => {
  const { rule } = await ctx.ask(ruleByKey, { key: 'follow-up' });
  const remind = rule?.leadMinutes ?? [];
  const found = await FollowUpModel.find({
    status: 'open',
    at: { $gt: ctx.now() },
    ...(after && { _id: { $gt: after } }),
  })
    .sort({ _id: 1 })
    .limit(page)
    .lean();
  // Who chose times of their own for a follow-up keeps them.
  for (const { _id, at } of found.filter((one) => String(one.remind) === String(before))) {
    await FollowUpModel.updateOne({ _id }, { $set: { remind } });
    await cancelTimers(followUpTimers(_id));
    await planReminders(ctx, { _id, at, remind });
  }
  if (found.length === page)
    await setTimer({
      key: 'followups:replan',
      dueAt: ctx.now(),
      command: replanFollowUps.name,
      input: { before, after: found.at(-1)!._id },
    });
  return { planned: found.length };
});
