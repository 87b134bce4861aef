import { monotonicFactory } from 'ulid';
import type { Clock } from './clock.ts';

/** Makes record ids: ULIDs, sortable by time of making, unique across processes. */
export type Ids = { next(): string };

export function ulids(clock: Clock): Ids {
  const make = monotonicFactory();
  return { next: () => make(clock.now().getTime()) };
}
