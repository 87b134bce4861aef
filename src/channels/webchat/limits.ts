import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';

/** A token bucket per key, kept in this process: `perMinute` refills steadily and is also the burst. */
export function createLimiter({
  perMinute,
  clock,
  maxKeys = 50_000,
}: {
  perMinute: number;
  clock: Clock;
  maxKeys?: number;
}) {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    /** @throws rate.limited with the seconds to wait. */
    take(key: string): void {
      const now = clock.now().getTime();
      const kept = buckets.get(key);
      const left = kept ? Math.min(perMinute, kept.left + ((now - kept.at) * perMinute) / 60_000) : perMinute;
      buckets.delete(key);
      if (buckets.size >= maxKeys) buckets.delete(buckets.keys().next().value!);
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now });
      if (left < 1) throw new AppError('rate.limited', { seconds: Math.ceil(((1 - left) * 60) / perMinute) });
    },
  };
}
export type Limiter = ReturnType<typeof createLimiter>;
