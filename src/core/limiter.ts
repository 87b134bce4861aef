import type { Clock } from './clock.ts';

/** A token bucket per key, kept in this process: `max` at once, refilled evenly over `perMs`. */
export type Limiter = {
  /** Takes one; answers 0, or the milliseconds until there is one to take. */
  take(key: string): number;
};

export function createLimiter({
  max,
  perMs,
  clock,
  maxKeys = 50_000,
}: {
  max: number;
  perMs: number;
  clock: Clock;
  maxKeys?: number;
}): Limiter {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(key) {
      const now = clock.now().getTime();
      const kept = buckets.get(key);
      const left = kept ? Math.min(max, kept.left + ((now - kept.at) * max) / perMs) : max;
      buckets.delete(key);
      if (buckets.size >= maxKeys) buckets.delete(buckets.keys().next().value!);
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now });
      return left >= 1 ? 0 : Math.ceil(((1 - left) * perMs) / max);
    },
  };
}
