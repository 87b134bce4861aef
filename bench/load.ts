/**
 * Mixed load for a while: customers on four channels, colleagues in Slack, leads by the signed API, against the played
 * providers with their documented rates. Prints how long customers waited for the first answer, whether the app's memory
 * grows, and every rate that was not kept.
 *
 *   node bench/load.ts [--minutes=30] [--rate=1] [--only=whatsapp]
 *
 * `--rate=1`: outbound near half of WhatsApp's 80 and Telegram's 30 messages a second. The clock is the real one.
 */
import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEmulator } from '../src/channels/emulator/index.ts';
import type { Told } from './load/app.ts';
import { type Channel, converse, type Figures, placesOf } from './load/people.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    rate: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const rate = Number(values.rate);
/** Lines of customers a second at `--rate=1`; each is answered by one to three messages. */
const perSecond: Record<Channel, number> = { whatsapp: 20, facebook: 8, instagram: 4, telegram: 8 };
const spacingMs = 20_000;

const port = await freePort();
const folder = mkdtempSync(join(tmpdir(), 'parley-load-'));
const emulator = await startEmulator({ paced: true });
const child = fork(new URL('./load/app.ts', import.meta.url), {
  execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'],
  env: {
    ...process.env,
    ...emulator.environment(),
    PARLEY_DATA: folder,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  },
});
const memory: Extract<Told, { kind: 'memory' }>[] = [];
/** How much had been said at each of these samples. */
const saidAt: number[] = [];
const figures: Record<string, Figures> = {};
const ready = await new Promise<Extract<Told, { kind: 'ready' }>>((resolve, reject) => {
  child.once('exit', (code) => reject(new Error(`the app ended with ${code}`)));
  child.on('message', (told: Told) => {
    if (told.kind === 'ready') resolve(told);
    else {
      memory.push(told);
      saidAt.push(Object.values(figures).reduce((sum, { said }) => sum + said, 0));
    }
  });
});
emulator.setTarget({ baseUrl: ready.address });
await emulator.waitFor(() => emulator.telegram.webhook().url, 'Telegram to be told where to call');

const places = placesOf(emulator);
const channels = (Object.keys(perSecond) as Channel[]).filter((one) => !values.only || values.only === one);
for (const one of [...channels, 'slack', 'leads']) figures[one] = { ms: [], unanswered: 0, said: 0 };

const ending = new AbortController();
setTimeout(() => ending.abort(), minutes * 60_000);
const began = Date.now();
console.log(
  `${minutes} minutes, rate ${rate}: ${channels.map((one) => `${one} ${perSecond[one] * rate}/s`).join(', ')}`,
);
const reports = setInterval(() => {
  const last = memory.at(-1);
  const all = Object.values(figures).flatMap(({ ms }) => ms);
  const at = ((Date.now() - began) / 60_000).toFixed(1);
  console.log(
    `${at} min  answered ${all.length}  p95 ${quantile(all.slice(-2000), 0.95)} ms  heap ${last?.heapMb.toFixed(0)} MB  rss ${last?.rssMb.toFixed(0)} MB, external ${last?.externalMb.toFixed(0)} MB, of it no file’s ${last?.anonymousMb.toFixed(0)} MB`,
  );
}, 30_000);
await Promise.all([
  ...channels.map((channel, n) =>
    converse(
      emulator,
      places[channel],
      { perSecond: perSecond[channel] * rate, spacingMs, firstId: (n + 1) * 1_000_000, until: ending.signal },
      figures[channel]!,
    ),
  ),
  ...(values.only ? [] : [colleagues(), portal()]),
]);
clearInterval(reports);
const seconds = (Date.now() - began) / 1000;

print();
child.send('stop');
await new Promise((resolve) => child.once('exit', resolve));
await emulator.close();
rmSync(folder, { recursive: true, force: true });

