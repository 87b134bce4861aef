/**
 * Tells open screens and chats what was committed, at once in this process and through a change stream from others.
 * Only a hint: whoever is told asks again, with their own rights.
 */
import type { Model } from 'mongoose';
import { type DomainEvent, EventModel } from './events.ts';
import { type Following, followInserts } from './follow.ts';
import type { Logger } from './logger.ts';

export type Live = {
  publish(events: DomainEvent[]): void;
  subscribe(listener: (event: DomainEvent) => void): () => void;
  /** Follows what other processes commit. */
  follow(): void;
  stop(): Promise<void>;
};

const remembered = 2000;

export function createLive(log: Logger): Live {
  const listeners = new Set<(event: DomainEvent) => void>();
  // What this process told already, so that its own events do not come back by the change stream.
  const told = new Set<string>();
  let following: Following | undefined;

  function tell(event: DomainEvent): void {
    if (told.has(event.id)) return;
    told.add(event.id);
    if (told.size > remembered) told.delete(told.values().next().value!);
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        log.error({ err: error }, 'a live listener failed');
      }
    }
  }

  return {
    publish: (events) => events.forEach(tell),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    follow: () => {
      following ??= followInserts(
        EventModel as unknown as Model<any>,
        (event) => tell({ ...event, id: event._id }),
        log,
      );
    },
    stop: async () => following?.stop(),
  };
}
