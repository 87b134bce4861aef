import { Binary, type Value } from './values.ts';

/** About how many bytes of memory a value takes; for limits, so cheap rather than exact. */
export function weigh(value: Value | undefined): number {
  if (typeof value === 'string') return 24 + value.length;
  if (typeof value !== 'object' || value === null) return 16;
  if (Array.isArray(value)) {
    let sum = 32 + 8 * value.length;
    for (const item of value) sum += weigh(item);
    return sum;
  }
  if (value instanceof Map) {
    let sum = 100;
    for (const item of value.values()) sum += 40 + weigh(item);
    return sum;
  }
  return value instanceof Binary ? 120 + value.bytes.length : 64;
}
