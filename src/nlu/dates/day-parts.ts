/** What the readers of written days share. */
import { type Day, daysBetween } from './calendar.ts';
import type { Found } from './scan.ts';
import type { Token } from './tokens.ts';

export const num = (token: Token | undefined) => (token?.c === 'NUM' ? token.n! : undefined);

/** "31 Feb": said as a date, but there is none such; the flow asks rather than guess the 28th. */
export const bad = (next: number): Found => ({ item: { k: 'bad', problem: 'impossible' }, next });

export function isSuffix(token: Token | undefined): boolean {
  return !!token?.glued && ['st', 'nd', 'rd', 'th', 'er', 'ro', 'º', '°', 'ª'].includes(token.raw);
}

export function monthOf(token: Token | undefined): number | undefined {
  const m = token?.c.match(/^M(\d+)$/)?.[1];
  return m ? Number(m) : undefined;
}

/** Without a year: this year, unless that was more than a month ago; a day just gone is reported as past. */
export function inYear(now: Day, m: number, d: number, whole = false): Day {
  const day = { y: now.y, m, d };
  if (whole) return m < now.m ? { ...day, y: now.y + 1 } : day;
  const since = daysBetween(day, now);
  if (since > 31) return { ...day, y: now.y + 1 };
  return since < -334 ? { ...day, y: now.y - 1 } : day; // "29 dec" on 2 January was last week
}
