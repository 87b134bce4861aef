import type { Client } from '../commands/context.ts';
import { fault } from '../errors.ts';

/** What a client may run before it has said who it is. */
const OPEN: ReadonlySet<string> = new Set([
  'hello',
  'isMaster',
  'ismaster',
  'ping',
  'buildInfo',
  'buildinfo',
]);

/** Throws Unauthorized (13). */
export function authorize(client: Client, name: string): void {
  if (client.isTrusted || OPEN.has(name)) return;
  throw fault('Unauthorized', `Command ${name} requires authentication`);
}
