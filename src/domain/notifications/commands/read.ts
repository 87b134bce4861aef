import { handles } from '../../../core/define.ts';
import { markNotificationRead } from '../contract.ts';
import { NotificationModel } from '../model.ts';

export const markReadHandler = handles(markNotificationRead, async (ctx, { id }) => {
  await NotificationModel.updateMany(
    { userId: ctx.actor.id, read: false, ...(id && { _id: id }) },
    { $set: { read: true } },
  );
  return { ok: true } as const;
});