/** One colleague after the other asks for something, once a second. */
async function colleagues(): Promise<void> {
  const { slack } = emulator;
  const own = figures.slack!;
  for (let n = 0; !ending.signal.aborted; n++) {
    const user = slack.users[n % slack.users.length]!.id;
    const before = slack.seen(user).length;
    const at = performance.now();
    own.said++;
    void slack.slash(user, n % 2 ? 'today' : 'help');
    await emulator
      .waitFor(() => slack.seen(user).length > before, 'Slack', 20_000)
      .then(
        () => own.ms.push(performance.now() - at),
        () => own.unanswered++,
      );
    await pause(Math.max(0, 1000 - (performance.now() - at)));
  }
}

/** A portal delivers a lead a second; what counts is its acknowledgement, which means that it is durable. */
async function portal(): Promise<void> {
  const own = figures.leads!;
  const { address, secret } = ready.source;
  for (let n = 0; !ending.signal.aborted; n++) {
    const body = JSON.stringify({
      name: `Lead ${n}`,
      email: `lead${n}@portal.example`,
      message: 'A demo, please',
    });
    const at = performance.now();
    const timestamp = Math.floor(Date.now() / 1000);
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', key).update(`d${n}.${timestamp}.${body}`).digest('base64');
    own.said++;
    const answer = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': `d${n}`,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': `v1,${signature}`,
      },
      body,
    }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) own.ms.push(performance.now() - at);
    else own.unanswered++;
    await pause(Math.max(0, 1000 - (performance.now() - at)));
  }
}

function print(): void {
  console.log('\nfrom what a customer wrote to the first answer they saw, in ms');
  const rows = Object.entries(figures).map(([name, { ms, said, unanswered }]) => ({
    '': name,
    said,
    'a second': (said / seconds).toFixed(1),
    unanswered,
    p50: quantile(ms, 0.5),
    p95: quantile(ms, 0.95),
    p99: quantile(ms, 0.99),
    most: quantile(ms, 1),
  }));
  console.table(rows);
  const sent = {
    whatsapp: emulator.whatsapp.taken().length,
    facebook: emulator.facebook.taken().length,
    telegram: emulator.telegram.taken().filter(({ method }) => method.startsWith('send')).length,
  };
  console.log(
    `sent a second: ${Object.entries(sent)
      .map(([name, count]) => `${name} ${(count / seconds).toFixed(1)}`)
      .join(', ')} (documented: WhatsApp 80, Messenger 300, Instagram 100, Telegram 30)`,
  );
  const violations = Object.groupBy(emulator.violations(), ({ provider, limit }) => `${provider}: ${limit}`);
  const broken = Object.entries(violations).map(([limit, all]) => `${limit} × ${all!.length}`);
  console.log(`rates not kept: ${broken.join('; ') || 'none'}`);
  // The first third fills caches and compiles.
  const settled = memory.slice(Math.floor(memory.length / 3));
  const hours = ({ at }: { at: number }) => (at - began) / 3_600_000;
  const heap = slope(settled.map((one) => [hours(one), one.heapMb]));
  const rss = slope(settled.map((one) => [hours(one), one.rssMb]));
  const [first, last] = [settled[0], settled.at(-1)];
  if (first && last)
    console.log(
      `memory, after its first third: heap ${first.heapMb.toFixed(0)} → ${last.heapMb.toFixed(0)} MB (${heap.toFixed(1)} MB an hour), resident ${first.rssMb.toFixed(0)} → ${last.rssMb.toFixed(0)} MB (${rss.toFixed(1)} MB an hour); processor ${(((last.cpuSeconds - first.cpuSeconds) * 1000) / Math.max(1, saidAt.at(-1)! - saidAt[memory.indexOf(first)]!)).toFixed(1)} ms a message`,
    );
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

function slope(points: [number, number][]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / (points.length || 1);
  const [x, y] = [mean(0), mean(1)];
  const top = points.reduce((sum, [px, py]) => sum + (px - x) * (py - y), 0);
  const bottom = points.reduce((sum, [px]) => sum + (px - x) ** 2, 0);
  return bottom ? top / bottom : 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
