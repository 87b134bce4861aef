import { BSON, type MongoClient } from 'mongodb';
import type { Entities } from './entities.ts';
import { Mismatch, match, show } from './match.ts';

/** A driver's event, and its name in the unified test format. */
const NAMES: Record<string, [kind: 'command' | 'cmap' | 'sdam', name: string]> = {
  commandStarted: ['command', 'commandStartedEvent'],
  commandSucceeded: ['command', 'commandSucceededEvent'],
  commandFailed: ['command', 'commandFailedEvent'],
  connectionPoolCreated: ['cmap', 'poolCreatedEvent'],
  connectionPoolReady: ['cmap', 'poolReadyEvent'],
  connectionPoolCleared: ['cmap', 'poolClearedEvent'],
  connectionPoolClosed: ['cmap', 'poolClosedEvent'],
  connectionCreated: ['cmap', 'connectionCreatedEvent'],
  connectionReady: ['cmap', 'connectionReadyEvent'],
  connectionClosed: ['cmap', 'connectionClosedEvent'],
  connectionCheckOutStarted: ['cmap', 'connectionCheckOutStartedEvent'],
  connectionCheckOutFailed: ['cmap', 'connectionCheckOutFailedEvent'],
  connectionCheckedOut: ['cmap', 'connectionCheckedOutEvent'],
  connectionCheckedIn: ['cmap', 'connectionCheckedInEvent'],
  serverDescriptionChanged: ['sdam', 'serverDescriptionChangedEvent'],
  topologyDescriptionChanged: ['sdam', 'topologyDescriptionChangedEvent'],
};

/** Never part of a test: what sets the scene, and what carries a secret. */
const HIDDEN = new Set(['configureFailPoint', 'hello', 'isMaster', 'ismaster', 'saslStart', 'saslContinue']);

interface Seen {
  kind: string;
  name: string;
  event: any;
}

/** The events of one client, in their order. */
export class Observed {
  readonly all: Seen[] = [];
  readonly #wanted: Set<string>;
  readonly #waiting = new Set<() => void>();
  #isStopped = false;
  connectionsOut = 0;

  constructor(
    client: MongoClient,
    given: { observeEvents?: string[]; ignoreCommandMonitoringEvents?: string[] },
  ) {
    this.#wanted = new Set(given.observeEvents);
    const ignored = new Set([...HIDDEN, ...(given.ignoreCommandMonitoringEvents ?? [])]);
    for (const [driverName, [kind, name]] of Object.entries(NAMES)) {
      client.on(driverName as 'commandStarted', (event: any) => {
        if (driverName === 'connectionCheckedOut') this.connectionsOut++;
        if (driverName === 'connectionCheckedIn') this.connectionsOut--;
        if (this.#isStopped || (kind === 'command' && ignored.has(event.commandName))) return;
        this.all.push({ kind, name, event: name === 'commandStartedEvent' ? asSent(event) : event });
        for (const wake of [...this.#waiting]) wake();
      });
    }
  }

  /** What comes later is the end of the test, not a part of it. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Resolves when `count` events like that have been seen. */
  async wait(expected: Record<string, unknown>, count: number, entities: Entities): Promise<void> {
    while (this.count(expected, entities) < count) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  count(expected: Record<string, unknown>, entities: Entities): number {
    return this.all.filter((seen) => {
      try {
        matchEvent(seen, expected, entities);
        return true;
      } catch {
        return false;
      }
    }).length;
  }

  commands(): any[] {
    return this.all.filter((seen) => seen.name === 'commandStartedEvent').map((seen) => seen.event.command);
  }

  /** Throws Mismatch unless what was observed is what the test lists. */
  check(
    expected: { eventType?: string; events: any[]; ignoreExtraEvents?: boolean },
    entities: Entities,
  ): void {
    const kind = expected.eventType ?? 'command';
    const seen = this.all.filter((entry) => entry.kind === kind && this.#wanted.has(entry.name));
    expected.events.forEach((wanted, index) => {
      const actual = seen[index];
      if (actual === undefined) throw new Mismatch(`event ${index}: expected ${show(wanted)}, got nothing`);
      matchEvent(actual, wanted, entities, `event ${index}`);
    });
    if (seen.length > expected.events.length && expected.ignoreExtraEvents !== true) {
      const extra = seen[expected.events.length]!;
      throw new Mismatch(`an event more than expected: ${extra.name} ${show(extra.event.command)}`);
    }
  }
}

function matchEvent(seen: Seen, expected: Record<string, any>, entities: Entities, path = 'event'): void {
  const [name, wanted] = Object.entries(expected)[0]!;
  if (seen.name !== name)
    throw new Mismatch(`${path}: expected ${name}, got ${seen.name} ${show(seen.event.command)}`);
  for (const field of ['command', 'reply', 'commandName', 'databaseName', 'reason']) {
    if (wanted?.[field] === undefined) continue;
    const actual =
      field === 'command' ? withoutHabits(seen.event.command, wanted.command) : seen.event[field];
    match(actual, wanted[field], entities, true, `${path}.${field}`);
  }
  for (const field of ['previousDescription', 'newDescription']) {
    const type = wanted?.[field]?.type;
    if (type !== undefined && seen.event[field]?.type !== type) {
      throw new Mismatch(`${path}.${field}: expected ${type}, got ${seen.event[field]?.type}`);
    }
  }
}

/** A copy: the driver goes on to change parts of what it sent. */
function asSent({ command, commandName, databaseName }: any): any {
  const sent = BSON.deserialize(BSON.serialize(command, { ignoreUndefined: true }));
  return { command: sent, commandName, databaseName };
}

/**
 * The stock driver's own ways, which no server decides: a commit carries a time-out for its write concern, and
 * a file in GridFS is looked for by `$eq`.
 */
function withoutHabits(command: any, wanted: any): any {
  const { writeConcern, filter } = command;
  const plain = { ...command };
  if (writeConcern?.wtimeout === 10_000 && wanted.writeConcern?.wtimeout === undefined) {
    const { wtimeout, ...rest } = writeConcern;
    plain.writeConcern = rest;
  }
  if (filter?._id?.$eq !== undefined) plain.filter = { ...filter, _id: filter._id.$eq };
  return plain;
}
