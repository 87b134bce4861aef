/** The one source of time. UTC instants; zones are applied for display only. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

export type FakeClock = Clock & { set(at: Date | string): void; advance(ms: number): void };

/** A clock that stands still until told otherwise: tests, stories and `simulate`. */
export function fakeClock(start: Date | string): FakeClock {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    set: (to) => {
      at = new Date(to).getTime();
    },
    advance: (ms) => {
      at += ms;
    },
  };
}
