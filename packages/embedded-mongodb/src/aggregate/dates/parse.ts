import { BsonDate } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { daysFromCivil, daysFromIsoWeek, daysInMonth } from './calendar.ts';
import { DAY, instantOf, UTC, type Zone, zoneOf } from './zone.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const failure = (text: string, why: string) =>
  fault('ConversionFailure', `Error parsing date string '${text}'; ${why}`);

const ISO =
  /^\s*(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]+(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?|[A-Za-z]+\/[A-Za-z_/]+)?)?\s*$/i;
const WORDS =
  /^\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(?:(\d{1,2})\s+([A-Za-z]{3,9}),?\s+(\d{4})|([A-Za-z]{3,9})\s+(\d{1,2}),?\s+(\d{4}))(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(am|pm)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?\s*$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?)?(Z)?$/;
const SLASHES =
  /^\s*(?:(\d{4})\/(\d{1,2})\/(\d{1,2})|(\d{1,2})\/(\d{1,2})\/(\d{4}))(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*(Z|UTC|GMT)?\s*$/i;

/**
 * A date written without a format: ISO 8601 and the usual English forms ("Jul 4, 2024", "2024/07/04"). Anything
 * else is refused with ConversionFailure (241) rather than guessed.
 */
export function parseDate(text: string, zone?: Zone): BsonDate {
  const iso = ISO.exec(text);
  if (iso) {
    const [, y, mo, d, h, mi, s, f, z] = iso;
    if (d === undefined && h === undefined && !/^\s*\d{4}-\d{2}\s*$/.test(text))
      throw failure(text, 'the day is missing');
    const ms = f ? Number(`0.${f}`) * 1000 : 0;
    return build(text, n(y), n(mo), n(d, 1), n(h), n(mi), n(s), Math.trunc(ms), zoneIn(text, z, zone));
  }
  const words = WORDS.exec(text);
  if (words) {
    const [, d1, m1, y1, m2, d2, y2, h, mi, s, half, z] = words;
    const month = MONTHS.indexOf((m1 ?? m2)!.slice(0, 3).toLowerCase()) + 1;
    if (month === 0) throw failure(text, 'the month is not known');
    const hour = half ? (n(h) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : n(h);
    return build(text, n(y1 ?? y2), month, n(d1 ?? d2), hour, n(mi), n(s), 0, zoneIn(text, z, zone));
  }
  const compact = COMPACT.exec(text);
  if (compact) {
    const [, y, mo, d, h, mi, s, z] = compact;
    return build(text, n(y), n(mo), n(d), n(h), n(mi), n(s), 0, zoneIn(text, z, zone));
  }
  const slashes = SLASHES.exec(text);
  if (slashes) {
    const [, y1, m1, d1, m2, d2, y2, h, mi, s, z] = slashes;
    return build(text, n(y1 ?? y2), n(m1 ?? m2), n(d1 ?? d2), n(h), n(mi), n(s), 0, zoneIn(text, z, zone));
  }
  throw failure(text, 'use ISO 8601, for example 2024-07-04T12:30:00Z, or give a format');
}

const FIELD: Record<string, string> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  L: '(?<L>\\d{1,3})',
  j: '(?<j>\\d{1,3})',
  u: '(?<u>[1-7])',
  V: '(?<V>\\d{1,2})',
  G: '(?<G>\\d{4})',
  b: '(?<b>[A-Za-z]{3})',
  B: '(?<b>[A-Za-z]{3,9})',
  z: '(?<z>[+-]\\d{2}:?\\d{2}|Z|UTC|GMT)',
  Z: '(?<Z>[+-]?\\d{1,4})',
  '%': '%',
};

/** A date by a `$dateFromString` format. */
export function parseByFormat(text: string, format: string, zone?: Zone): BsonDate {
  let pattern = '';
  for (const m of format.matchAll(/%([\s\S]?)|([\s\S])/g)) {
    if (m[2] !== undefined) pattern += m[2].replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    else if (m[1] === '') throw fault(18535, "Unmatched '%' at end of format string");
    else if (!FIELD[m[1]!]) throw fault(18536, `Invalid format character '%${m[1]}' in format string`);
    else pattern += FIELD[m[1]!];
  }
  const g = new RegExp(`^${pattern}$`).exec(text)?.groups ?? undefined;
  if (!g) throw failure(text, `it does not match the format '${format}'`);
  const chosen = zoneIn(text, g.z, zone, g.Z === undefined ? undefined : Number(g.Z));
  const time = [n(g.H), n(g.M), n(g.S), n(g.L)] as const;
  if (g.G !== undefined) return atDay(text, daysFromIsoWeek(n(g.G), n(g.V, 1), n(g.u, 1)), time, chosen);
  if (g.Y === undefined) throw failure(text, 'the year is missing');
  if (g.j !== undefined) return atDay(text, daysFromCivil(n(g.Y), 1, n(g.j)), time, chosen);
  const month = g.b ? MONTHS.indexOf(g.b.slice(0, 3).toLowerCase()) + 1 : n(g.m, 1);
  return build(text, n(g.Y), month, n(g.d, 1), ...time, chosen);
}

function zoneIn(text: string, written: string | undefined, given: Zone | undefined, minutes?: number): Zone {
  if (written === undefined && minutes === undefined) return given ?? UTC;
  if (given)
    throw failure(
      text,
      'you cannot pass in a date/time string with time zone information together with a timezone argument',
    );
  if (minutes !== undefined) return { name: 'offset', isFixed: true, offsetAt: () => minutes * 60_000 };
  return /^(z|utc|gmt)$/i.test(written!) ? UTC : zoneOf(written!);
}

function build(
  text: string,
  y: number,
  mo: number,
  d: number,
  h: number,
  mi: number,
  s: number,
  ms: number,
  zone: Zone,
): BsonDate {
  if (mo < 1 || mo > 12 || d < 1 || d > daysInMonth(y, mo)) throw failure(text, 'the date does not exist');
  return atDay(text, daysFromCivil(y, mo, d), [h, mi, s, ms], zone);
}

function atDay(
  text: string,
  days: number,
  [h, mi, s, ms]: readonly [number, number, number, number],
  zone: Zone,
): BsonDate {
  if (h > 24 || mi > 59 || s > 59) throw failure(text, 'the time does not exist');
  return new BsonDate(instantOf(days * DAY + h * 3_600_000 + mi * 60_000 + s * 1000 + ms, zone));
}

const n = (text: string | undefined, fallback = 0): number => (text === undefined ? fallback : Number(text));
