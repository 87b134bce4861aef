import { Binary, type Doc, type Value } from '../bson/index.ts';
import { type Command, type Context, doc, docField } from '../commands/context.ts';
import { fault } from '../errors.ts';
import { userOf } from './authorize.ts';
import { type Credentials, makeCredentials } from './credentials.ts';
import { isRoot, type Role, readRoles } from './roles.ts';
import { logout, MECHANISM, saslContinue, saslStart } from './sasl.ts';
import type { User } from './users.ts';

export const authCommands: Record<string, Command> = {
  connectionStatus: { run: connectionStatus },
  createUser: {
    run: createUser,
    fields: ['pwd', 'roles', 'customData', 'mechanisms', 'digestPassword', 'authenticationRestrictions'],
  },
  dropUser: { run: dropUser, fields: [] },
  logout: { run: logout },
  rolesInfo: { run: rolesInfo },
  saslContinue: { run: saslContinue },
  saslStart: { run: saslStart },
  updateUser: {
    run: updateUser,
    fields: ['pwd', 'roles', 'customData', 'mechanisms', 'digestPassword', 'authenticationRestrictions'],
  },
  usersInfo: {
    run: usersInfo,
    fields: [
      'showPrivileges',
      'showCustomData',
      'showCredentials',
      'showAuthenticationRestrictions',
      'filter',
    ],
  },
};

async function createUser(ctx: Context): Promise<Doc> {
  const { users } = ctx.server;
  const name = nameOf(ctx);
  if (name === '') throw fault('BadValue', "User document needs 'user' field to be non-empty");
  if (users.get(ctx.db, name) !== undefined) throw taken(ctx.db, name);
  const roles = readRoles(ctx.body.get('roles'), ctx.db);
  const customData = docField(ctx.body, 'customData');
  const credentials = await credentialsOf(ctx);
  if (credentials === undefined) throw fault('BadValue', "Must provide a 'pwd' field for all user documents");
  // Somebody may have made the same one while the keys were derived.
  if (users.get(ctx.db, name) !== undefined) throw taken(ctx.db, name);
  const id = new Binary(Buffer.from(crypto.randomUUID().replaceAll('-', ''), 'hex'), 4);
  users.save({ id, name, db: ctx.db, roles, ...(customData && { customData }), credentials });
  return doc();
}

async function updateUser(ctx: Context): Promise<Doc> {
  const given = ['pwd', 'roles', 'customData'].filter((field) => ctx.body.has(field));
  if (given.length === 0) throw fault('BadValue', 'Must specify at least one field to update in updateUser');
  const roles = ctx.body.has('roles') ? readRoles(ctx.body.get('roles'), ctx.db) : undefined;
  const customData = docField(ctx.body, 'customData');
  const credentials = await credentialsOf(ctx);
  const user = existing(ctx);
  ctx.server.users.save({
    ...user,
    ...(roles && { roles }),
    ...(customData && { customData }),
    ...(credentials && { credentials }),
  });
  return doc();
}

function dropUser(ctx: Context): Doc {
  ctx.server.users.remove(existing(ctx));
  return doc();
}

function usersInfo(ctx: Context): Doc {
  for (const option of ['showPrivileges', 'showCredentials', 'showAuthenticationRestrictions', 'filter']) {
    const value = ctx.body.get(option);
    if (value !== undefined && value !== false) {
      throw fault(
        'CommandNotSupported',
        `The option '${option}' of usersInfo is not supported by embedded-mongodb.`,
      );
    }
  }
  const found = asked(ctx, ctx.body.get('usersInfo'));
  const withData = ctx.body.get('showCustomData') !== false;
  return doc(['users', found.map((user) => describe(user, withData))]);
}

/** The three roles there are; of one's own there are none. */
function rolesInfo(ctx: Context): Doc {
  const asked = ctx.body.get('rolesInfo');
  const names = new Set(
    (Array.isArray(asked) ? asked : [asked]).map((item) => (item instanceof Map ? item.get('role') : item)),
  );
  const isAll = !Array.isArray(asked) && typeof asked !== 'string' && !(asked instanceof Map);
  const shown = isAll && ctx.body.get('showBuiltinRoles') !== true ? [] : ['read', 'readWrite', 'root'];
  const roles = shown
    .filter((role) => (role !== 'root' || ctx.db === 'admin') && (isAll || names.has(role)))
    .map((role) =>
      doc(['role', role], ['db', ctx.db], ['isBuiltin', true], ['roles', []], ['inheritedRoles', []]),
    );
  return doc(['roles', roles]);
}

