import type { Logger } from './logger.ts';

/** A queue's worker: runs when woken or every `pollMs`, never twice at once; `idle()` resolves when nothing is left. */
export type Pump = { start(): void; wake(): void; idle(): Promise<void>; stop(): Promise<void> };

/** @param round does a batch; answers true when there may be more. */
export function createPump({
  name,
  round,
  log,
  pollMs,
}: {
  name: string;
  round: () => Promise<boolean>;
  log: Logger;
  pollMs: number;
}): Pump {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    if (stopped) return;
    again = true;
    running ??= run().finally(() => {
      running = undefined;
      if (again && !stopped) wake();
    });
  }

  async function run(): Promise<void> {
    while (again && !stopped) {
      again = false;
      try {
        if (await round()) again = true;
      } catch (error) {
        log.error({ err: error, pump: name }, 'a round failed; it is tried again at the next poll');
        return;
      }
    }
  }

  return {
    start() {
      stopped = false;
      timer = setInterval(wake, pollMs);
      timer.unref();
      wake();
    },
    wake,
    async idle() {
      wake();
      while (running) await running;
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
