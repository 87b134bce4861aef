/** When a report is next due, on the organisation's clock: over clock changes and ends of months. */
import { DateTime } from 'luxon';
import type { Context } from '../../core/context.ts';
import { cancelTimers, setTimer } from '../../core/timers.ts';
import { sendReport } from './contract.ts';
import type { Send } from './spec.ts';

type Office = { timezone: string; financialYearStart: number };

/**
 * The first moment after `after`. Weekly ones go out on Monday, monthly ones on the 1st, yearly ones on 1 January or
 * the first day of the financial year; a daily hour that the clock change leaves out comes an hour later.
 */
export function nextMoment({ every, at }: Send, after: Date, { timezone, financialYearStart }: Office): Date {
  const now = DateTime.fromJSDate(after, { zone: timezone });
  if (every === 'hour') return now.startOf('hour').plus({ hours: 1 }).toJSDate();
  const [hour, minute] = at.split(':').map(Number) as [number, number];
  const on = (day: DateTime) => day.set({ hour, minute, second: 0, millisecond: 0 });
  const first = {
    day: now.startOf('day'),
    week: now.startOf('week'),
    month: now.startOf('month'),
    year: now.startOf('year'),
    'financial-year': DateTime.fromObject({ year: now.year, month: financialYearStart }, { zone: timezone }),
  }[every];
  const step = {
    day: { days: 1 },
    week: { weeks: 1 },
    month: { months: 1 },
    year: { years: 1 },
    'financial-year': { years: 1 },
  }[every];
  for (let day = first; ; day = day.plus(step)) if (+on(day) > +after) return on(day).toJSDate();
}

/** Sets or cancels the timer of one report. */
export async function plan(
  ctx: Context,
  key: string,
  send: Send | undefined,
  after = ctx.now(),
): Promise<void> {
  if (!send) return cancelTimers(timerOf(key));
  const dueAt = nextMoment(send, after, ctx.config.app.organisation);
  await setTimer({
    key: timerOf(key),
    dueAt,
    command: sendReport.name,
    input: { key, at: dueAt.toISOString() },
  });
}

export const timerOf = (key: string): string => `report:${key}:send`;
