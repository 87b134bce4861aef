/**
 * What may go out to an account now: no faster than its provider takes it, and not while the provider does not answer.
 * Kept in this process; of several workers each keeps to it, and what is too fast in sum is what providers answer 429 to.
 */
import type { Clock } from '../../core/clock.ts';
import { createLimiter, type Limiter } from '../../core/limiter.ts';
import type { ChannelCapabilities, Pace, SendResult } from '../../core/messaging.ts';

/** The account's provider does not take messages, since when, and in whose words. */
export type Away = { since: Date; message: string };
type Place = { channel: string; account: string; to: string };

export type Gate = {
  /** Until when nothing goes to the account; undefined: it may. */
  closedUntil(place: Omit<Place, 'to'>): Date | undefined;
  /** It did not answer, and nobody knows yet whether it does again: one is to find out before the others follow. */
  isDoubted(place: Omit<Place, 'to'>): boolean;
  /** It answers again, though it has taken no message yet. */
  reached(place: Omit<Place, 'to'>): void;
  /** Takes one message's share; answers undefined, or whose pace it is that has to be kept, and for how long. */
  wait(
    place: Place,
    pace: ChannelCapabilities['pace'],
  ): { ms: number; of: 'account' | 'recipient' } | undefined;
  /** How a send ended. Answers what changed: the provider went away, is back, or neither. */
  ended(place: Omit<Place, 'to'>, result: SendResult): { away: Away } | 'back' | undefined;
  /** Another process, or this one before it was started anew, found it away. */
  knew(key: string): void;
};

/** So many in a row: a single failure is the message's own. */
const tolerated = 3;
const longestMs = 60_000;
type State = { failures: number; since: Date; until?: Date; isAway: boolean; isDoubted?: boolean };

export const placeKey = ({ channel, account }: Omit<Place, 'to'>): string => `${channel}:${account}`;

export function createGate(clock: Clock): Gate {
  const states = new Map<string, State>();
  const limiters = new Map<string, Limiter>();
  const windows = new Map<string, number[]>();
  const full = new Map<string, Date>();

  function ownWait({ to, ...place }: Place, { burst, perSecond }: Pace): number {
    const key = placeKey(place);
    const limiter =
      limiters.get(key) ?? createLimiter({ max: burst, perMs: (burst / perSecond) * 1000, clock });
    limiters.set(key, limiter);
    return limiter.take(to);
  }

  /** At most so many within any second, as providers count. */
  function windowWait(place: Omit<Place, 'to'>, perSecond: number): number {
    const key = placeKey(place);
    const now = clock.now().getTime();
    const recent = (windows.get(key) ?? []).filter((at) => at > now - 1000);
    windows.set(key, recent);
    if (recent.length < perSecond) {
      recent.push(now);
      return 0;
    }
    return recent[0]! + 1000 - now;
  }

  return {
    closedUntil(place) {
      const key = placeKey(place);
      const now = clock.now();
      return [states.get(key)?.until, full.get(key)].find((until) => until && until > now);
    },
    isDoubted: (place) => states.get(placeKey(place))?.isDoubted ?? false,
    reached(place) {
      const state = states.get(placeKey(place));
      if (state) state.isDoubted = false;
    },
    wait(place, pace) {
      // The recipient first: what waits for one's own pace takes nothing from the others.
      const own = pace?.recipient ? ownWait(place, pace.recipient) : 0;
      if (own) return { ms: own, of: 'recipient' };
      const all = pace?.perSecond ? windowWait(place, pace.perSecond) : 0;
      if (!all) return undefined;
      full.set(placeKey(place), new Date(clock.now().getTime() + all));
      return { ms: all, of: 'account' };
    },
    ended(place, result) {
      const key = placeKey(place);
      const now = clock.now();
      if (!saysAway(result)) {
        const was = states.get(key);
        states.delete(key);
        return was?.isAway ? 'back' : undefined;
      }
      const state = states.get(key) ?? { failures: 0, since: now, isAway: false };
      state.failures += 1;
      if (state.failures >= tolerated) {
        const backoff = 1000 * 2 ** (state.failures - tolerated);
        const ms = Math.min(longestMs, Math.max(result.retryAfterMs ?? 0, backoff));
        state.until = new Date(now.getTime() + ms);
        state.isAway = true;
        state.isDoubted = true;
      }
      states.set(key, state);
      return state.isAway ? { away: { since: state.since, message: result.message } } : undefined;
    },
    knew(key) {
      if (!states.has(key)) states.set(key, { failures: 0, since: clock.now(), isAway: true });
    },
  };
}

const saysAway = (result: SendResult): result is Extract<SendResult, { ok: false }> =>
  !result.ok &&
  (result.error === 'transient' ||
    result.error === 'ambiguous' ||
    (result.error === 'rate' && !result.onlyThem));
