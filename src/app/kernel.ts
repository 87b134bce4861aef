import type { Bus } from '../core/bus.ts';
import type { Catalogue } from '../core/catalogue.ts';
import type { Clock } from '../core/clock.ts';
import type { Config } from '../core/config.ts';
import type { Ids } from '../core/ids.ts';
import type { Live } from '../core/live.ts';
import type { Logger } from '../core/logger.ts';

/** What the parts of one process share. */
export type Kernel = {
  bus: Bus;
  catalogue: Catalogue;
  config: Config;
  clock: Clock;
  ids: Ids;
  live: Live;
  log: Logger;
  /** This process among others: who holds a lease, who runs an import. */
  owner: string;
};
