import { handles } from '../../../core/define.ts';
import { findUsers } from '../../staff/contract.ts';
import { tell } from '../contract.ts';
import { NotificationModel } from '../model.ts';
import { raise } from '../raise.ts';

export const tellHandler = handles(tell, async (ctx, { userId, ...notice }) => {
  const [user] = (await ctx.ask(findUsers, { ids: [userId] })).items;
  if (user && !(await NotificationModel.exists({ key: notice.key }))) await raise(ctx, user, notice);
  return { ok: true as const };
});
