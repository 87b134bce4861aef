/**
 * A server that dies at a write after `go`. It waits less long for receipts, so that these and claims run out while its
 * clock runs faster.
 */
import { createApp } from '../../src/app.ts';
import { capabilities } from '../../src/channels/whatsapp/settings.ts';
import { loadConfig } from '../../src/core/config.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { OutboxModel } from '../../src/domain/conversations/model/outbox.ts';
import { clock, dieAtWrite } from '../support/mortal.ts';

const startCounting = dieAtWrite();

Object.assign(capabilities, { receiptSeconds: 200 });
const config = loadConfig();
const app = await createApp({ config, clock, log: silentLogger });
const address = await app.start();
process.send!({ address });
process.on('message', async (message) => {
  if (message === 'go') startCounting();
  else if (message === 'drain') {
    // Sends whose answer was lost wait for their receipts first.
    do await app.idle();
    while (
      (await OutboxModel.exists({ open: true })) &&
      (await new Promise((next) => setTimeout(next, 100, true)))
    );
    process.send!({ drained: true });
  } else await app.stop().then(() => process.exit(0));
});
