import { isDeepStrictEqual } from 'node:util';
import { BSON, type ClientSession, type MongoClient } from 'mongodb';
import { type Entities, NotApplicable } from './entities.ts';
import { Mismatch, show } from './match.ts';
import type { Operate } from './operations.ts';

/** What an operation may need beside its entity. */
export interface Surroundings {
  entities: Entities;
  /** A client of the runner's own, which no test observes. */
  internal: MongoClient;
}

const STATES: Record<string, string> = {
  none: 'NO_TRANSACTION',
  starting: 'STARTING_TRANSACTION',
  in_progress: 'TRANSACTION_IN_PROGRESS',
  committed: 'TRANSACTION_COMMITTED',
  aborted: 'TRANSACTION_ABORTED',
};

/** What a test asks of the runner itself. */
export const runnerOperations: Record<string, Operate> = {
  createEntities: (_, { entities: definitions }, { entities }) => entities.create(definitions),
  failPoint: (_, { failPoint }, { internal }) => internal.db('admin').command(failPoint),
  targetedFailPoint: (_, { failPoint }, { internal }) => internal.db('admin').command(failPoint),
  wait: (_, { ms }) => new Promise((resolve) => setTimeout(resolve, ms)),
  waitForEvent: (_, { client, event, count }, { entities }) =>
    entities.observed.get(client)!.wait(event, count, entities),
  assertEventCount: (_, { client, event, count }, { entities }) => {
    const seen = entities.observed.get(client)!.count(event, entities);
    if (seen !== count) throw new Mismatch(`expected ${count} times ${show(event)}, got ${seen}`);
  },
  assertNumberConnectionsCheckedOut: (_, { client, connections }, { entities }) => {
    const out = entities.observed.get(client)!.connectionsOut;
    if (out !== connections) throw new Mismatch(`expected ${connections} connections in use, got ${out}`);
  },
  assertSessionTransactionState: (_, { session, state }) => {
    const actual = (session as any).transaction.state;
    if (actual !== STATES[state]) throw new Mismatch(`expected the transaction ${state}, got ${actual}`);
  },
  assertSessionPinned: () => {
    throw new NotApplicable('pinning, which sharded clusters do');
  },
  assertSessionUnpinned: (_, { session }) => {
    if ((session as ClientSession & { isPinned: boolean }).isPinned)
      throw new Mismatch('the session is pinned');
  },
  assertSessionDirty: (_, { session }) => assertDirty(session, true),
  assertSessionNotDirty: (_, { session }) => assertDirty(session, false),
  assertSameLsidOnLastTwoCommands: (_, { client }, { entities }) => assertLsids(entities, client, true),
  assertDifferentLsidOnLastTwoCommands: (_, { client }, { entities }) => assertLsids(entities, client, false),
  assertCollectionExists: (_, args, around) => assertCollection(args, around, true),
  assertCollectionNotExists: (_, args, around) => assertCollection(args, around, false),
  assertIndexExists: (_, args, around) => assertIndex(args, around, true),
  assertIndexNotExists: (_, args, around) => assertIndex(args, around, false),
};

function assertDirty(session: any, expected: boolean): void {
  if (session.serverSession.isDirty !== expected) {
    throw new Mismatch(`expected a session that is ${expected ? '' : 'not '}dirty`);
  }
}

function assertLsids(entities: Entities, client: string, isSame: boolean): void {
  const [a, b] = entities.observed
    .get(client)!
    .commands()
    .slice(-2)
    .map((command) => BSON.EJSON.serialize(command.lsid));
  if (isDeepStrictEqual(a, b) !== isSame) {
    throw new Mismatch(`expected ${isSame ? 'one session' : 'two sessions'} in the last two commands`);
  }
}

async function assertCollection(args: any, { internal }: Surroundings, expected: boolean): Promise<void> {
  const { databaseName, collectionName } = args;
  const found = await internal.db(databaseName).listCollections({ name: collectionName }).toArray();
  if (found.length > 0 !== expected) {
    throw new Mismatch(`expected ${collectionName} to be ${expected ? 'there' : 'gone'}`);
  }
}

async function assertIndex(args: any, { internal }: Surroundings, expected: boolean): Promise<void> {
  const { databaseName, collectionName, indexName } = args;
  const found = await internal
    .db(databaseName)
    .collection(collectionName)
    .indexes()
    .catch(() => []);
  if (found.some((index) => index.name === indexName) !== expected) {
    throw new Mismatch(`expected the index ${indexName} to be ${expected ? 'there' : 'gone'}`);
  }
}
