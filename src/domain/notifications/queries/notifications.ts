import { decodeCursor, encodeCursor } from '../../../core/cursor.ts';
import { handles } from '../../../core/define.ts';
import { listNotifications } from '../contract.ts';
import { NotificationModel } from '../model.ts';

export const listNotificationsHandler = handles(listNotifications, async (ctx, { unread, cursor, limit }) => {
  const mine = { userId: ctx.actor.id };
  const filter = { ...mine, ...(unread && { read: false }) };
  const place = decodeCursor<[string]>(cursor);
  const rows = await NotificationModel.find({ ...filter, ...(place && { _id: { $lt: place[0] } }) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const items = rows
    .slice(0, limit)
    .map(({ _id, at, rule, title, text, leadId, link, buttons, popup, read }) => ({
      id: _id,
      at: at.toISOString(),
      rule,
      title,
      text,
      buttons,
      popup,
      read,
      ...(leadId && { leadId }),
      ...(link && { link }),
    }));
  return {
    items,
    total: await NotificationModel.countDocuments(filter),
    unread: await NotificationModel.countDocuments({ ...mine, read: false }),
    ...(rows.length > limit && { nextCursor: encodeCursor([items.at(-1)!.id]) }),
  };
});
