import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import type { ServerState } from '../commands/context.ts';
import { serveConnection } from './connection.ts';

export interface Listener {
  /** The port that was taken, for TCP. */
  port?: number;
  close(): Promise<void>;
}

/** Where to listen: a socket's path, or a TCP port of this machine. */
export type Endpoint = { path: string } | { port: number; host: string };

/** Clients of a trusted endpoint need not say who they are. */
export async function listen(server: ServerState, endpoint: Endpoint, isTrusted: boolean): Promise<Listener> {
  const sockets = new Set<Socket>();
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    server.counters.connections++;
    const id = ++server.counters.totalConnections;
    socket.on('close', () => {
      sockets.delete(socket);
      server.counters.connections--;
    });
    serveConnection(server, socket, {
      id,
      address: address(socket, endpoint),
      me: me(socket, endpoint),
      isTrusted,
      isLocal: 'path' in endpoint,
    });
  });
  if ('path' in endpoint) prepareSocketFolder(endpoint.path);
  await bind(listener, endpoint);
  if ('path' in endpoint) chmodSync(endpoint.path, 0o600);
  const bound = listener.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : undefined,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        listener.close(() => resolve());
      }),
  };
}

/** Whoever holds the data file's lock owns the socket: a file left behind by a killed process is removed. */
function prepareSocketFolder(path: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // In a temporary folder somebody else may have made it first.
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== userInfo().uid) {
    throw new Error(`${folder} is not a folder of this user: the server's socket cannot be put there.`);
  }
  chmodSync(folder, 0o700);
  rmSync(path, { force: true });
}

function bind(listener: Server, endpoint: Endpoint): Promise<void> {
  return new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(endpoint, () => {
      listener.off('error', reject);
      resolve();
    });
  });
}

/** This member's name as this client knows it: drivers compare it with the host in their URI. */
function me(socket: Socket, endpoint: Endpoint): string {
  return 'path' in endpoint ? endpoint.path : `${endpoint.host}:${socket.localPort}`;
}

function address(socket: Socket, endpoint: Endpoint): string {
  return 'path' in endpoint ? endpoint.path : `${socket.remoteAddress}:${socket.remotePort}`;
}
