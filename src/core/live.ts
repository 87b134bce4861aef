/**
 * Tells open screens and chats what was committed, at once in this process and through a change stream from others.
 * Only a hint: whoever is told asks again, with their own rights.
 */
import type { Model } from 'mongoose';
import { type DomainEvent, EventModel } from './events.ts';
import { type Following, followInserts } from './follow.ts';
import type { Logger } from './logger.ts';

export type LiveEvent = Pick<DomainEvent, 'id' | 'name' | 'payload' | 'subject' | 'at'>;
export type Live = {
  publish(events: DomainEvent[]): void;
  /** @param names the events that the listener looks at; any unless named. */
  subscribe(listener: (event: LiveEvent) => void, names?: string[]): () => void;
  /**
   * Follows what other processes than `owner` commit.
   * @param screens where nobody has a screen open on this process, only what its listeners have named is followed.
   */
  follow(owner: string, screens: boolean): void;
  stop(): Promise<void>;
};

export function createLive(log: Logger): Live {
  const listeners = new Map<(event: LiveEvent) => void, string[] | undefined>();
  let following: Following | undefined;

  function tell(event: LiveEvent): void {
    for (const [listener, names] of listeners) {
      if (names && !names.includes(event.name)) continue;
      try {
        listener(event);
      } catch (error) {
        log.error({ err: error }, 'a live listener failed');
      }
    }
  }

  return {
    publish: (events) => events.forEach(tell),
    subscribe: (listener, names) => {
      listeners.set(listener, names);
      return () => listeners.delete(listener);
    },
    follow: (owner, screens) => {
      const names = [...listeners.values()];
      const all = screens || names.includes(undefined);
      following ??= followInserts(
        EventModel as unknown as Model<any>,
        (event) => tell({ ...event, id: event._id }),
        log,
        ['_id', 'name', 'payload', 'subject', 'at'],
        { process: { $ne: owner }, ...(!all && { name: { $in: [...new Set(names.flat())] } }) },
      );
    },
    stop: async () => following?.stop(),
  };
}
