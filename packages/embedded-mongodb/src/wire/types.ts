import type { ServerStats } from './server.ts';

export interface StartOptions {
  /** Folder of the data; made when it is not there. */
  dataDir: string;
  /**
   * Listens on this TCP port of 127.0.0.1 instead of a Unix socket (0 takes a free one). There is no
   * authentication yet, so whoever may open a connection on this machine may read and write everything:
   * `noAuth: true` says that this is known.
   */
  tcp?: { port: number; host?: '127.0.0.1'; noAuth: true };
  /** Allows `configureFailPoint`, with which drivers' tests provoke errors. Not for production. */
  testCommands?: boolean;
  /** Receives lines about the server's running. */
  log?: (line: string) => void;
}

export interface EmbeddedServer {
  /** For the driver or mongoose; without a database's name. */
  uri: string;
  /** Does this process hold the data, or has it joined another one? */
  readonly role: 'owner' | 'joined';
  stats(): Promise<ServerStats | undefined>;
  close(): Promise<void>;
}
