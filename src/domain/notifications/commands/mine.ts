import { handles } from '../../../core/define.ts';
import { setMyNotices } from '../contract.ts';
import { callAt } from '../deliver.ts';
import { DeliveryModel } from '../model-delivery.ts';
import { PreferenceModel } from '../model-settings.ts';
import { preferenceOf } from '../policy.ts';

export const setMyNoticesHandler = handles(setMyNotices, async (ctx, { quiet, digest, off }) => {
  const { id } = ctx.actor;
  const before = await preferenceOf(ctx, id);
  const wanted = quiet === undefined ? before.quiet : (quiet ?? undefined);
  const after = {
    digest: digest ?? before.digest,
    off: off ? [...new Set(off)] : before.off,
    ...(wanted && { quiet: wanted }),
  };
  await PreferenceModel.replaceOne({ _id: id }, { _id: id, ...after }, { upsert: true });
  ctx.audit({
    kind: 'Setting',
    id: `notification:mine:${id}`,
    before,
    after,
    text: 'changed how to be told',
    undo: { command: setMyNotices.name, input: { ...before, quiet: before.quiet ?? null } },
  });
  const recipient = `user:${id}`;
  if (await DeliveryModel.exists({ recipient, state: 'held' })) await callAt(recipient, ctx.now(), true);
  return { preference: after };
});
