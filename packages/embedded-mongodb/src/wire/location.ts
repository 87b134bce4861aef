import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Endpoint } from './listen.ts';
import { REPLICA_SET } from './names.ts';

/** The kernel's limit on a Unix socket's path is 108 bytes on Linux and 104 on macOS, its end included. */
const MAX_SOCKET_PATH = 103;

/** The socket of a data folder: inside it, or under a short path when that would be too long. */
export function socketPath(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const real = realpathSync(dataDir);
  const inside = join(real, 'socket', 'mongodb.sock');
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH) return inside;
  const digest = createHash('sha256').update(real).digest('hex').slice(0, 16);
  return join(tmpdir(), `embedded-mongodb-${userInfo().uid}-${digest}`, 'mongodb.sock');
}

/**
 * A Unix socket is a direct connection: its path need not survive the driver's lower-casing of member names.
 * Sessions, transactions and retryable writes work the same.
 */
export function uriOf(endpoint: Endpoint): string {
  const options = `?replicaSet=${REPLICA_SET}&directConnection=true`;
  if ('path' in endpoint) return `mongodb://${encodeURIComponent(endpoint.path)}/${options}`;
  return `mongodb://${endpoint.host}:${endpoint.port}/?replicaSet=${REPLICA_SET}`;
}
