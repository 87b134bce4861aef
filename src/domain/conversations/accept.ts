/** The first step of everything: kept durably, repeats dropped, before the provider is acknowledged. */
import type { Clock } from '../../core/clock.ts';
import { coalesce } from '../../core/coalesce.ts';
import type { Ids } from '../../core/ids.ts';
import type { InboundEvent } from '../../core/messaging.ts';
import { type InboxDocument, InboxModel, inboxId, laneOf } from './model/inbox.ts';

export type Accepted = { accepted: number; repeated: number };

export type Intake = {
  /** Resolves when the events are durable; `wake` is told each lane that has work. */
  accept(events: InboundEvent[]): Promise<Accepted>;
  /** Whether this process accepted the entry, and so knows of it without being told by the database. */
  isOwn(entryId: string): boolean;
};

const remembered = 5000;

export function createIntake(deps: { clock: Clock; ids: Ids; wake: (lane: string) => void }): Intake {
  // One webhook alone is one round trip; a hundred at once share one, and one write to the disk.
  const keep = coalesce(insertNew, { most: 200, sideBySide: 2 });
  const own = new Set<string>();

  function remember({ _id }: InboxDocument): void {
    own.add(_id);
    if (own.size > remembered) own.delete(own.values().next().value!);
  }

  async function accept(events: InboundEvent[]): Promise<Accepted> {
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
    entries.forEach(remember);
    const repeated = entries.length ? await keep(entries) : 0;
    for (const lane of new Set(entries.map((entry) => entry.lane))) deps.wake(lane);
    return { accepted: entries.length - repeated, repeated };
  }

  return { accept, isOwn: (entryId) => own.has(entryId) };
}

/** Inserts what is not there yet; answers for each list how many were. Any other failure is the caller's: the provider tries again. */
async function insertNew(lists: InboxDocument[][]): Promise<(number | Promise<number>)[]> {
  try {
    const repeated = await repeatsAmong(lists.flat());
    let place = 0;
    return lists.map((entries) => entries.filter(() => repeated.has(place++)).length);
  } catch (error) {
    if (lists.length === 1) throw error;
    // Nobody's message is refused for a neighbour's.
    return lists.map(async (entries) => (await repeatsAmong(entries)).size);
  }
}

async function repeatsAmong(entries: InboxDocument[]): Promise<Set<number>> {
  try {
    await InboxModel.collection.insertMany(entries as never[], { ordered: false });
    return new Set();
  } catch (error) {
    const { writeErrors } = error as {
      writeErrors?: { code: number; index: number }[] | { code: number; index: number };
    };
    const faults = writeErrors === undefined ? [] : [writeErrors].flat();
    if (!faults.length || faults.some(({ code }) => code !== 11000)) throw error;
    return new Set(faults.map(({ index }) => index));
  }
}
