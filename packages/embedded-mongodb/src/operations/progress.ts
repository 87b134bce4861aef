import { setImmediate as turn } from 'node:timers/promises';

/** What a long piece of work is at. `total` is an estimate in the same unit, 0 when it is not known. */
export interface Progress {
  phase: string;
  done: number;
  total: number;
}

export type OnProgress = (progress: Progress) => void;

const SLICE_MS = 40;

/** Tells how far the work is, and lets the event loop turn, every few milliseconds. */
export class Pace {
  #last = performance.now();
  readonly #onProgress: OnProgress;

  constructor(onProgress: OnProgress = () => {}) {
    this.#onProgress = onProgress;
  }

  /** A phase that cannot be interrupted: said before it begins. */
  async enter(phase: string): Promise<void> {
    this.#onProgress({ phase, done: 0, total: 0 });
    await turn();
  }

  /** Undefined while it is too early for a word. */
  step(phase: string, done: number, total: number): Promise<void> | undefined {
    if (performance.now() - this.#last < SLICE_MS) return undefined;
    this.#onProgress({ phase, done, total: Math.max(done, total) });
    return turn().then(() => {
      this.#last = performance.now();
    });
  }
}
