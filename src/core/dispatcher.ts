/** Hands committed events to their subscribers, oldest first, and tries again later what failed. */

import { systemActor } from './actor.ts';
import type { Bus } from './bus.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { type DomainEvent, EventModel } from './events.ts';
import type { Logger } from './logger.ts';
import { createPump, type Pump } from './pump.ts';

const batch = 100;
const maxFailures = 8;

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
    const due = await EventModel.find({ open: true, nextAt: { $lte: clock.now() } })
      .sort({ _id: 1 })
      .limit(batch)
      .lean();
    for (const event of due) for (const name of event.pending) await deliver(event, name);
    return due.length === batch;
  }

  async function deliver(event: any, name: string): Promise<void> {
    const subscriber = subscribers.get(name);
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
          if (!struck.pending.length) await EventModel.updateOne({ _id: event._id }, { $unset: { open: 1 } });
          await subscriber?.handle(ctx, { ...event, id: event._id } as DomainEvent);
        },
      );
    } catch (error) {
      await postpone(event, name, error as Error);
    }
  }

  async function postpone(event: any, name: string, error: Error): Promise<void> {
    const failures =
      (event.failures ?? []).filter((failure: { subscriber: string }) => failure.subscriber === name).length +
      1;
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
