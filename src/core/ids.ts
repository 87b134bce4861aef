import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { Clock } from './clock.ts';

/** Makes record ids: ULIDs, sortable by time of making, unique across processes. */
export type Ids = { next(): string };

export function ulids(clock: Clock): Ids {
  const make = monotonicFactory(randomFractions());
  return { next: () => make(clock.now().getTime()) };
}

/** Cryptographic randomness, drawn by the page: the library asks for each of sixteen letters by itself. */
function randomFractions(): () => number {
  const page = Buffer.alloc(4096);
  let used = page.length;
  return () => {
    if (used === page.length) {
      randomFillSync(page);
      used = 0;
    }
    return page[used++]! / 256;
  };
}
