/**
 * A server that kills itself with SIGKILL at the `KILL_AT`-th write to the database after its start: just before it is
 * sent or just after it was acknowledged. Its clock runs faster, and it waits less long for receipts, so that claims
 * and receipts run out.
 */
import mongoose from 'mongoose';
import { createApp } from '../../src/app.ts';
import { capabilities } from '../../src/channels/whatsapp/settings.ts';
import { loadConfig } from '../../src/core/config.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { OutboxModel } from '../../src/domain/conversations/model/outbox.ts';

const { KILL_AT, STARTED_AT, CLOCK_BASE, CLOCK_SPEED } = process.env as Record<string, string>;
const clock = {
  now: () => new Date(Date.parse(CLOCK_BASE!) + (Date.now() - Number(STARTED_AT)) * Number(CLOCK_SPEED)),
};

const writes = new Set(['insert', 'update', 'delete', 'findAndModify', 'bulkWrite', 'commitTransaction']);
let left = Number.POSITIVE_INFINITY;
const boundary = ({ commandName }: { commandName: string }) => {
  if (writes.has(commandName) && --left <= 0) process.kill(process.pid, 'SIGKILL');
};

const connect = mongoose.connect.bind(mongoose);
mongoose.connect = async (uri, options) => {
  const connected = await connect(uri, { ...options, monitorCommands: true });
  mongoose.connection.getClient().on('commandStarted', boundary).on('commandSucceeded', boundary);
  return connected;
};

Object.assign(capabilities, { receiptSeconds: 200 });
const config = loadConfig();
const app = await createApp({ config, clock, log: silentLogger });
const address = await app.start();
process.send!({ address });
process.on('message', async (message) => {
  if (message === 'go') {
    left = Number(KILL_AT) || Number.POSITIVE_INFINITY;
    return;
  }
  if (message === 'drain') {
    // Sends whose answer was lost wait for their receipts first.
    do await app.idle();
    while (
      (await OutboxModel.exists({ open: true })) &&
      (await new Promise((next) => setTimeout(next, 100, true)))
    );
    process.send!({ drained: true });
  } else await app.stop().then(() => process.exit(0));
});
