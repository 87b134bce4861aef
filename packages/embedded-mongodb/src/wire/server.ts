import { join } from 'node:path';
import { Users } from '../auth/users.ts';
import { ChangeLog } from '../commands/change-log.ts';
import type { ServerState } from '../commands/context.ts';
import { Cursors } from '../commands/cursors.ts';
import { FailPoint } from '../commands/fail-point.ts';
import { startHousekeeping, tidy } from '../commands/housekeeping.ts';
import { openCatalog } from '../commands/scrubbing.ts';
import { validate } from '../commands/validate.ts';
import type { Limits } from '../storage/kv.ts';
import { Store } from '../storage/store.ts';
import { Sessions } from '../txn/sessions.ts';
import { type Endpoint, type Listener, listen } from './listen.ts';
import { DATA_FILE, REPLICA_SET } from './names.ts';

export interface OpenOptions {
  dataDir: string;
  endpoint: Endpoint;
  /** A port of 127.0.0.1 beside it. */
  tcp?: { port: number; noAuth?: boolean };
  /** Changes nothing by itself. */
  isStill?: boolean;
  /** Documents that a TTL index calls expired stay. */
  keepExpired?: boolean;
  log?: (line: string) => void;
  /** Allows `configureFailPoint`, with which drivers' tests provoke errors. */
  testCommands?: boolean;
  /** Bounds on the file's size. */
  limits?: Limits;
  /** Milliseconds since 1970; given by tests. */
  now?: () => number;
}

export interface RunningServer {
  port?: number;
  readonly store: Store;
  stats(): ServerStats;
  /** Does at once what housekeeping does from time to time: expiry of documents, transactions and cursors. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

export interface ServerStats {
  connections: number;
  openCursors: number;
  collections: number;
  /** Bytes of the data file. */
  fileBytes: number;
  /** Commands run since the start, by name. */
  commands: Record<string, number>;
}

/** Opens the data file and serves it, in the calling thread. Throws FileInUseError when somebody else does. */
export async function openServer(options: OpenOptions): Promise<RunningServer> {
  const now = options.now ?? Date.now;
  const store = new Store(join(options.dataDir, DATA_FILE), options.limits);
  const catalog = openCatalog(store);
  const sessions = new Sessions(store, now);
  const server: ServerState = {
    store,
    catalog,
    users: new Users(store),
    sessions,
    cursors: new Cursors(now),
    changes: new ChangeLog(store, now),
    validate,
    failPoint: options.testCommands ? new FailPoint() : undefined,
    replicaSet: REPLICA_SET,
    startedAt: now(),
    dataDir: options.dataDir,
    counters: { connections: 0, totalConnections: 0, commands: new Map(), pauses: 0 },
    log: options.log ?? (() => {}),
    now,
  };
  store.onRollback = (error) => {
    server.log(`a batch could not be written: ${error.message}`);
    sessions.reset();
    catalog.load();
    server.users.load();
    server.changes.load();
  };
  store.onCommit = () => server.changes.wake();
  const listeners = await listenAll(server, options);
  const stopHousekeeping = options.isStill ? () => {} : startHousekeeping(server, options.keepExpired);
  return {
    port: listeners.find(({ port }) => port !== undefined)?.port,
    store,
    stats: () => ({
      connections: server.counters.connections,
      openCursors: server.cursors.size,
      collections: catalog.list().length,
      fileBytes: store.kv.size(),
      commands: Object.fromEntries(server.counters.commands),
    }),
    tidy: () => tidy(server),
    close: async () => {
      stopHousekeeping();
      await Promise.all(listeners.map((listener) => listener.close()));
      sessions.reset();
      store.close();
    },
  };
}

async function listenAll(server: ServerState, { endpoint, tcp }: OpenOptions): Promise<Listener[]> {
  const listeners: Listener[] = [];
  try {
    // TCP first: when its port is taken nobody must have been let in by the socket.
    if (tcp !== undefined) {
      listeners.push(await listen(server, { port: tcp.port, host: '127.0.0.1' }, tcp.noAuth === true));
    }
    listeners.push(await listen(server, endpoint, true));
    return listeners;
  } catch (error) {
    await Promise.all(listeners.map((listener) => listener.close()));
    server.store.close();
    throw error;
  }
}
