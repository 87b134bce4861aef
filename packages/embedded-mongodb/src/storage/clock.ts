/** A point in the order of commits, as MongoDB's Timestamp has it: seconds and a counter within the second. */
export interface LogicalTime {
  seconds: number;
  increment: number;
}

/** Negative when `a` was before `b`. */
export function compareTimes(a: LogicalTime, b: LogicalTime): number {
  return a.seconds - b.seconds || a.increment - b.increment;
}

/** Never goes back, even when the machine's clock does. */
export class LogicalClock {
  #last: LogicalTime;
  readonly #now: () => number;

  constructor(last: LogicalTime, now: () => number = Date.now) {
    this.#last = last;
    this.#now = now;
  }

  get last(): LogicalTime {
    return this.#last;
  }

  tick(): LogicalTime {
    const seconds = Math.floor(this.#now() / 1000);
    const last = this.#last;
    this.#last =
      seconds > last.seconds
        ? { seconds, increment: 1 }
        : { seconds: last.seconds, increment: last.increment + 1 };
    return this.#last;
  }
}
