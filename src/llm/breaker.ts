import type { Clock } from '../core/clock.ts';

export type Breaker = {
  /** Whether a call may go out now. After the pause one does, to try. */
  allows(): boolean;
  succeeded(): void;
  failed(): void;
  /** A call that was let through and says nothing about the server (no budget, say). */
  released(): void;
};

const FAILURES = 5;
const PAUSE_MS = 60_000;

/** Opens after five failures in a row, lets one call try after a minute, closes when that succeeds. */
export function createBreaker(clock: Clock, { failures = FAILURES, pauseMs = PAUSE_MS } = {}): Breaker {
  let inRow = 0;
  let openedAt: number | undefined;
  let trying = false;
  return {
    allows() {
      if (openedAt === undefined) return true;
      if (trying || clock.now().getTime() - openedAt < pauseMs) return false;
      trying = true;
      return true;
    },
    succeeded() {
      inRow = 0;
      openedAt = undefined;
      trying = false;
    },
    failed() {
      inRow++;
      if (trying || inRow >= failures) openedAt = clock.now().getTime();
      trying = false;
    },
    released() {
      trying = false;
    },
  };
}
