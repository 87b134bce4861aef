/** The first step of everything: kept durably, repeats dropped, before the provider is acknowledged. */
import type { Clock } from '../../core/clock.ts';
import type { Ids } from '../../core/ids.ts';
import type { InboundEvent } from '../../core/messaging.ts';
import { type InboxDocument, InboxModel, inboxId, laneOf } from './model/inbox.ts';

export type Accepted = { accepted: number; repeated: number };

/** @returns when the events are durable; `wake` is told each lane that has work. */
export async function accept(
  events: InboundEvent[],
  deps: { clock: Clock; ids: Ids; wake: (lane: string) => void },
): Promise<Accepted> {
  const now = deps.clock.now();
  const entries: InboxDocument[] = events.map((event) => ({
    _id: inboxId(event),
    lane: laneOf(event),
    order: deps.ids.next(),
    event,
    receivedAt: now,
    status: 'pending',
    attempts: 0,
    nextAt: now,
  }));
  const repeated = await insertNew(entries);
  for (const lane of new Set(entries.map((entry) => entry.lane))) deps.wake(lane);
  return { accepted: entries.length - repeated, repeated };
}

/** Inserts what is not there yet; answers how many were. Any other failure is the caller's: the provider tries again. */
async function insertNew(entries: InboxDocument[]): Promise<number> {
  if (!entries.length) return 0;
  try {
    await InboxModel.collection.insertMany(entries as never[], { ordered: false });
    return 0;
  } catch (error) {
    const { writeErrors } = error as { writeErrors?: { code: number }[] | { code: number } };
    const faults = writeErrors === undefined ? [] : [writeErrors].flat();
    if (!faults.length || faults.some(({ code }) => code !== 11000)) throw error;
    return faults.length;
  }
}
