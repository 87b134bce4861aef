/** Group commit for writes that belong to nobody's transaction: what comes while one batch is written goes into the next. */
import { createWrites, type Writes } from './writes.ts';

export type Batcher = {
  /** Adds writes to the next batch; resolves when they are durable. */
  write(add: (writes: Writes) => void): Promise<void>;
};

export function createBatcher(): Batcher {
  let next: { writes: Writes; done: Promise<void> } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    write(add) {
      if (!next) {
        const writes = createWrites();
        const done = last
          .catch(() => {})
          .then(async () => {
            next = undefined;
            await writes.flush();
          });
        next = { writes, done };
        last = done;
      }
      add(next.writes);
      return next.done;
    },
  };
}