function asked(ctx: Context, which: Value | undefined): User[] {
  const { users } = ctx.server;
  const one = (db: string, name: string): User[] =>
    [users.get(db, name)].filter((user) => user !== undefined);
  if (typeof which === 'string') return one(ctx.db, which);
  if (Array.isArray(which)) return which.flatMap((item) => asked(ctx, item));
  if (which instanceof Map) {
    if (which.get('forAllDBs') === true) return users.list();
    const [name, db] = [which.get('user'), which.get('db')];
    if (typeof name === 'string' && typeof db === 'string') return one(db, name);
    throw fault('BadValue', 'usersInfo needs a name, {user, db}, an array of them, {forAllDBs: true} or 1');
  }
  return users.list(ctx.db);
}

function describe({ id, name, db, customData, roles }: User, withData: boolean): Doc {
  const described = doc(
    ['_id', `${db}.${name}`],
    ['userId', id],
    ['user', name],
    ['db', db],
    ['roles', roles.map(({ role, db }) => doc(['role', role], ['db', db]))],
    ['mechanisms', [MECHANISM]],
  );
  if (withData && customData !== undefined) described.set('customData', customData);
  return described;
}

/** Who this connection is. Nobody, on the socket or without authentication. */
function connectionStatus(ctx: Context): Doc {
  const user = userOf(ctx.server, ctx.client);
  const roles = user?.roles ?? [];
  const info = doc(
    ['authenticatedUsers', user === undefined ? [] : [doc(['user', user.name], ['db', user.db])]],
    ['authenticatedUserRoles', roles.map(({ role, db }) => doc(['role', role], ['db', db]))],
  );
  if (ctx.body.get('showPrivileges') === true) info.set('authenticatedUserPrivileges', roles.map(privileges));
  return doc(['authInfo', info]);
}

function privileges({ role, db }: Role): Doc {
  if (isRoot([{ role, db }]))
    return doc(['resource', doc(['anyResource', true])], ['actions', ['anyAction']]);
  const reading = ['collStats', 'dbStats', 'find', 'killCursors', 'listCollections', 'listIndexes'];
  const writing = [
    'createCollection',
    'createIndex',
    'dropCollection',
    'dropIndex',
    'insert',
    'remove',
    'update',
  ];
  const actions = role === 'read' ? reading : [...reading, ...writing].sort();
  return doc(['resource', doc(['db', db], ['collection', ''])], ['actions', actions]);
}

async function credentialsOf({ body }: Context): Promise<Credentials | undefined> {
  const mechanisms = body.get('mechanisms');
  if (
    mechanisms !== undefined &&
    !(Array.isArray(mechanisms) && mechanisms.every((one) => one === MECHANISM))
  ) {
    throw fault('BadValue', `embedded-mongodb authenticates with ${MECHANISM} only: leave out 'mechanisms'.`);
  }
  if (body.get('digestPassword') === false) {
    throw fault('BadValue', `Cannot use ${MECHANISM} with digestPassword: false.`);
  }
  if (
    Array.isArray(body.get('authenticationRestrictions')) &&
    (body.get('authenticationRestrictions') as Value[]).length > 0
  ) {
    throw fault('CommandNotSupported', 'authenticationRestrictions are not supported by embedded-mongodb.');
  }
  const password = body.get('pwd');
  if (password === undefined) return undefined;
  if (typeof password !== 'string') throw fault('TypeMismatch', "BSON field 'pwd' must be a string");
  if (password === '') throw fault('BadValue', 'Password cannot be empty');
  try {
    return await makeCredentials(password);
  } catch (error) {
    if (error instanceof RangeError) throw fault('BadValue', error.message);
    throw error;
  }
}

function existing(ctx: Context): User {
  const name = nameOf(ctx);
  const user = ctx.server.users.get(ctx.db, name);
  if (user === undefined) throw fault('UserNotFound', `User '${name}@${ctx.db}' not found`);
  return user;
}

function nameOf({ body, name }: Context): string {
  const value = body.get(name);
  if (typeof value !== 'string') throw fault('TypeMismatch', `BSON field '${name}' must be a string`);
  return value;
}

function taken(db: string, name: string): Error {
  return fault(51003, `User "${name}@${db}" already exists`);
}
