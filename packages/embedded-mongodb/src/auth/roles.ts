import type { Value } from '../bson/index.ts';
import { fault } from '../errors.ts';

/** `root` is everything everywhere; the others concern one database. */
export interface Role {
  role: 'root' | 'readWrite' | 'read';
  db: string;
}

const KNOWN: ReadonlySet<string> = new Set(['root', 'readWrite', 'read']);

/** Roles as a command gives them: names, or documents with a database. Throws RoleNotFound (31). */
export function readRoles(given: Value | undefined, db: string): Role[] {
  if (!Array.isArray(given)) throw fault('BadValue', 'roles must be an array of names or of {role, db}');
  return given.map((item) => {
    const role = item instanceof Map ? item.get('role') : item;
    const on = item instanceof Map ? item.get('db') : db;
    if (typeof role !== 'string' || typeof on !== 'string') {
      throw fault('BadValue', 'roles must be an array of names or of {role, db}');
    }
    if (!KNOWN.has(role) || (role === 'root' && on !== 'admin')) {
      throw fault(
        'RoleNotFound',
        `Could not find role: ${role}@${on}. embedded-mongodb has the roles root (on admin), readWrite and read.`,
      );
    }
    return { role: role as Role['role'], db: on };
  });
}

export function isRoot(roles: readonly Role[]): boolean {
  return roles.some(({ role }) => role === 'root');
}

export function mayRead(roles: readonly Role[], db: string): boolean {
  return roles.some((role) => role.role === 'root' || role.db === db);
}

export function mayWrite(roles: readonly Role[], db: string): boolean {
  return roles.some(({ role, db: on }) => role === 'root' || (role === 'readWrite' && on === db));
}
