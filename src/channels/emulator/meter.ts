import type { Clock } from '../../core/clock.ts';
import type { Violation, World } from './types.ts';

/** Counts calls against documented rates, over a window that slides. */
export function createMeter(clock: Clock): { allow: World['allow']; violations(): Violation[] } {
  const calls = new Map<string, number[]>();
  const violations: Violation[] = [];
  return {
    allow(provider, limit, key, { max, perMs }) {
      const at = clock.now();
      const place = `${provider}:${limit}:${key}`;
      const recent = (calls.get(place) ?? []).filter((call) => call > at.getTime() - perMs);
      calls.set(place, recent);
      if (recent.length >= max) {
        violations.push({ provider, limit, at });
        return false;
      }
      recent.push(at.getTime());
      return true;
    },
    violations: () => violations,
  };
}
