import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

const OWNER_FILE = 'owner.json';

/** How the server that has a data folder is reached. */
export interface Owner {
  pid?: number;
  /** The socket, open to this user alone. */
  path: string;
  tcp?: { port: number; noAuth?: boolean };
}

export function writeOwner(dataDir: string, owner: Owner): void {
  const path = join(dataDir, OWNER_FILE);
  writeFileSync(`${path}.new`, JSON.stringify({ pid: process.pid, ...owner }), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Undefined when there has been none; one that has gone leaves its file behind. */
export function readOwner(dataDir: string): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(join(dataDir, OWNER_FILE), 'utf8'));
    return typeof owner.path === 'string' ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** Holds a connection to the owner open: its end is the owner's end. Undefined when nobody answers. */
export function watchOwner(owner: Owner, onGone: () => void): Promise<{ stop(): void } | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ path: owner.path });
    let isStopped = false;
    let isOpen = false;
    socket.once('connect', () => {
      isOpen = true;
      socket.unref();
      resolve({
        stop: () => {
          isStopped = true;
          socket.destroy();
        },
      });
    });
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      if (!isOpen) resolve(undefined);
      else if (!isStopped) onGone();
    });
  });
}
