import { type Collator, isNumber, keyBytes, type Value } from '../bson/index.ts';
import type { Bound } from '../query/index.ts';
import { compareBytes, concat, prefixEnd } from '../storage/bytes.ts';

/** A range of encoded keys: `from` included, `to` excluded. */
export interface KeyRange {
  from: Uint8Array;
  to: Uint8Array;
}

/** The ranges of one field of an index, ascending in the index's own direction, and whether each is one value. */
export interface FieldRanges {
  ranges: KeyRange[];
  isPoints: boolean;
}

/**
 * The ranges that one bound selects in a field encoded in `direction`. A range of values covers every key that
 * begins with them, so it also holds for a field that is followed by others.
 */
export function fieldRanges(bound: Bound, direction: 1 | -1, collator?: Collator): FieldRanges {
  const encode = (value: Value): Uint8Array => keyBytes([value], [direction], collator);
  if (bound.eq !== undefined) {
    const ranges = bound.eq.map((value) => {
      const from = encode(value);
      return { from, to: prefixEnd(from) };
    });
    return { ranges: mergeRanges(ranges), isPoints: true };
  }
  const { rank, max, maxInclusive } = bound.range!;
  // NaN sorts before all numbers, but is less than none of them.
  const isBelowNumber = bound.range!.min === undefined && isNumber(max);
  const { min, minInclusive } = isBelowNumber
    ? { min: Number.NEGATIVE_INFINITY, minInclusive: true }
    : bound.range!;
  const first = direction === 1 ? rank : 0xff - rank;
  let from: Uint8Array = Uint8Array.of(first);
  let to: Uint8Array = Uint8Array.of(first + 1);
  // Descending keys are the ascending ones turned over: what bounds from below there bounds from above here.
  const [low, lowInclusive, high, highInclusive] =
    direction === 1 ? [min, minInclusive, max, maxInclusive] : [max, maxInclusive, min, minInclusive];
  if (low !== undefined) from = lowInclusive ? encode(low) : prefixEnd(encode(low));
  if (high !== undefined) to = highInclusive ? prefixEnd(encode(high)) : encode(high);
  return { ranges: compareBytes(from, to) < 0 ? [{ from, to }] : [], isPoints: false };
}

export function intersect(a: FieldRanges, b: FieldRanges): FieldRanges {
  const ranges: KeyRange[] = [];
  for (const x of a.ranges) {
    for (const y of b.ranges) {
      const from = compareBytes(x.from, y.from) >= 0 ? x.from : y.from;
      const to = compareBytes(x.to, y.to) <= 0 ? x.to : y.to;
      if (compareBytes(from, to) < 0) ranges.push({ from, to });
    }
  }
  return { ranges: mergeRanges(ranges), isPoints: a.isPoints || b.isPoints };
}

/** Sorted, with what overlaps joined. */
export function mergeRanges(ranges: KeyRange[]): KeyRange[] {
  if (ranges.length < 2) return ranges;
  const sorted = ranges.slice().sort((a, b) => compareBytes(a.from, b.from));
  const merged = [sorted[0]!];
  for (const range of sorted.slice(1)) {
    const last = merged[merged.length - 1]!;
    if (compareBytes(range.from, last.to) < 0) {
      if (compareBytes(range.to, last.to) > 0) merged[merged.length - 1] = { from: last.from, to: range.to };
    } else merged.push(range);
  }
  return merged;
}

/** The ranges of `next`, each behind each of the exact values in `points`. */
export function behind(points: KeyRange[], next: KeyRange[]): KeyRange[] {
  return points.flatMap((point) =>
    next.map((range) => ({ from: concat(point.from, range.from), to: concat(point.from, range.to) })),
  );
}

/** Is every key of `inner` a key of `outer`? */
export function isWithin(inner: KeyRange[], outer: KeyRange[]): boolean {
  const merged = mergeRanges(outer);
  return inner.every((a) =>
    merged.some((b) => compareBytes(b.from, a.from) <= 0 && compareBytes(a.to, b.to) <= 0),
  );
}
