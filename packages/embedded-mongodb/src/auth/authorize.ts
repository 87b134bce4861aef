import type { Doc, Value } from '../bson/index.ts';
import type { Client, ServerState } from '../commands/context.ts';
import { fault } from '../errors.ts';
import type { Request } from '../wire/messages.ts';
import { needsOf } from './required.ts';
import { isRoot, mayRead, mayWrite } from './roles.ts';
import type { User } from './users.ts';

/** What anybody may run, also before having said who it is. */
const OPEN: ReadonlySet<string> = new Set([
  'hello',
  'isMaster',
  'ismaster',
  'ping',
  'buildInfo',
  'buildinfo',
  'connectionStatus',
  'whatsmyuri',
  'listCommands',
  'saslStart',
  'saslContinue',
  'logout',
]);

/** Throws Unauthorized (13). Roles are those of this moment: a user who was removed may do nothing more. */
export function authorize(server: ServerState, client: Client, name: string, request: Request): void {
  if (client.isTrusted || OPEN.has(name)) return;
  const user = userOf(server, client);
  if (user === undefined) throw fault('Unauthorized', `Command ${name} requires authentication`);
  if (isRoot(user.roles)) return;
  const db = String(request.body.get('$db'));
  if (name === 'usersInfo' && isOneself(request.body.get('usersInfo'), user, db)) return;
  const needs = needsOf(name, db, request.body, request.sequences);
  const isAllowed =
    needs.root !== true &&
    [...needs.read].every((on) => mayRead(user.roles, on)) &&
    [...needs.write].every((on) => mayWrite(user.roles, on));
  if (!isAllowed) throw fault('Unauthorized', `not authorized on ${db} to execute command ${name}`);
}

/** Who the connection is, as the user is now; undefined when it is nobody, or the user has been removed since. */
export function userOf({ users }: ServerState, { identity }: Client): User | undefined {
  const user = identity && users.get(identity.db, identity.name);
  return user !== undefined && Buffer.compare(user.id.bytes, identity!.id) === 0 ? user : undefined;
}

/** Of a list of databases, those that the user may read. */
export function restrictReply(server: ServerState, client: Client, name: string, reply: Doc): void {
  if (name !== 'listDatabases' || client.isTrusted) return;
  const roles = userOf(server, client)?.roles ?? [];
  if (isRoot(roles)) return;
  const visible = (item: Value): boolean => item instanceof Map && mayRead(roles, String(item.get('name')));
  reply.set('databases', (reply.get('databases') as Value[]).filter(visible));
  reply.delete('totalSize');
  reply.delete('totalSizeMb');
}

function isOneself(asked: Value | undefined, { name, db }: User, on: string): boolean {
  if (typeof asked === 'string') return asked === name && on === db;
  return asked instanceof Map && asked.get('user') === name && asked.get('db') === db;
}
