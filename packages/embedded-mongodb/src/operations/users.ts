import type { Doc } from '../bson/index.ts';
import { doc } from '../commands/context.ts';
import { MongoServerFault } from '../errors.ts';
import { startOwner } from '../wire/owner.ts';
import { connectOwner } from './client.ts';
import { OperationError } from './errors.ts';

export interface UserDescription {
  name: string;
  roles: { role: string; db: string }[];
}

/** Those who may come in by TCP; they authenticate on `admin`. Throws {@link OperationError}. */
export interface UserTool {
  add(name: string, password: string, role: { role: string; db: string }): Promise<void>;
  setPassword(name: string, password: string): Promise<void>;
  remove(name: string): Promise<void>;
  list(): Promise<UserDescription[]>;
}

/** Works through the server that has the folder; when there is none, through one that is started for it. */
export function userTool(dataDir: string): UserTool {
  const run = (command: Doc): Promise<Doc> => runCommand(dataDir, command);
  return {
    add: async (name, password, { role, db }) => {
      const roles = [doc(['role', role], ['db', db])];
      await run(doc(['createUser', name], ['pwd', password], ['roles', roles]));
    },
    setPassword: async (name, password) => {
      await run(doc(['updateUser', name], ['pwd', password]));
    },
    remove: async (name) => {
      await run(doc(['dropUser', name]));
    },
    list: async () => {
      const reply = await run(doc(['usersInfo', doc(['forAllDBs', true])]));
      return (reply.get('users') as Doc[]).map((user) => ({
        name: user.get('user') as string,
        roles: (user.get('roles') as Doc[]).map((role) => ({
          role: role.get('role') as string,
          db: role.get('db') as string,
        })),
      }));
    },
  };
}

async function runCommand(dataDir: string, command: Doc): Promise<Doc> {
  const connection = await connectOwner(dataDir);
  if (connection === undefined) {
    const server = await startOwner({ dataDir });
    try {
      return await runCommand(dataDir, command);
    } finally {
      await server.close();
    }
  }
  try {
    return await connection.run(command);
  } catch (error) {
    if (error instanceof MongoServerFault) throw new OperationError(error.message);
    throw error;
  } finally {
    connection.close();
  }
}
