import { monotonicFactory } from 'ulid';
import type { Clock } from './clock.ts';

/** Makes record ids: ULIDs, sortable by time of making, unique across processes. */
export type Ids = { next(): string };

export function ulids(clock: Clock): Ids {
  const make = monotonicFactory();
  return { next: () => make(clock.now().getTime()) };
}

/** Ids for tests: `a-1`, `a-2`, … */
export function countingIds(prefix = 'id'): Ids {
  let count = 0;
  return { next: () => `${prefix}-${++count}` };
}
