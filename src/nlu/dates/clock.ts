import type { DayPart } from '../types.ts';
import type { Clock } from './items.ts';

export type Time = { h: number; mi: number };

/** Hours in which an appointment is thinkable: they decide what a bare "5" or "8" can mean. */
export type Hours = { from: number; to: number };
export const USUAL_HOURS: Hours = { from: 8, to: 20 };

/** What a time as said can mean, likeliest first; one entry: certain. */
export function meanings(clock: Clock, part: DayPart | undefined, hours: Hours): Time[] {
  const { h, mi, mer } = clock;
  if (mer === '24') return [{ h, mi }];
  const am = { h: h % 12, mi };
  const pm = { h: (h % 12) + 12, mi };
  if (mer === 'am') return [am];
  if (mer === 'pm') return [pm];
  if (part === 'morning') return [h === 12 ? pm : am];
  if (part === 'noon') return [h >= 10 && h <= 11 ? am : pm];
  if (part === 'afternoon') return [h >= 10 && h <= 11 ? am : pm];
  if (part === 'evening') return h >= 11 ? [pm, am] : [pm];
  if (part === 'night') return h >= 5 && h <= 11 ? [pm] : [am];
  const thinkable = [am, pm].filter((t) => within(t, hours));
  return thinkable.length > 0 ? thinkable : h === 12 ? [pm] : [pm, am];
}

/** Start and end of "3 to 5": the end is the first one after the start. */
export function span(a: Clock, b: Clock, part: DayPart | undefined, hours: Hours): [Time, Time] | undefined {
  const starts = [...meanings(a, part, hours), ...halves(a)];
  const ends = b.mer ? meanings(b, part, hours) : [...meanings(b, part, hours), ...halves(b)];
  if (b.mer && !a.mer) {
    // "11 to 1 pm", "3 to 5 pm": the start nearest before the end
    const end = ends[0]!;
    const before = starts.filter((t) => minutes(t) < minutes(end)).sort((x, y) => minutes(y) - minutes(x));
    return before[0] ? [before[0], end] : undefined;
  }
  const start = starts[0]!;
  const after = ends.filter((t) => minutes(t) > minutes(start)).sort((x, y) => minutes(x) - minutes(y));
  return after[0] ? [start, after[0]] : undefined;
}

function halves({ h, mi, mer }: Clock): Time[] {
  if (mer === '24') return [{ h, mi }];
  const list = [];
  if (mer !== 'pm') list.push({ h: h % 12, mi });
  if (mer !== 'am') list.push({ h: (h % 12) + 12, mi });
  return list;
}

const within = (t: Time, hours: Hours) => minutes(t) >= hours.from * 60 && minutes(t) <= hours.to * 60;
export const minutes = (t: Time) => t.h * 60 + t.mi;
