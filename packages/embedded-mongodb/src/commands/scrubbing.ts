import { fault } from '../errors.ts';
import { Catalog } from '../storage/catalog.ts';
import { DamagedFileError } from '../storage/kv.ts';
import { scrub } from '../storage/scrub.ts';
import type { Store } from '../storage/store.ts';
import type { ServerState } from './context.ts';

/** A file up to this size is looked through before it is served; a larger one while it is. */
export const CHECKED_FIRST_BYTES = 16 * 1024 * 1024;

const STEP_MS = 3;
/** Between two steps others have the thread. */
const PAUSE_MS = 9;
/** While others are busy a step is left out, so often in a row at most. */
const MOST_LEFT_OUT = 20;

/** Reads the catalogue, and looks a small file through. Throws DamagedFileError, with the file closed. */
export function openCatalog(store: Store): Catalog {
  try {
    const catalog = new Catalog(store);
    if (store.kv.size() <= CHECKED_FIRST_BYTES) for (const _ of scrub(store, catalog));
    return catalog;
  } catch (error) {
    // Left marked as open: the next start looks again.
    store.kv.close();
    throw error;
  }
}

/** Looks a large file through, little by little. What is then found damaged is not served any more. */
export function startScrubbing(server: ServerState): () => void {
  const { store, catalog } = server;
  if (store.kv.size() <= CHECKED_FIRST_BYTES) return () => {};
  const steps = scrub(store, catalog);
  let leftOut = 0;
  let seen = workDone(server);
  let timer = setTimeout(run, PAUSE_MS);
  timer.unref();
  return () => clearTimeout(timer);

  function run(): void {
    const now = workDone(server);
    const isBusy = now !== seen;
    seen = now;
    if (isBusy && leftOut++ < MOST_LEFT_OUT) {
      again();
      return;
    }
    leftOut = 0;
    const end = performance.now() + STEP_MS;
    try {
      while (performance.now() < end) if (steps.next().done) return;
    } catch (error) {
      if (error instanceof DamagedFileError) store.damage = error;
      server.log(`looking through the data file: ${(error as Error).message}`);
      return;
    }
    again();
  }

  function again(): void {
    timer = setTimeout(run, PAUSE_MS);
    timer.unref();
  }
}

/** Changes while anything is being done. */
function workDone({ counters }: ServerState): number {
  let total = counters.pauses;
  for (const count of counters.commands.values()) total += count;
  return total;
}

/** Commands that look at no data. */
const HARMLESS = new Set(['hello', 'isMaster', 'ismaster', 'ping', 'buildInfo', 'saslStart', 'saslContinue']);

export function refuseDamaged({ store }: ServerState, command: string): void {
  if (store.damage === undefined || HARMLESS.has(command)) return;
  throw fault('InternalError', `${store.damage.message} Nothing of it is given out or changed.`);
}
