/** A server that dies at a write after `go`. */
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/core/config.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { clock, dieAtWrite } from '../support/mortal.ts';

const startCounting = dieAtWrite();

const app = await createApp({ config: loadConfig(), clock, log: silentLogger });
process.on('message', async (message) => {
  if (message === 'go') startCounting();
  else if (message === 'drain') process.send!({ drained: await app.idle() });
  else await app.stop().then(() => process.exit(0));
});
// Whoever started it has gone.
process.on('disconnect', () => process.exit(0));
process.send!({ address: await app.start() });
