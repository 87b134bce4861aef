/** A reminder's time has come: told to each of its people once, then its next time is set in the same transaction. */
import type { Context } from '../../core/context.ts';
import { handles } from '../../core/define.ts';
import { nextTime } from '../../core/recurrence.ts';
import { readableMoment } from '../../core/zone.ts';
import { tell } from '../notifications/contract.ts';
import { autoTask } from '../tasks/contract.ts';
import { save, schedule } from './commands.ts';
import { fireReminder, reminderFired } from './contract.ts';
import { type ReminderDocument, ReminderModel } from './model.ts';

/** After an outage it is told once, late; what was left out in between is not made up for. */
export const fireReminderHandler = handles(fireReminder, async (ctx, { reminderId, at }) => {
  const reminder = await ReminderModel.findOne({ _id: reminderId, nextAt: new Date(at) }).lean();
  if (!reminder) return { ok: true } as const;
  for (const userId of reminder.forIds) await remind(ctx, reminder, at, userId);
  const { nextAt: _, ...over } = reminder;
  const after = Math.max(new Date(at).getTime(), ctx.now().getTime());
  const next =
    reminder.repeat && nextTime(reminder.repeat, new Date(after), ctx.config.app.organisation.timezone);
  const told = reminder.told + 1;
  const now: ReminderDocument = { ...over, told, ...(next && { nextAt: next }) };
  await save(now);
  if (next) await schedule(now);
  ctx.emit(reminderFired, { reminderId, at }, { kind: 'Reminder', id: reminderId });
  return { ok: true } as const;
});

async function remind(ctx: Context, reminder: ReminderDocument, at: string, userId: string): Promise<void> {
  const { _id, text, byId, byName, fires, leadId } = reminder;
  const key = `reminder:${_id}:${at}:${userId}`;
  const isOwn = byId === userId;
  if (fires === 'task') {
    await ctx.run(autoTask, {
      title: text.slice(0, 200),
      ...(text.length > 200 && { note: text }),
      assigneeId: userId,
      by: isOwn ? 'Reminder' : byName,
      key,
      ...(isOwn ? {} : { initiatorId: byId }),
      ...(leadId && { leadId }),
    });
    return;
  }
  const { timezone, locale } = ctx.config.app.organisation;
  const when = readableMoment(new Date(at), timezone, locale);
  await ctx.run(tell, {
    userId,
    rule: 'reminder',
    title: `Reminder: ${text}`.slice(0, 200),
    text: `${text}\n${isOwn ? when : `${when}, set by ${byName}`}`,
    key,
    popup: true,
    // Somebody chose its time.
    urgent: true,
    mail: fires === 'mail',
    link: leadId ? `/leads/${leadId}` : '/reminders',
  });
}
