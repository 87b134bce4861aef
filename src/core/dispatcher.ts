/** Hands committed events to their subscribers, oldest first, and tries again later what failed. */

import { systemActor } from './actor.ts';
import type { Bus } from './bus.ts';
import type { Catalogue } from './catalogue.ts';
import { claimOf } from './claim.ts';
import type { Clock } from './clock.ts';
import type { Context } from './context.ts';
import { type DomainEvent, EventModel } from './events.ts';
import type { Logger } from './logger.ts';
import { createPump, type Pump } from './pump.ts';
import { Overtaken } from './writes.ts';

const batch = 100;
/** So many share a transaction: it holds what it wrote until its end. More where they are apart from each other. */
const group = 20;
const groupApart = 100;
/** Where another worker was met, events are claimed before they are handled, for so long after. */
const wareMs = 60_000;
/** A worker that dies with claimed events in hand delays them by no more. */
const claimMs = 10_000;
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

  let claimUntil = 0;

  async function round(): Promise<boolean> {
    const { events: due, more } = await next();
    for (let at = 0; at < due.length; ) {
      const events = due.slice(at, at + sizeOf(due.slice(at, at + groupApart)));
      at += events.length;
      if (events.length > 1 && (await together(events))) continue;
      for (const event of events) for (const name of event.pending) await deliver(event, name);
    }
    return more;
  }

  /** The oldest that are due. Alone, a worker takes them as they are; beside another one it claims them first. */
  async function next(): Promise<{ events: EventRow[]; more: boolean }> {
    const now = clock.now();
    const free = { open: true, nextAt: { $lte: now } };
    const found = (await EventModel.find(free)
      .sort({ nextAt: 1, _id: 1 })
      .limit(batch)
      .lean()) as unknown as EventRow[];
    if (!found.length || now.getTime() >= claimUntil) return { events: found, more: found.length === batch };
    const until = { nextAt: new Date(now.getTime() + claimMs) };
    const events = await claimOf(EventModel, { found, free, until, order: { _id: 1 } });
    return { events, more: found.length === batch || events.length < found.length };
  }

  const isApart = ({ pending }: EventRow): boolean => pending.every((name) => subscribers.get(name)?.apart);
  function sizeOf(events: EventRow[]): number {
    const together = events.findIndex((event) => !isApart(event));
    return Math.max(together < 0 ? events.length : together, group);
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
            ctx.writes.update(
              EventModel,
              { _id, pending },
              { $set: { pending: [] }, $unset: { open: 1, claim: 1 } },
            );
          await ctx.flush();
          await prepare(ctx, events);
          for (const event of events)
            for (const name of event.pending) {
              const subscriber = subscribers.get(name);
              await subscriber?.handle(ctx.because(event.cause, systemActor(name)), told(event));
              if (!subscriber?.apart) await ctx.flush();
            }
        },
        { once: true },
      );
      return true;
    } catch (error) {
      if (error instanceof Overtaken) claimUntil = clock.now().getTime() + wareMs;
      log.debug({ err: error, events: events.length }, 'events are handled one by one');
      return false;
    }
  }

  async function prepare(ctx: Context, events: EventRow[]): Promise<void> {
    for (const { name, prepare } of subscribers.values()) {
      const its = prepare ? events.filter(({ pending }) => pending.includes(name)) : [];
      if (its.length > 1) await prepare!(ctx.because(its[0]!.cause, systemActor(name)), its.map(told));
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
