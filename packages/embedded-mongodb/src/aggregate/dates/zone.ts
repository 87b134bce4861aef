import { fault } from '../../errors.ts';

/** Knows the offset from UTC, in milliseconds east of Greenwich, at any instant. */
export interface Zone {
  readonly name: string;
  readonly isFixed: boolean;
  offsetAt(ms: number): number;
}

export const UTC: Zone = { name: 'UTC', isFixed: true, offsetAt: () => 0 };

const zones = new Map<string, Zone>([
  ['UTC', UTC],
  ['GMT', UTC],
  ['Z', UTC],
]);

/** An Olson name ('Asia/Kolkata') or an offset ('+05:30', '-0800', '+03'). Throws Location40485. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const made = fixedZone(name) ?? namedZone(name);
  zones.set(name, made);
  return made;
}

/** The instant of a local time. One that a change of clocks skips moves forward; one that comes twice is the first. */
export function instantOf(localMs: number, zone: Zone): number {
  if (zone.isFixed) return localMs - zone.offsetAt(localMs);
  const before = zone.offsetAt(localMs - DAY);
  const first = localMs - before;
  if (zone.offsetAt(first) === before) return first;
  const after = zone.offsetAt(localMs + DAY);
  const second = localMs - after;
  return zone.offsetAt(second) === after ? second : first;
}

export const DAY = 86_400_000;

function fixedZone(name: string): Zone | undefined {
  const m = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(name);
  if (!m) return undefined;
  const minutes = Number(m[2]) * 60 + Number(m[3] ?? 0);
  const offset = (m[1] === '-' ? -1 : 1) * minutes * 60_000;
  return { name, isFixed: true, offsetAt: () => offset };
}

/** Offsets change only on the quarter of an hour in all modern rules, so they are remembered by such blocks. */
const BLOCK = 900_000;

function namedZone(name: string): Zone {
  let format: Intl.DateTimeFormat;
  try {
    if (!/^[A-Za-z]/.test(name)) throw new RangeError(name);
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw fault(40485, `unrecognized time zone identifier: "${name}"`);
  }
  const cache = new Map<number, number>();
  return {
    name,
    isFixed: false,
    offsetAt: (ms) => {
      const block = Math.floor(ms / BLOCK);
      const known = cache.get(block);
      if (known !== undefined) return known;
      if (cache.size > 50_000) cache.clear();
      const offset = readOffset(format, block * BLOCK);
      cache.set(block, offset);
      return offset;
    },
  };
}

function readOffset(format: Intl.DateTimeFormat, ms: number): number {
  if (Math.abs(ms) > 8.64e15 - 2 * DAY) return 0;
  const p: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(ms)) p[type] = value;
  const year = p.era?.startsWith('B') ? 1 - Number(p.year) : Number(p.year);
  const local = new Date(0);
  local.setUTCFullYear(year, Number(p.month) - 1, Number(p.day));
  local.setUTCHours(Number(p.hour), Number(p.minute), Number(p.second), 0);
  return local.getTime() - ms;
}
