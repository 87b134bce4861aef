/** How fast messages go to an SMSC: so many a second, so many without an answer, and slower when it says so. */
import type { Clock } from '../../../core/clock.ts';
import type { SmppSettings } from '../settings.ts';

/** Waited for a place in the window at most; the outbox has better things to do with a sender. */
const waitMs = 5_000;
const longestMs = 60_000;

export type Wait = { why: string; ms: number };

export function createPace({ perSecond, window }: Pick<SmppSettings, 'perSecond' | 'window'>, clock: Clock) {
  const gapMs = 1000 / perSecond;
  const queue: (() => void)[] = [];
  let outstanding = 0;
  let nextAt = 0;
  let pausedUntil = 0;
  let pauses = 0;

  /** A place in the window. @returns false where none became free in time. */
  async function place(): Promise<boolean> {
    if (outstanding < window) {
      outstanding++;
      return true;
    }
    return new Promise((resolve) => {
      const take = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(take), 1);
        resolve(false);
      }, waitMs);
      queue.push(take);
    });
  }

  function leave(): void {
    const next = queue.shift();
    // Whoever waits takes the place over.
    if (next) next();
    else outstanding--;
  }

  return {
    leave,
    /** Waits for its turn. @returns how long to stay away instead, where the SMSC has asked for it. */
    async enter(begun: boolean): Promise<Wait | undefined> {
      const pause = pausedUntil - clock.now().getTime();
      if (pause > 0 && !begun) return { why: 'the SMSC asked us to be slower', ms: pause };
      const now = performance.now();
      const turn = Math.max(now, nextAt);
      if (turn - now > waitMs && !begun)
        return { why: `more than ${perSecond} messages a second`, ms: Math.ceil(turn - now) };
      nextAt = turn + gapMs;
      if (turn > now) await new Promise((resolve) => setTimeout(resolve, turn - now));
      return (await place()) ? undefined : { why: 'the SMSC answers slowly', ms: waitMs };
    },
    /** @returns how long to stay away. */
    throttled(): number {
      const ms = Math.min(longestMs, 1_000 * 2 ** pauses++);
      pausedUntil = clock.now().getTime() + ms;
      return ms;
    },
    taken(): void {
      pauses = 0;
    },
  };
}
