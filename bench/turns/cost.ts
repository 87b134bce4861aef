// What a turn costs: commands to the store, transactions, bytes and milliseconds, for each line of the talk.
// `node bench/turns/cost.ts` prints medians and 95th percentiles; `TALKS=1 SHOW=1` prints the commands themselves.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON } from 'mongodb';
import mongoose from 'mongoose';
import { createApp } from '../../src/app.ts';
import { systemActor } from '../../src/core/actor.ts';
import { loadConfig } from '../../src/core/config.ts';
import { silentLogger } from '../../src/core/logger.ts';
import type { Outbound } from '../../src/core/messaging.ts';
import { createUser } from '../../src/domain/staff/contract.ts';
// @ts-expect-error plain JavaScript, shared with the peers
import { linesFor, talk } from './talk.mjs';

const talks = Number(process.env.TALKS ?? 30);
const config = loadConfig({
  PARLEY_DATA: mkdtempSync(join(tmpdir(), 'parley-bench-')),
  PARLEY_SECRET: 'x'.repeat(32),
  PARLEY_ROLE: 'worker',
  LOG_LEVEL: 'silent',
});
config.accounts = [];
const connect = mongoose.connect.bind(mongoose);
mongoose.connect = (uri, options) => connect(uri, { ...options, monitorCommands: true });

let answered = () => {};
const capabilities = { text: 4096, media: true, ambiguity: 'resend' as const };
const send = async ({ id }: Outbound) => {
  answered();
  return { ok: true as const, providerId: id };
};
const app = await createApp({ config, log: silentLogger, sender: () => ({ capabilities, send }) });
await app.start();
const asSystem = { actor: systemActor('bench'), surface: 'cli' as const };
for (const role of ['tele-caller', 'manager', 'administrator'])
  await app.bus.command(createUser, { email: `${role}@example.com`, name: role, role }, asSystem);

type Seen = { commands: string[]; transactions: number; sent: number; received: number; last: number };
const fresh = (): Seen => ({ commands: [], transactions: 0, sent: 0, received: 0, last: performance.now() });
let seen = fresh();
// Asked from time to time whether anybody writes or not: no part of a turn's cost.
const polls = new Set(['getMore', 'hello', 'endSessions', 'ping']);
const client = mongoose.connection.getClient();
client.on('commandStarted', ({ commandName, command }) => {
  if (polls.has(commandName) || command[commandName] === 'jobs') return;
  seen.commands.push(`${commandName} ${targetOf(commandName, command)}`);
  if (command.startTransaction) seen.transactions += 1;
  seen.sent += BSON.calculateObjectSize(command, { ignoreUndefined: true });
  seen.last = performance.now();
});
client.on('commandSucceeded', ({ commandName, reply }) => {
  if (polls.has(commandName)) return;
  seen.received += BSON.calculateObjectSize(reply as object, { ignoreUndefined: true });
  seen.last = performance.now();
});

function targetOf(name: string, command: Record<string, any>): string {
  if (name !== 'bulkWrite') return typeof command[name] === 'string' ? command[name] : '';
  return command.ops
    .map((op: Record<string, number>) => {
      const [kind, place] = Object.entries(op)[0]!;
      return `${kind} ${command.nsInfo[place].ns.split('.')[1]}`;
    })
    .join(', ');
}

/** Another time for each talk: there is one calendar. */
function timeOf(n: number): string {
  const day = new Date(Date.now() + (2 + Math.floor(n / 5)) * 86_400_000);
  // Not on a Sunday.
  if (day.getUTCDay() === 0) day.setUTCDate(day.getUTCDate() + 45);
  const date = `${day.getUTCDate()} ${day.toLocaleString('en', { month: 'long', timeZone: 'UTC' })}`;
  return `${date} at ${11 + (n % 5)}:00`;
}

/** Everything that follows from it is done when the store has been quiet for a while. */
async function quiet(): Promise<void> {
  while (performance.now() - seen.last < 60) await new Promise((next) => setTimeout(next, 10));
}

type Cost = Omit<Seen, 'last'> & { milliseconds: number };
let count = 0;
async function say(thread: string, text: string): Promise<Cost> {
  await quiet();
  seen = fresh();
  const began = performance.now();
  const answer = new Promise<void>((resolve) => {
    answered = resolve;
  });
  await app.accept([
    {
      id: `m${++count}`,
      channel: 'bench',
      account: 'main',
      audience: 'customer',
      thread,
      from: [{ scheme: 'visitor', value: thread }],
      at: new Date(),
      body: { kind: 'text', text },
    },
  ]);
  await answer;
  const milliseconds = performance.now() - began;
  await quiet();
  return { ...seen, milliseconds };
}

const costs: Cost[][] = talk.map(() => []);
for (let n = -3; n < talks; n++) {
  const lines: string[] = linesFor(n + 10, 1);
  lines[4] = timeOf(n + 10);
  for (const [place, line] of lines.entries()) {
    const cost = await say(`v${n}`, line);
    if (n < 0) continue;
    costs[place]!.push(cost);
    if (process.env.SHOW) console.log(`\n${line}\n  ${cost.commands.join('\n  ')}`);
  }
}
const at = (list: number[], share: number): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length * share)]!;
console.log('line               commands  transactions  bytes out  bytes in  ms to the answer (p95)');
for (const [place, line] of (talk as string[]).entries()) {
  const of = (what: (cost: Cost) => number) => at(costs[place]!.map(what), 0.5);
  const milliseconds = costs[place]!.map((cost) => cost.milliseconds);
  console.log(
    [
      line.slice(0, 18).padEnd(18),
      String(of(({ commands }) => commands.length)).padStart(8),
      String(of(({ transactions }) => transactions)).padStart(13),
      String(of(({ sent }) => sent)).padStart(10),
      String(of(({ received }) => received)).padStart(9),
      `${at(milliseconds, 0.5).toFixed(1)} (${at(milliseconds, 0.95).toFixed(1)})`.padStart(16),
    ].join(' '),
  );
}
await app.stop();
process.exit(0);
