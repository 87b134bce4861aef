/** Hands committed events to their subscribers, oldest first, and tries again later what failed. */

import { systemActor } from './actor.ts';
import type { Bus } from './bus.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { type DomainEvent, EventModel } from './events.ts';
import type { Logger } from './logger.ts';
import { createPump, type Pump } from './pump.ts';

const batch = 100;
/** So many share a transaction: it holds what it wrote until its end. */
const group = 20;
const maxFailures = 8;

/** As it is stored: the event with those who wait for it. */
type EventRow = Omit<DomainEvent, 'id'> & {
  _id: string;
  pending: string[];
  failures?: { subscriber: string; message: string; at: Date }[];
};

const told = ({ _id, ...event }: EventRow): DomainEvent => ({ ...event, id: _id });

export function createDispatcher(deps: {
  bus: Bus;
  catalogue: Catalogue;
  clock: Clock;
  log: Logger;
  pollMs?: number;
}): Pump {
  const { bus, catalogue, clock, log } = deps;
  const subscribers = new Map(catalogue.subscribers.map((subscriber) => [subscriber.name, subscriber]));

  async function round(): Promise<boolean> {
    const due = (await EventModel.find({ open: true, nextAt: { $lte: clock.now() } })
      .sort({ _id: 1 })
      .limit(batch)
      .lean()) as unknown as EventRow[];
    for (let next = 0; next < due.length; next += group) {
      const events = due.slice(next, next + group);
      if (events.length > 1 && (await together(events))) continue;
      for (const event of events) for (const name of event.pending) await deliver(event, name);
    }
    return due.length === batch;
  }

  /** Several events in one transaction; answers false when that cannot be: then each delivery is by itself. */
  async function together(events: EventRow[]): Promise<boolean> {
    // What failed before must not take its neighbours with it.
    if (events.some(({ failures }) => failures?.length)) return false;
    const caller = { actor: systemActor('events'), surface: 'subscriber' as const };
    try {
      await bus.unitOfWork(
        caller,
        async (ctx) => {
          for (const { _id, pending } of events)
            ctx.writes.update(EventModel, { _id, pending }, { $set: { pending: [] }, $unset: { open: 1 } });
          await ctx.flush();
          for (const event of events)
            for (const name of event.pending) {
              await subscribers.get(name)?.handle(ctx.because(event.cause, systemActor(name)), told(event));
              await ctx.flush();
            }
        },
        { once: true },
      );
      return true;
    } catch (error) {
      log.debug({ err: error, events: events.length }, 'events are handled one by one');
      return false;
    }
  }

  async function deliver(event: EventRow, name: string): Promise<void> {
    try {
      await bus.unitOfWork(
        { actor: systemActor(name), surface: 'subscriber', cause: event.cause },
        async (ctx) => {
          const struck = await EventModel.findOneAndUpdate(
            { _id: event._id, pending: name },
            { $pull: { pending: name } },
            { returnDocument: 'after' },
          ).lean();
          if (!struck) return;
          if (!struck.pending.length)
            ctx.writes.adjust(EventModel, { _id: event._id }, { $unset: { open: 1 } });
          await subscribers.get(name)?.handle(ctx, told(event));
        },
      );
    } catch (error) {
      await postpone(event, name, error as Error);
    }
  }

  async function postpone(event: EventRow, name: string, error: Error): Promise<void> {
    const failures = (event.failures ?? []).filter(({ subscriber }) => subscriber === name).length + 1;
    log.error(
      { err: error, event: event.name, id: event._id, subscriber: name, failures },
      'a subscriber failed',
    );
    const wait = Math.min(2 ** failures, 300) * 1000;
    await EventModel.updateOne(
      { _id: event._id },
      {
        $push: { failures: { subscriber: name, message: error.message.slice(0, 500), at: clock.now() } },
        $set: { nextAt: new Date(clock.now().getTime() + wait) },
        // Given up: it stays in `failures`, is counted by the ledger and can be opened again.
        ...(failures >= maxFailures && { $pull: { pending: name } }),
      },
    );
  }

  return createPump({ name: 'events', round, log, pollMs: deps.pollMs ?? 1000 });
}
