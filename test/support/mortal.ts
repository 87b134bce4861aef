/**
 * For a server in a process of its own that dies: with SIGKILL at the `KILL_AT`-th write to the database, just before
 * it is sent or just after it was acknowledged. Its clock begins at `CLOCK_BASE` and runs `CLOCK_SPEED` times as fast.
 */
import { flushCompileCache } from 'node:module';
import mongoose from 'mongoose';

const { KILL_AT, STARTED_AT, CLOCK_BASE, CLOCK_SPEED } = process.env as Record<string, string>;
export const clock = {
  now: () => new Date(Date.parse(CLOCK_BASE!) + (Date.now() - Number(STARTED_AT)) * Number(CLOCK_SPEED)),
};

/** To be called before anything connects; what it answers begins the count. */
export function dieAtWrite(): () => void {
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
  return () => {
    // Whoever is killed cannot leave it behind for the next one at its end.
    flushCompileCache();
    left = Number(KILL_AT) || Number.POSITIVE_INFINITY;
  };
}

const writes = new Set(['insert', 'update', 'delete', 'findAndModify', 'bulkWrite', 'commitTransaction']);
