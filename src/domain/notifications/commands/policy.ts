import type { Context } from '../../../core/context.ts';
import { handles } from '../../../core/define.ts';
import { setPolicy } from '../contract.ts';
import { callAt } from '../deliver.ts';
import { DeliveryModel } from '../model-delivery.ts';
import { addPolicy, currentPolicy } from '../policy.ts';

export const setPolicyHandler = handles(setPolicy, async (ctx, { quiet, dailyAt }) => {
  const { version, changedBy: _, changedAt: __, ...before } = await currentPolicy(ctx);
  const { quiet: quietBefore, ...rest } = before;
  const wanted = quiet === undefined ? quietBefore : (quiet ?? undefined);
  const policy = await addPolicy(
    ctx,
    { ...rest, ...(dailyAt && { dailyAt }), ...(wanted && { quiet: wanted }) },
    version,
  );
  ctx.audit({
    kind: 'Setting',
    id: 'notification:policy',
    before,
    after: policy,
    text: 'changed quiet hours and digests',
    undo: { command: setPolicy.name, input: { quiet: quietBefore ?? null, dailyAt: before.dailyAt } },
  });
  await judgeHeldAnew(ctx);
  return { policy };
});

/** Holds from now on also for what waits already: whoever has something waiting is looked at again at once. */
async function judgeHeldAnew(ctx: Context): Promise<void> {
  for (const recipient of await DeliveryModel.distinct('recipient', { state: 'held' }))
    await callAt(recipient, ctx.now(), true);
}
