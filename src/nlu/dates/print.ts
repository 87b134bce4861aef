import type { DateReading } from '../types.ts';

/**
 * A reading in one line: "2026-03-12 17:00", "2026-03-12 17:00..18:00", "2026-03-13~evening", "2026-03-13 *" (a day),
 * "2026-03-16..22" (days), "2026-04" (a month), "now", "A+B" (moved from A to B); null where nothing was read.
 */
export function printReading(reading: DateReading): string | null {
  const { kind, local, end, part, from, date } = reading;
  if (kind === 'none' || (!local && !part)) return null;
  const moved = from && from.kind !== 'none' ? `${printReading(from)}+` : '';
  if (part === 'now') return 'now';
  if (!local) return `~${part}`;
  if (kind === 'range' && !local.includes('T')) {
    // a part of each of several days: the days are what was said
    if (part && (part === 'weekend' || end === local)) return `${moved}${local}~${part}`;
    if (local.endsWith('-01') && end && isMonthEnd(end) && end.slice(0, 7) === local.slice(0, 7))
      return `${moved}${local.slice(0, 7)}`;
    return `${moved}${local}..${end!.slice(0, 7) === local.slice(0, 7) ? end!.slice(8) : end}`;
  }
  if (!local.includes('T')) return `${moved}${date ?? local}${part ? `~${part}` : ' *'}`;
  const start = local.replace('T', ' ');
  return kind === 'range' && end ? `${moved}${start}..${end.slice(11)}` : `${moved}${start}`;
}

function isMonthEnd(day: string): boolean {
  const [y, m, d] = day.split('-').map(Number);
  return new Date(Date.UTC(y!, m!, 0)).getUTCDate() === d;
}
