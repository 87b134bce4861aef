import { toNumber } from '../bson/numbers.ts';
import { isNumber, type Value } from '../bson/values.ts';
import { fault } from '../errors.ts';

/** The values at ranks `p` (each from 0 to 1) of the numbers among `values`, as doubles; nulls when there are none. */
export function percentiles(values: readonly (Value | undefined)[], p: Value | undefined): Value[] {
  if (!Array.isArray(p) || p.length === 0)
    throw fault(7750300, "The $percentile 'p' field must be an array of numbers from 0.0 to 1.0");
  const ranks = p.map((v) => {
    const n = isNumber(v) ? toNumber(v) : Number.NaN;
    if (!(n >= 0 && n <= 1))
      throw fault(7750301, "The $percentile 'p' field must be an array of numbers from 0.0 to 1.0");
    return n;
  });
  const sorted = values
    .filter(isNumber)
    .map(toNumber)
    .sort((a, b) => a - b);
  return ranks.map((rank) => {
    if (sorted.length === 0) return null;
    return sorted[Math.max(0, Math.ceil(sorted.length * rank) - 1)]!;
  });
}
