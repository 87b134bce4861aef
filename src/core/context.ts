/** What a handler is given: who acts, the time, and the few things it may do. One per command, query or turn. */
import type { z } from 'zod';
import type { Actor, Surface } from './actor.ts';
import type { Config } from './config.ts';
import type { Command, EventType, Query } from './define.ts';
import type { Logger } from './logger.ts';
import type { Action, RecordKind } from './rights.ts';
import type { Writes } from './writes.ts';

export type Context = {
  actor: Actor;
  surface: Surface;
  config: Config;
  log: Logger;
  now(): Date;
  id(): string;
  /** Whether this id was made in this very transaction. */
  isNew(id: string): boolean;
  /** Runs another command in the same transaction, with the same actor's rights. */
  run<I extends z.ZodType, O extends z.ZodType>(
    command: Command<I, O>,
    input: z.input<I>,
  ): Promise<z.output<O>>;
  ask<I extends z.ZodType, O extends z.ZodType>(query: Query<I, O>, input: z.input<I>): Promise<z.output<O>>;
  /** A command by name in the same transaction, audited as an act of its own: for turns, timers and `undo`. */
  perform(name: string, input: unknown): Promise<unknown>;
  /**
   * What need not be read again in this transaction is put here and goes in one round trip: with the commit, or before
   * the next command or query runs.
   */
  writes: Writes;
  /** Sends what was gathered, for who reads it without a query of the catalogue. @throws Overtaken */
  flush(): Promise<void>;
  /** Asked once in a transaction, however often it is needed: settings and the like, as they stand. */
  once<T>(key: string, ask: () => Promise<T>): Promise<T>;
  /** The same transaction on account of something else: several turns, or several subscribers, share one. */
  because(cause: { id: string; depth: number }, actor: Actor): Context;
  /** The same transaction as somebody else: a staff member who speaks in chat. */
  as(actor: Actor): Context;
  /** The same transaction as the product itself: for what follows by rule from an act its author was allowed. */
  asSystem(name: string): Context;
  emit<P extends z.ZodType>(
    event: EventType<P>,
    payload: z.input<P>,
    subject?: { kind: RecordKind; id: string },
  ): void;
  can(action: Action, subject: RecordKind, record?: object): boolean;
  /** The MongoDB filter of what the actor may reach: put it into every find, count and aggregate (`$and`). */
  scope(action: Action, subject: RecordKind): Record<string, unknown>;
  /** Whether a field (`phone`, `value`) is kept from the actor: nothing is found, sorted or counted by it. */
  hides(field: string): boolean;
  /** The value without what is kept from the actor. What a command or query answers has gone through it already. */
  shown<T>(value: T): T;
  /** Notes for the audit which record was changed, and how to undo it (a command with its input). */
  audit(entry: {
    kind: RecordKind;
    id: string;
    before?: unknown;
    after?: unknown;
    undo?: { command: string; input: Record<string, unknown> };
    text?: string;
  }): void;
  /** The id of what caused this (event, message, request): the chain is cut at a depth. */
  cause: { id: string; depth: number };
  /** Called after the transaction has committed; lost in a crash: only for waking those who poll anyway. */
  afterCommit(fn: () => void): void;
};
