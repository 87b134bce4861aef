/**
 * The one way in: validate → authorise → handle → audit, in one transaction. Every surface (HTTP, chat, console, flow,
 * timer) calls `execute`; what it emits is handed to subscribers after the commit.
 */
import { subject as asSubject } from '@casl/ability';
import { accessibleBy } from '@casl/mongoose';
import type { Model } from 'mongoose';
import type { z } from 'zod';
import { type Actor, type Surface, systemActor } from './actor.ts';
import { idsIn, survivorsOf, withSurvivors } from './aliases.ts';
import { AuditModel, RequestModel } from './audit.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import type { Command, Handler, Query } from './define.ts';
import { AppError } from './errors.ts';
import {
  type DomainEvent,
  type EventDocument,
  EventModel,
  eventDocument,
  eventOf,
  type NewEvent,
} from './events.ts';
import { type Mask, maskFor, speaksOfCustomers } from './fields.ts';
import type { Ids } from './ids.ts';
import type { Logger } from './logger.ts';
import { type Ability, type Action, abilityFor, type Permission, type RecordKind } from './rights.ts';
import { transaction } from './store.ts';
import { handleThrough } from './through.ts';
import { parseInput } from './validate.ts';
import { createWrites, gatherInto, Overtaken, type Writes } from './writes.ts';

export type Caller = {
  actor: Actor;
  surface: Surface;
  /** What led to this call; a new chain when absent. */
  cause?: { id: string; depth: number };
  /** Repeating a call with the same key changes nothing and gets the first answer. Unique per actor, kept 24 h. */
  idempotencyKey?: string;
};

export type Bus = {
  execute(name: string, input: unknown, caller: Caller): Promise<unknown>;
  command<I extends z.ZodType, O extends z.ZodType>(
    command: Command<I, O>,
    input: z.input<I>,
    caller: Caller,
  ): Promise<z.output<O>>;
  query<I extends z.ZodType, O extends z.ZodType>(
    query: Query<I, O>,
    input: z.input<I>,
    caller: Caller,
  ): Promise<z.output<O>>;
  /**
   * A transaction with a context, for what is no single command: a conversation's turn, a subscriber. Tried again when
   * it loses a conflict; with `once`, that is Overtaken. With `through`, events for which only subscribers that are
   * apart wait are handled in the same transaction: one that fails fails all of it.
   */
  unitOfWork<T>(caller: Caller, work: (ctx: Context) => Promise<T>, how?: How): Promise<T>;
  /** Rights without running anything: hides buttons, answers help. */
  allows(actor: Actor, permission: Permission): boolean;
  scope(actor: Actor, action: Action, kind: RecordKind): Record<string, unknown>;
};

export type How = { once?: boolean; through?: boolean };

/** What may be written down of a command's input or output. */
function storable({ operation }: Handler, fields: unknown): Record<string, unknown> {
  const secret = operation.kind === 'command' ? (operation.secret ?? []) : [];
  return Object.fromEntries(
    Object.entries((fields ?? {}) as object).filter(([name]) => !secret.includes(name)),
  );
}

export type BusDeps = {
  catalogue: Catalogue;
  config: Config;
  clock: Clock;
  ids: Ids;
  log: Logger;
  /** Wakes the queues and live views. */
  onCommit: (commit: Commit) => void;
  /** This process among others: stands on the events, so that it does not hear of its own from the database. */
  owner?: string;
};

export type Commit = {
  events: DomainEvent[];
  /** Subscribers wait for some of them. */
  awaited: boolean;
  /** Names of the collections that were written to. */
  written: ReadonlySet<string>;
};

type Change = Parameters<Context['audit']>[0];

/** What one transaction gathers before it commits. */
type Work = {
  caller: Caller;
  events: { event: NewEvent; actor: Actor }[];
  writes: Writes;
  asked: Map<string, Promise<unknown>>;
  made: Set<string>;
  after: (() => void)[];
  cause: { id: string; depth: number };
};

