/** A server that kills itself with SIGKILL at the `KILL_AT`-th write after `go`: just before it, or just after. */
import mongoose from 'mongoose';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/core/config.ts';
import { silentLogger } from '../../src/core/logger.ts';

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

const app = await createApp({ config: loadConfig(), clock, log: silentLogger });
process.on('message', async (message) => {
  if (message === 'go') left = Number(KILL_AT) || Number.POSITIVE_INFINITY;
  else if (message === 'drain') process.send!({ drained: await app.idle() });
  else await app.stop().then(() => process.exit(0));
});
// Whoever started it has gone.
process.on('disconnect', () => process.exit(0));
process.send!({ address: await app.start() });
