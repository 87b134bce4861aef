import { randomBytes } from 'node:crypto';
import { Binary, type Doc, decode, encode, int, intValue, type Value } from '../bson/index.ts';
import { prefixEnd } from '../storage/bytes.ts';
import { settingKey } from '../storage/keys.ts';
import type { Store } from '../storage/store.ts';
import type { Credentials } from './credentials.ts';
import type { Role } from './roles.ts';

export interface User {
  id: Binary;
  name: string;
  /** The database it authenticates on. */
  db: string;
  roles: Role[];
  customData?: Doc;
  credentials: Credentials;
}

const PREFIX = 'user ';

/** Who may come in by TCP. Held in memory, kept in the file among its settings: no query reaches them. */
export class Users {
  readonly #store: Store;
  readonly #byName = new Map<string, User>();
  #secret: Buffer | undefined;

  constructor(store: Store) {
    this.#store = store;
    this.load();
  }

  get(db: string, name: string): User | undefined {
    return this.#byName.get(`${db}.${name}`);
  }

  list(db?: string): User[] {
    const all = [...this.#byName.values()];
    return db === undefined ? all : all.filter((user) => user.db === db);
  }

  save(user: User): void {
    this.#write(user, encode(asDocument(user)));
    this.#byName.set(`${user.db}.${user.name}`, user);
  }

  remove(user: User): void {
    this.#write(user, null);
    this.#byName.delete(`${user.db}.${user.name}`);
  }

  /** Reads them from the file; what is known in memory is forgotten. */
  load(): void {
    this.#byName.clear();
    this.#secret = undefined;
    const from = settingKey(PREFIX);
    for (const { value } of this.#store.view.scan(from, prefixEnd(from), false, -1)) {
      const user = fromDocument(decode(value));
      this.#byName.set(`${user.db}.${user.name}`, user);
    }
  }

  /** What answers for names that nobody has are made of: the same as long as the data is. */
  get secret(): Buffer {
    const key = settingKey('scram-secret');
    this.#secret ??= Buffer.from(this.#store.view.get(key) ?? this.#makeSecret(key));
    return this.#secret;
  }

  #makeSecret(key: Uint8Array): Buffer {
    const secret = randomBytes(32);
    this.#store.commitUnits([{ changes: [{ key, value: secret }] }]);
    return secret;
  }

  #write({ db, name }: User, value: Uint8Array | null): void {
    this.#store.commitUnits([{ changes: [{ key: settingKey(`${PREFIX}${db}.${name}`), value }] }]);
  }
}

function asDocument({ id, name, db, roles, customData, credentials }: User): Doc {
  const { iterations, salt, storedKey, serverKey } = credentials;
  const document: Doc = new Map<string, Value>([
    ['id', id],
    ['user', name],
    ['db', db],
    [
      'roles',
      roles.map(
        ({ role, db }): Doc =>
          new Map([
            ['role', role],
            ['db', db],
          ]),
      ),
    ],
    ['iterations', int(iterations)],
    ['salt', new Binary(salt)],
    ['storedKey', new Binary(storedKey)],
    ['serverKey', new Binary(serverKey)],
  ]);
  if (customData !== undefined) document.set('customData', customData);
  return document;
}

function fromDocument(document: Doc): User {
  const bytes = (field: string): Buffer => Buffer.from((document.get(field) as Binary).bytes);
  return {
    id: document.get('id') as Binary,
    name: document.get('user') as string,
    db: document.get('db') as string,
    roles: (document.get('roles') as Doc[]).map((role) => ({
      role: role.get('role') as Role['role'],
      db: role.get('db') as string,
    })),
    customData: document.get('customData') as Doc | undefined,
    credentials: {
      iterations: intValue(document.get('iterations'))!,
      salt: bytes('salt'),
      storedKey: bytes('storedKey'),
      serverKey: bytes('serverKey'),
    },
  };
}
