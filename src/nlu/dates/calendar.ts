/** Plain calendar arithmetic on local wall time: no Date of the server's zone is ever used. */

export type Day = { y: number; m: number; d: number };
export type Wall = Day & { h: number; mi: number };

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone at an instant; an unknown zone counts as UTC. */
export function wallAt(instant: Date, zone: string): Wall {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = Number(value);
  return { y: parts.year!, m: parts.month!, d: parts.day!, h: parts.hour! % 24, mi: parts.minute! };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  let made: Intl.DateTimeFormat;
  const options = {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  } as const;
  try {
    made = new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone });
  } catch {
    made = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
  if (formats.size < 500) formats.set(zone, made);
  return made;
}

/** The instant at which a zone's wall clock shows this (first guess corrected by the zone's offset). */
export function instantOf(wall: Wall, zone: string): Date {
  const asUtc = Date.UTC(wall.y, wall.m - 1, wall.d, wall.h, wall.mi);
  let instant = asUtc;
  for (let i = 0; i < 2; i++) {
    const seen = wallAt(new Date(instant), zone);
    instant += asUtc - Date.UTC(seen.y, seen.m - 1, seen.d, seen.h, seen.mi);
  }
  return new Date(instant);
}

export function addDays(day: Day, days: number): Day {
  const t = new Date(Date.UTC(day.y, day.m - 1, day.d + days));
  return { y: t.getUTCFullYear(), m: t.getUTCMonth() + 1, d: t.getUTCDate() };
}

export function addMonths(day: Day, months: number): Day {
  const index = day.y * 12 + day.m - 1 + months;
  const y = Math.floor(index / 12);
  const m = (index % 12) + 1;
  return { y, m, d: Math.min(day.d, daysIn(y, m)) };
}

export function addMinutes(wall: Wall, minutes: number): Wall {
  const t = new Date(Date.UTC(wall.y, wall.m - 1, wall.d, wall.h, wall.mi + minutes));
  return {
    y: t.getUTCFullYear(),
    m: t.getUTCMonth() + 1,
    d: t.getUTCDate(),
    h: t.getUTCHours(),
    mi: t.getUTCMinutes(),
  };
}

/** 1 Monday … 7 Sunday */
export function weekdayOf(day: Day): number {
  return new Date(Date.UTC(day.y, day.m - 1, day.d)).getUTCDay() || 7;
}

export function daysIn(y: number, m: number): number {
  return new Date(Date.UTC(y, m, 0)).getUTCDate();
}

export function isDay(y: number, m: number, d: number): boolean {
  return m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m) && y >= 1970 && y <= 2200;
}

/** Days from a to b; negative when b is earlier. */
export function daysBetween(a: Day, b: Day): number {
  return Math.round((Date.UTC(b.y, b.m - 1, b.d) - Date.UTC(a.y, a.m - 1, a.d)) / 86_400_000);
}

const two = (n: number) => String(n).padStart(2, '0');
export const dayText = (day: Day) => `${day.y}-${two(day.m)}-${two(day.d)}`;
export const timeText = (h: number, mi: number) => `${two(h)}:${two(mi)}`;
export const wallText = (w: Wall) => `${dayText(w)}T${timeText(w.h, w.mi)}`;
