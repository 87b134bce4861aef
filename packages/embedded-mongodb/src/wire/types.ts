import type { ServerStats } from './server.ts';

export interface StartOptions {
  /** Folder of the data; made when it is not there. */
  dataDir: string;
  /**
   * Listens on this TCP port of 127.0.0.1 beside the Unix socket (0 takes a free one). Clients authenticate with
   * SCRAM-SHA-256 as one of the store's users; `noAuth: true` lets every program on this machine in.
   */
  tcp?: { port: number; host?: '127.0.0.1'; noAuth?: boolean };
  /** Changes nothing by itself: no document expires. For data that is only looked at. */
  isStill?: boolean;
  /** Documents that a TTL index calls expired stay: for data whose time is not this machine's. */
  keepExpired?: boolean;
  /** The server does not keep the process alive: it ends with whatever else is done. */
  unref?: boolean;
  /** Allows `configureFailPoint`, with which drivers' tests provoke errors. Not for production. */
  testCommands?: boolean;
  /** Receives lines about the server's running. */
  log?: (line: string) => void;
}

export interface EmbeddedServer {
  /** For the driver or mongoose; without a database's name. The socket's, or that of TCP without authentication. */
  uri: string;
  /** Where TCP is listened on, without a user. */
  tcpUri?: string | undefined;
  /** Does this process hold the data, or has it joined another one? */
  readonly role: 'owner' | 'joined';
  stats(): Promise<ServerStats | undefined>;
  close(): Promise<void>;
}
