import { decodeCursor, encodeCursor } from '../../core/cursor.ts';
import { handles } from '../../core/define.ts';
import { all } from '../../core/filter.ts';
import type { Card } from '../../core/messaging.ts';
import { timesBetween } from '../../core/recurrence.ts';
import { readableMoment } from '../../core/zone.ts';
import { listReminders, type ReminderView, reminderTimes, stopReminder } from './contract.ts';
import { ReminderModel } from './model.ts';
import { viewsOf } from './view.ts';

export const listRemindersHandler = handles(
  listReminders,
  async (ctx, { over, cursor, limit }) => {
    const conditions = [ctx.scope('read', 'Reminder'), { nextAt: { $exists: !over } }];
    const place = decodeCursor<[string, string]>(cursor);
    const at = place && new Date(place[0]);
    const behind = place
      ? over
        ? { _id: { $lt: place[1] } }
        : { $or: [{ nextAt: { $gt: at } }, { nextAt: at, _id: { $gt: place[1] } }] }
      : {};
    const rows = await ReminderModel.find(all([...conditions, behind]))
      .sort(over ? { _id: -1 } : { nextAt: 1, _id: 1 })
      .limit(limit + 1)
      .lean();
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await viewsOf(ctx, page),
      total: await ReminderModel.countDocuments(all(conditions)),
      ...(rows.length > limit &&
        last && { nextCursor: encodeCursor([last.nextAt?.toISOString() ?? '', last._id]) }),
    };
  },
  {
    present: ({ items, total }, at) =>
      items.length
        ? {
            text: total > items.length ? `The next ${items.length} of ${total} reminders:` : 'Reminders:',
            cards: items.map((one) => reminderCard(one, at)),
          }
        : { text: 'No reminders are set.' },
  },
);

const most = 500;

export const reminderTimesHandler = handles(reminderTimes, async (ctx, { from, to }) => {
  const range = { start: new Date(from), end: new Date(to) };
  const { timezone } = ctx.config.app.organisation;
  const rows = await ReminderModel.find(all([ctx.scope('read', 'Reminder'), { nextAt: { $lt: range.end } }]))
    .sort({ nextAt: 1, _id: 1 })
    .limit(most)
    .lean();
  const views = await viewsOf(ctx, rows);
  const items = rows.flatMap(({ nextAt, repeat }, index) => {
    // What was told already is past: a calendar shows what is to come.
    const start = new Date(Math.max(nextAt!.getTime(), range.start.getTime()));
    const times = repeat ? timesBetween(repeat, { start, end: range.end }, timezone, 62) : [nextAt!];
    return times
      .filter((at) => at >= range.start)
      .map((at) => ({ at: at.toISOString(), reminder: views[index]! }));
  });
  return { items: items.sort((a, b) => a.at.localeCompare(b.at)).slice(0, most) };
});

function reminderCard(one: ReminderView, { zone, locale }: { zone: string; locale: string }): Card {
  const fields = [
    ['When', one.nextAt && readableMoment(new Date(one.nextAt), zone, locale)],
    ['Repeats', one.repeats],
    ['For', one.for.map(({ name }) => name).join(', ')],
    ['From', one.mine ? undefined : one.by.name],
  ] as const;
  return {
    title: one.text.slice(0, 150),
    fields: fields.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
    buttons: [{ label: 'Stop', command: stopReminder.name, input: { reminderId: one.id }, style: 'danger' }],
    key: `reminder:${one.id}`,
  };
}
