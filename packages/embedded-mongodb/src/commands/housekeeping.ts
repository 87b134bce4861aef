import { fromText, prefixEnd, toText } from '../storage/bytes.ts';
import { collectionKey, Space } from '../storage/keys.ts';
import type { Change } from '../storage/store.ts';
import type { ServerState } from './context.ts';
import { startScrubbing } from './scrubbing.ts';
import { sweepExpired } from './ttl.ts';

const PURGE_STEP = 500;
/** Of every second. */
const PURGE_MS = 20;

/** What goes on in the background: expiry of transactions, cursors, sessions and documents; purging of what was dropped. */
export function startHousekeeping(server: ServerState, keepExpired = false): () => void {
  const timers = [
    setInterval(() => guard(server, () => sweepOften(server)), 1000),
    setInterval(() => guard(server, () => server.sessions.purgeStored()), 5 * 60_000),
  ];
  if (!keepExpired) timers.push(setInterval(() => guard(server, () => sweepExpired(server)), 60_000));
  for (const timer of timers) timer.unref();
  const stopScrubbing = startScrubbing(server);
  return () => {
    stopScrubbing();
    for (const timer of timers) clearInterval(timer);
  };
}

/** Everything once. */
export async function tidy(server: ServerState): Promise<void> {
  sweepOften(server);
  await sweepExpired(server);
  server.sessions.purgeStored();
}

function sweepOften(server: ServerState): void {
  server.sessions.sweep();
  server.cursors.sweep();
  server.catalog.discardUnfinished();
  purge(server);
  server.changes.trim();
}

function guard(server: ServerState, step: () => void | Promise<void>): void {
  Promise.resolve()
    .then(step)
    .catch((error: Error) => server.log(`housekeeping: ${error.message}`));
}

/** Deletes a part of what was dropped. While an older state is being read, nothing is purged. */
function purge(server: ServerState): void {
  const end = performance.now() + PURGE_MS;
  while (performance.now() < end && purgeStep(server));
}

/** False when there is nothing left to purge. */
function purgeStep(server: ServerState): boolean {
  const { store } = server;
  if (store.history.isWatched) return false;
  const from = Buffer.of(Space.purge);
  const [task] = store.view.scan(from, prefixEnd(from), false, 1);
  if (task === undefined) return false;
  const collection = Buffer.from(task.key).readUInt32BE(1);
  const ranges =
    task.key.length > 5
      ? [Buffer.concat([collectionKey(Space.index, collection), task.key.subarray(5)])]
      : [collectionKey(Space.record, collection), collectionKey(Space.index, collection)];
  const changes: Change[] = [];
  for (const range of ranges) {
    for (const entry of store.view.scan(range, prefixEnd(range), false, PURGE_STEP - changes.length)) {
      changes.push({ key: fromText(toText(entry.key)), value: null });
    }
  }
  if (changes.length < PURGE_STEP) changes.push({ key: task.key, value: null });
  store.commitUnits([{ changes }]);
  return true;
}
