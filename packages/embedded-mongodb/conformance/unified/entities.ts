import { type ClientSession, type Db, GridFSBucket, MongoClient } from 'mongodb';
import { Observed } from './events.ts';

/** Raised for what a test asks of a driver or of a runner, and this one does not have: the test is left out. */
export class NotApplicable extends Error {}

/** The named things of one test: clients, databases, collections, sessions, buckets, results. */
export class Entities {
  readonly #uri: string;
  readonly #all = new Map<string, unknown>([['testRunner', {}]]);
  readonly #clients: MongoClient[] = [];
  readonly sessions = new Map<string, ClientSession>();
  /** Kept when a session has ended. */
  readonly sessionIds = new Map<string, unknown>();
  /** What was seen of each client. */
  readonly observed = new Map<string, Observed>();

  constructor(uri: string) {
    this.#uri = uri;
  }

  get<T>(name: string): T {
    if (!this.#all.has(name)) throw new Error(`no entity is called ${name}`);
    return this.#all.get(name) as T;
  }

  set(name: string, value: unknown): void {
    this.#all.set(name, value);
  }

  async create(definitions: Record<string, any>[]): Promise<void> {
    for (const definition of definitions) {
      const [kind, given] = Object.entries(definition)[0]!;
      const make = this.#kinds[kind];
      if (make === undefined) throw new NotApplicable(`an entity of the kind ${kind}`);
      this.#all.set(given.id, await make(given));
    }
  }

  /** Ended before events are compared, so that what ending sends belongs to the test. */
  async endSessions(): Promise<void> {
    for (const session of this.sessions.values()) await session.endSession().catch(() => {});
  }

  async close(): Promise<void> {
    await this.endSessions();
    for (const client of this.#clients) await client.close().catch(() => {});
  }

  readonly #kinds: Record<string, (given: any) => unknown> = {
    client: async (given) => {
      if (given.autoEncryptOpts !== undefined) throw new NotApplicable('client-side encryption');
      const client = new MongoClient(this.#uri, {
        serverSelectionTimeoutMS: 10_000,
        // After an error of the network the server is asked again at once: nothing else is to be waited for.
        ...({ minHeartbeatFrequencyMS: 20 } as object),
        ...given.uriOptions,
        ...(given.serverApi === undefined ? {} : { serverApi: given.serverApi }),
        monitorCommands: true,
      });
      this.observed.set(given.id, new Observed(client, given));
      this.#clients.push(client);
      await client.connect();
      return client;
    },
    database: (given) => this.get<MongoClient>(given.client).db(given.databaseName, given.databaseOptions),
    collection: (given) =>
      this.get<Db>(given.database).collection(given.collectionName, given.collectionOptions),
    session: (given) => {
      const { snapshotTime, ...options } = given.sessionOptions ?? {};
      if (snapshotTime !== undefined) options.snapshotTime = this.get(snapshotTime);
      const session = this.get<MongoClient>(given.client).startSession(options);
      this.sessions.set(given.id, session);
      this.sessionIds.set(given.id, session.id);
      return session;
    },
    bucket: (given) => new GridFSBucket(this.get<Db>(given.database), given.bucketOptions),
  };
}
