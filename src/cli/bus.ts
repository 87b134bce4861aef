/** The catalogue over the store, without queues: joins the embedded store of a running server. */
import { systemActor } from '../core/actor.ts';
import { type Bus, type Caller, createBus } from '../core/bus.ts';
import { type Catalogue, createCatalogue } from '../core/catalogue.ts';
import { systemClock } from '../core/clock.ts';
import { loadConfig } from '../core/config.ts';
import { ulids } from '../core/ids.ts';
import { createLogger } from '../core/logger.ts';
import { openStore } from '../core/store.ts';
import { modules } from '../domain/index.ts';

export async function withBus<T>(work: (bus: Bus, caller: Caller) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const log = createLogger('warn');
  const store = await openStore(config, log);
  try {
    const catalogue: Catalogue = createCatalogue(modules(() => catalogue));
    const ids = ulids(systemClock);
    const bus = createBus({ catalogue, config, clock: systemClock, ids, log, onCommit: () => {} });
    return await work(bus, { actor: systemActor('command line'), surface: 'cli' });
  } finally {
    await store.close();
  }
}
