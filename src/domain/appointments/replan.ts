/** A changed notification rule holds for appointments that are booked already, too; nobody is reminded of the same twice. */
import { z } from 'zod';
import type { Context } from '../../core/context.ts';
import { defineCommand, handles, on } from '../../core/define.ts';
import { cancelTimers, setTimer } from '../../core/timers.ts';
import { ruleByKey, ruleChanged } from '../notifications/contract.ts';
import { remindAppointment } from './contract.ts';
import { type AppointmentDocument, AppointmentModel } from './model.ts';
import { reminderTimes, timerPrefix } from './timers.ts';

const times = z.object({ at: z.string().optional(), leadMinutes: z.array(z.number()).optional() });
const replanReminders = defineCommand({
  name: 'appointment.replanReminders',
  summary: 'Plan reminders by a changed rule (internal)',
  permission: 'system',
  input: z.object({ which: z.string(), before: times, after: z.string().optional() }),
  output: z.object({ planned: z.number() }),
});

const rules = ['appointment-day', 'appointment-hour'];
export const replanSubscriber = on(ruleChanged, 'appointments.replan', async (ctx, { payload }) => {
  const { key: which, before, at, leadMinutes } = payload;
  if (
    !rules.includes(which) ||
    JSON.stringify([before.at, before.leadMinutes]) === JSON.stringify([at, leadMinutes])
  )
    return;
  await ctx.run(replanReminders, { which, before });
});

/** A page in each transaction, so that a full calendar holds up nothing. */
const page = 100;

export const replanRemindersHandler = handles(replanReminders, async (ctx, { which, before, after }) => {
  const { rule } = await ctx.ask(ruleByKey, { key: which });
  const found = await AppointmentModel.find({
    status: { $in: ['booked', 'confirmed'] },
    startsAt: { $gt: ctx.now() },
    ...(after && { _id: { $gt: after } }),
  })
    .sort({ _id: 1 })
    .limit(page)
    .lean();
  for (const appointment of found) await replan(ctx, appointment, { which, before, now: rule ?? {} });
  if (found.length === page)
    await setTimer({
      key: `appointments:replan:${which}`,
      dueAt: ctx.now(),
      command: replanReminders.name,
      input: { which, before, after: found.at(-1)!._id },
    });
  return { planned: found.length };
});

type Times = z.output<typeof times>;

async function replan(
  ctx: Context,
  appointment: AppointmentDocument,
  { which, before, now }: { which: string; before: Times; now: Times },
): Promise<void> {
  const { _id, startsAt, bookedAt } = appointment;
  const since = bookedAt ?? new Date(0);
  const zone = ctx.config.app.organisation.timezone;
  const planned = (by: Times) =>
    reminderTimes(startsAt, { at: by.at, leadMinutes: by.leadMinutes, zone, now: since })
      .filter((time) => time.which === which)
      .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  const told = planned(before).filter(({ dueAt }) => dueAt <= ctx.now()).length;
  await cancelTimers(`${timerPrefix(_id)}${which}:`);
  // As many as were told already are taken off the front: what comes is the rest.
  for (const { dueAt } of planned(now).slice(told))
    if (dueAt > ctx.now())
      await setTimer({
        key: `${timerPrefix(_id)}${which}:${dueAt.toISOString()}`,
        dueAt,
        command: remindAppointment.name,
        input: { appointmentId: _id, which, startsAt: startsAt.toISOString() },
      });
}
