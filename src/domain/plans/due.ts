/** When a plan asks for a lead. Pure. */
import { DateTime } from 'luxon';
import type { FollowUpPlan } from './contract.ts';

type Times = Pick<FollowUpPlan, 'after' | 'daysAhead' | 'repeats'>;
export type Due = { dueAt: Date; time: number };

/**
 * The latest time that has come, by the organisation's calendar: a month after the 31st is the last of a shorter month.
 * @returns undefined before the first
 */
export function dueOf(
  anchor: Date,
  { after, daysAhead, repeats }: Times,
  now: Date,
  zone: string,
): Due | undefined {
  const start = DateTime.fromJSDate(anchor, { zone });
  const at = (time: number) => start.plus({ [after.unit]: after.count * time }).minus({ days: daysAhead });
  if (at(1).toMillis() > now.getTime()) return undefined;
  if (!repeats) return { dueAt: at(1).toJSDate(), time: 1 };
  const since = DateTime.fromJSDate(now, { zone })
    .plus({ days: daysAhead })
    .diff(start, after.unit)
    .as(after.unit);
  let time = Math.max(1, Math.floor(since / after.count));
  // Months and zones are not all of a length: the estimate may be one off.
  while (at(time + 1).toMillis() <= now.getTime()) time++;
  while (time > 1 && at(time).toMillis() > now.getTime()) time--;
  return { dueAt: at(time).toJSDate(), time };
}

/** Nothing that began after it can be due. */
export const latestAnchor = ({ after, daysAhead }: Times, now: Date, zone: string): Date =>
  DateTime.fromJSDate(now, { zone })
    .plus({ days: daysAhead })
    .minus({ [after.unit]: after.count })
    // The 31st is a month before the 28th as well.
    .plus({ days: after.unit === 'months' || after.unit === 'years' ? 3 : 0 })
    .toJSDate();
