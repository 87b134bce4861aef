import { startOwner } from './wire/owner.ts';
import type { EmbeddedServer, StartOptions } from './wire/types.ts';

export type { ServerStats } from './wire/server.ts';
export type { EmbeddedServer, StartOptions } from './wire/types.ts';

export const version: string = '0.1.0';

/**
 * Starts the server over `dataDir`, or joins the one that already serves it: in both cases `uri` is what to
 * give to the driver. When the process that owns the data dies, one of those that joined takes over under
 * the same URI.
 *
 * Rejects with a sentence when the data file is damaged, of a newer format, or the folder cannot be written.
 */
export function startEmbedded(options: StartOptions): Promise<EmbeddedServer> {
  return startOwner(options);
}
