/** The ID that a customer gets: made from the organisation's pattern, found again in whatever a customer types. */
import { DateTime } from 'luxon';
import { SeriesModel } from './model.ts';

/**
 * The next ID. It is counted in the transaction of the ticket it belongs to: if that is given up, the count is too, so
 * that no ID is used twice and none is left out.
 */
export async function nextNumber(pattern: string, now: Date, zone: string): Promise<string> {
  const series = dated(pattern, now, zone);
  const counter = await SeriesModel.findOneAndUpdate(
    { _id: series },
    { $inc: { value: 1 } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  return counted(series, counter!.value);
}

/** `T-2026-{seq:5}`, 12 → `T-2026-00012`. A count that outgrows its digits takes more. */
export const counted = (series: string, value: number): string =>
  series.replace(sequence, (_, digits?: string) => String(value).padStart(Number(digits ?? 1), '0'));

/** The pattern with year and month filled in, as they are in the organisation's zone. */
export function dated(pattern: string, now: Date, zone: string): string {
  const at = DateTime.fromJSDate(now, { zone });
  return pattern
    .replaceAll('{yyyy}', at.toFormat('yyyy'))
    .replaceAll('{yy}', at.toFormat('yy'))
    .replaceAll('{mm}', at.toFormat('MM'));
}

/** One spelling for each ID. */
export const keyOf = (number: string): string => number.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The ID in what somebody typed, as it is written: "status of t 2026 12 pls" → `T-2026-00012`. A bare count ("12") is
 * read as one of this year's where nothing else is said.
 */
export function numberIn(text: string, pattern: string, now: Date, zone: string): string | undefined {
  const plain = latinDigits(text.slice(0, 2000));
  const found = shapeOf(pattern).exec(plain)?.groups;
  if (found) {
    const filled = pattern
      .replaceAll('{yyyy}', found.yyyy ?? '')
      .replaceAll('{yy}', found.yy ?? '')
      .replaceAll('{mm}', found.mm ?? '');
    return counted(filled, Number(found.seq));
  }
  const bare = /^\W*(?:ticket|complaint|token|id|no|number|#|\W)*(\d{1,7})\W*$/i.exec(plain);
  return bare ? counted(dated(pattern, now, zone), Number(bare[1])) : undefined;
}

const sequence = /\{seq(?::(\d))?\}/;
const separator = '[\\s\\-_/.#:]*';

const shapes = new Map<string, RegExp>();
/** The pattern as people write it: any separators or none, zeros left out, small letters. */
function shapeOf(pattern: string): RegExp {
  const known = shapes.get(pattern);
  if (known) return known;
  const seen = new Set<string>();
  const parts = [...pattern.matchAll(/\{([^{}]*)\}|[\p{L}\p{N}]+/gu)].map(([whole, name]) => {
    if (name === undefined) return [...whole].join('');
    if (name.startsWith('seq')) return '0*(?<seq>\\d{1,9})';
    const digits = name === 'yyyy' ? '\\d{4}' : '\\d{2}';
    if (seen.has(name)) return digits;
    seen.add(name);
    return `(?<${name}>${digits})`;
  });
  const shape = new RegExp(`(?<![\\p{L}\\p{N}])${parts.join(separator)}(?!\\p{N})`, 'iu');
  shapes.set(pattern, shape);
  return shape;
}

const latinDigits = (text: string): string =>
  text.replace(/[०-९]/g, (digit) => String(digit.codePointAt(0)! - 0x0966));
