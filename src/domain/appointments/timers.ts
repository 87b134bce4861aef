/** The reminders of an appointment, by the notification rules as they stand: at 7 A.M. on its day, and an hour before. */
import type { Context } from '../../core/context.ts';
import { cancelTimers, setTimer } from '../../core/timers.ts';
import { addMinutes, clockTimeOn } from '../../core/zone.ts';
import { ruleByKey } from '../notifications/contract.ts';
import { remindAppointment } from './contract.ts';
import type { AppointmentDocument } from './model.ts';

export const timerPrefix = (id: string): string => `appointment:${id}:`;

/** Moves them all: what lies behind is left out (a demo booked at 9 for today gets no 7 A.M. reminder). */
export async function schedule(ctx: Context, { _id, startsAt }: AppointmentDocument): Promise<void> {
  await cancelTimers(timerPrefix(_id));
  const system = ctx.asSystem('appointments');
  const day = (await system.ask(ruleByKey, { key: 'appointment-day' })).rule;
  const hour = (await system.ask(ruleByKey, { key: 'appointment-hour' })).rule;
  const reminders = reminderTimes(startsAt, {
    at: day?.at,
    leadMinutes: hour?.leadMinutes,
    zone: ctx.config.app.organisation.timezone,
    now: ctx.now(),
  });
  for (const { which, dueAt } of reminders) {
    const input = { appointmentId: _id, which, startsAt: startsAt.toISOString() };
    await setTimer({
      key: `${timerPrefix(_id)}${which}:${dueAt.toISOString()}`,
      dueAt,
      command: remindAppointment.name,
      input,
    });
  }
}

/** Pure: what is told when. */
export function reminderTimes(
  startsAt: Date,
  {
    at = '07:00',
    leadMinutes = [60],
    zone,
    now,
  }: { at?: string; leadMinutes?: number[]; zone: string; now: Date },
): { which: string; dueAt: Date }[] {
  const times = [
    { which: 'appointment-day', dueAt: clockTimeOn(startsAt, at, zone) },
    ...leadMinutes.map((minutes) => ({ which: 'appointment-hour', dueAt: addMinutes(startsAt, -minutes) })),
  ];
  return times.filter(({ dueAt }) => dueAt > now && dueAt < startsAt);
}