export function createBus(deps: BusDeps): Bus {
  const { catalogue, config, clock, ids, log } = deps;
  const abilities = new WeakMap<Actor, Ability>();
  const abilityOf = (actor: Actor): Ability => {
    const known = abilities.get(actor);
    if (known) return known;
    const made = abilityFor(actor, config.roles);
    abilities.set(actor, made);
    return made;
  };

  const masks = new WeakMap<Actor, { mask: Mask | undefined }>();
  /** Made once for each actor; undefined: nothing is kept from them. */
  const maskOf = (actor: Actor): Mask | undefined => {
    if (actor.kind === 'system') return undefined;
    const known = masks.get(actor) ?? {
      mask: maskFor((actor.rights ?? config.roles[actor.role])?.fields),
    };
    masks.set(actor, known);
    return known.mask;
  };

  async function execute(name: string, input: unknown, caller: Caller): Promise<unknown> {
    const handler = catalogue.handler(name);
    if (handler.operation.kind === 'query')
      return invoke(handler, input, contextFor(newWork(caller), caller.actor));
    return unit(caller, async (ctx) => {
      const key = caller.idempotencyKey && `${caller.actor.id}:${caller.idempotencyKey}`;
      const before = key ? await RequestModel.findById(key).lean() : undefined;
      if (before) return before.output;
      const output = await ctx.perform(name, input);
      if (key) await RequestModel.create([{ _id: key, output: storable(handler, output), at: clock.now() }]);
      return output;
    });
  }

  async function invoke(handler: Handler, input: unknown, ctx: Context): Promise<unknown> {
    const { operation } = handler;
    const parsed = parseInput(operation.input, input);
    authorise(ctx.actor, operation.permission);
    const mask = maskOf(ctx.actor);
    mask?.admit(operation, input);
    if (!handler.apart) await ctx.flush();
    const survivors = await survivorsIn(parsed, ctx);
    try {
      const output = operation.output.parse(await handler.handle(ctx, withSurvivors(parsed, survivors)));
      return mask && speaksOfCustomers(operation.name) ? mask.shown(output) : output;
    } catch (error) {
      throw survivors.size ? inOldWords(error, survivors) : error;
    }
  }

  /** Ids made in this very transaction are nobody's aliases: of those nothing is asked. */
  async function survivorsIn(input: unknown, ctx: Context): Promise<Map<string, string>> {
    const ids = idsIn(input).filter((id) => !ctx.isNew(id));
    if (!ids.length) return new Map();
    return ctx.once(`survivors:${ids.join()}`, () => survivorsOf(ids));
  }

  /** Who may not see the survivor does not learn its id either. */
  function inOldWords(error: unknown, survivors: Map<string, string>): unknown {
    if (!(error instanceof AppError)) return error;
    const old = [...survivors].find(([, to]) => to === error.details.id)?.[0];
    return old ? new AppError(error.code, { ...error.details, id: old }) : error;
  }

  function authorise(actor: Actor, permission: Permission): void {
    if (allows(actor, permission)) return;
    if (typeof permission === 'string')
      throw new AppError('auth.forbidden', { action: 'do', subject: 'this' });
    throw new AppError('auth.forbidden', {
      action: permission.action,
      subject: `${permission.subject.toLowerCase()}s`,
    });
  }

  function allows(actor: Actor, permission: Permission): boolean {
    if (permission === 'public' || actor.kind === 'system') return true;
    if (permission === 'system') return false;
    return permission === 'signed-in' || abilityOf(actor).can(permission.action, permission.subject);
  }

  async function unit<T>(caller: Caller, fn: (ctx: Context) => Promise<T>, how: How = {}): Promise<T> {
    let work!: Work;
    let told!: Pick<Commit, 'events' | 'awaited'>;
    const result = await transaction(async () => {
      work = newWork(caller);
      gatherInto(work.writes);
      const value = await fn(contextFor(work, caller.actor));
      const handled = how.through ? await handleApart(work) : [];
      told = writeEvents(work, handled);
      await flush(work);
      return value;
    }, how);
    for (const effect of work.after) effect();
    const written = work.writes.touched;
    if (written.size) deps.onCommit({ ...told, written });
    return result;
  }

  function newWork(caller: Caller): Work {
    return {
      caller,
      events: [],
      writes: createWrites(),
      asked: new Map(),
      made: new Set(),
      after: [],
      cause: caller.cause ?? { id: ids.next(), depth: 0 },
    };
  }

  async function flush({ writes }: Work): Promise<void> {
    if (!(await writes.flush())) throw new Overtaken('moved on meanwhile');
  }

  function contextFor(work: Work, actor: Actor, changes: Change[] = []): Context {
    const ctx: Context = {
      actor,
      surface: work.caller.surface,
      config,
      log,
      now: () => clock.now(),
      id: () => {
        const id = ids.next();
        work.made.add(id);
        return id;
      },
      isNew: (id) => work.made.has(id),
      run: (command, input) => invoke(catalogue.handler(command.name), input, ctx) as never,
      ask: (query, input) => invoke(catalogue.handler(query.name), input, ctx) as never,
      perform: async (name, input) => {
        const handler = catalogue.handler(name);
        const own: Change[] = [];
        const output = await invoke(handler, input, contextFor(work, actor, own));
        writeAudit(work, actor, handler, input, own);
        return output;
      },
      writes: work.writes,
      flush: () => flush(work),
      once: <T>(key: string, ask: () => Promise<T>) => {
        const asked = work.asked.get(key) ?? ask();
        work.asked.set(key, asked);
        return asked as Promise<T>;
      },
      because: (cause, other) => contextFor({ ...work, cause }, other),
      as: (other) => contextFor(work, other, changes),
      asSystem: (name) => contextFor(work, systemActor(name), changes),
      emit: (event, payload, subject) => {
        work.events.push({
          event: {
            name: event.name,
            payload: event.payload.parse(payload),
            cause: work.cause,
            ...(subject && { subject }),
          },
          actor,
        });
      },
      can: (action, kind, record) =>
        abilityOf(actor).can(action, record ? (asSubject(kind, { ...record } as never) as never) : kind),
      scope: (action, kind) => scope(actor, action, kind),
      hides: (field) => maskOf(actor)?.hides(field) ?? false,
      shown: (value) => maskOf(actor)?.shown(value) ?? value,
      audit: (change) => changes.push(change),
      cause: work.cause,
      afterCommit: (fn) => work.after.push(fn),
    };
    return ctx;
  }

  /** CASL answers a filter that matches nothing when nothing is allowed: never an empty one, which would match all. */
  function scope(actor: Actor, action: Action, kind: RecordKind): Record<string, unknown> {
    if (actor.kind === 'system') return {};
    const filter: Record<string, unknown> = accessibleBy(abilityOf(actor), action).ofType(kind);
    // A choice of one is none: without it the planner sees at once which index begins with the owner.
    const choices = filter.$or as Record<string, unknown>[] | undefined;
    return choices?.length === 1 && Object.keys(filter).length === 1 ? choices[0]! : filter;
  }

  /** Answers the events that nobody waits for any more; what their subscribers emit is told as usual. */
  function handleApart(work: Work): Promise<EventDocument[]> {
    return handleThrough(work.events.splice(0).map(documentOf), catalogue.subscribers, (name, cause) =>
      contextFor({ ...work, cause }, systemActor(name)),
    );
  }

  const documentOf = ({ event, actor }: Work['events'][number]): EventDocument =>
    eventDocument(
      { ...event, cause: { id: event.cause.id, depth: event.cause.depth + 1 } },
      catalogue.subscribers,
      { id: ids.next(), at: clock.now(), actor, ...(deps.owner && { process: deps.owner }) },
    );

  function writeEvents(work: Work, handled: EventDocument[]): Pick<Commit, 'events' | 'awaited'> {
    const documents = [...handled, ...work.events.map(documentOf)];
    if (documents.length) work.writes.insert(EventModel as unknown as Model<any>, ...documents);
    return {
      events: documents.map(eventOf),
      awaited: documents.some(({ open }) => open),
    };
  }

  function writeAudit(work: Work, actor: Actor, handler: Handler, input: unknown, changes: Change[]): void {
    const { operation } = handler;
    if (operation.kind !== 'command' || (!changes.length && actor.kind === 'system')) return;
    work.writes.insert(AuditModel as unknown as Model<any>, {
      _id: ids.next(),
      at: clock.now(),
      actorId: actor.id,
      actorName:
        actor.kind === 'user' && actor.impersonatedBy
          ? `${actor.name} (${actor.impersonatedBy.name} for them)`
          : actor.name,
      ...(actor.kind === 'user' && actor.impersonatedBy && { byId: actor.impersonatedBy.id }),
      surface: work.caller.surface,
      command: operation.name,
      input: storable(handler, input),
      changes,
      undone: false,
    });
  }

  return {
    execute,
    command: (command, input, caller) => execute(command.name, input, caller) as never,
    query: (query, input, caller) => execute(query.name, input, caller) as never,
    unitOfWork: unit,
    allows,
    scope,
  };
}
