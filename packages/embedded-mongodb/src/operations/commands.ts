import type { Doc } from '../bson/index.ts';
import { type Command, type Context, doc, type ServerState } from '../commands/context.ts';
import { fault } from '../errors.ts';
import type { Store } from '../storage/store.ts';
import { replSetGetConfig, replSetGetStatus } from './replica-set.ts';
import { profile } from './server-stages.ts';
import { validateCollection } from './validate.ts';

/**
 * What shells ask about the server as a whole; and `embeddedBackup`, for this package's own tools, by the socket
 * only: it concerns files of the machine, and the user whose files these are is the only one who can open it.
 */
export const operationCommands: Record<string, Command> = {
  embeddedBackup: { run: embeddedBackup, adminOnly: true },
  profile: { run: profile },
  replSetGetConfig: { run: replSetGetConfig, adminOnly: true },
  replSetGetStatus: { run: replSetGetStatus, adminOnly: true },
  validate: { run: validateCollection },
};

/** The connection that copies a store's file; at most one. */
const copying = new WeakMap<Store, number>();

/**
 * `begin` keeps the main file as it is and tells where it is; then it is copied. `mark` tells how much of the log
 * belongs to it: both together are the state at the mark. `end`, or the end of the connection, lets go.
 */
async function embeddedBackup(ctx: Context): Promise<Doc> {
  if (!ctx.client.isLocal)
    throw fault('Unauthorized', 'embeddedBackup may only be run over the Unix socket.');
  const { store } = ctx.server;
  const step = ctx.body.get('embeddedBackup');
  if (step === 'begin') {
    if (copying.has(store)) throw fault('IllegalOperation', 'Another backup is being made.');
    copying.set(store, ctx.client.id);
    store.kv.holdCheckpoints(true);
    return doc(['logBytes', BigInt(store.kv.logBytes())], ['fileBytes', BigInt(store.kv.size())]);
  }
  if (copying.get(store) !== ctx.client.id) throw fault('IllegalOperation', 'No backup has been begun here.');
  if (step === 'end') {
    letGo(ctx.server, ctx.client.id);
    return doc();
  }
  if (step !== 'mark') throw fault('BadValue', 'embeddedBackup must be begin, mark or end.');
  return await new Promise<Doc>((resolve, reject) => {
    // What has been acknowledged until now is in the log, and no transaction of SQLite is open.
    store.whenDurable((error) =>
      error === undefined ? resolve(doc(['logBytes', BigInt(store.kv.logBytes())])) : reject(error),
    );
  });
}

/** The connection has ended, or its backup has. */
export function letGo({ store }: ServerState, client: number): void {
  if (copying.get(store) !== client) return;
  copying.delete(store);
  store.kv.holdCheckpoints(false);
}
