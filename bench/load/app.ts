/** The product under load, in a process of its own: what it needs is told to its parent, and then its memory every few seconds. */
import { readFileSync } from 'node:fs';
import { createApp } from '../../src/app.ts';
import { systemActor } from '../../src/core/actor.ts';
import { loadConfig } from '../../src/core/config.ts';
import { createLogger } from '../../src/core/logger.ts';
import { createSource } from '../../src/domain/sources/contract.ts';
import { createUser } from '../../src/domain/staff/contract.ts';

export type Told =
  | { kind: 'ready'; address: string; source: { address: string; secret: string } }
  | {
      kind: 'memory';
      at: number;
      heapMb: number;
      rssMb: number;
      externalMb: number;
      anonymousMb: number;
      cpuSeconds: number;
    };

const system = { actor: systemActor('bench'), surface: 'cli' as const };
const tell = (told: Told) => process.send!(told);

const config = loadConfig();
const app = await createApp({ config, log: createLogger(config.env.LOG_LEVEL) });
for (const name of ['Asha', 'Ravi', 'Divya'])
  await app.bus.command(
    createUser,
    { email: `${name.toLowerCase()}@bench.example`, name, role: 'tele-caller' },
    system,
  );
const made = await app.bus.command(createSource, { name: 'Bench', kind: 'api' }, system);
const address = (await app.start())!;
tell({ kind: 'ready', address, source: { address: made.source.address, secret: made.secret } });

const everyMs = 5_000;
const sampling = setInterval(() => {
  // What is garbage is no growth.
  globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  const { user, system: kernel } = process.cpuUsage();
  const mb = (bytes: number) => bytes / 1024 / 1024;
  tell({
    kind: 'memory',
    at: Date.now(),
    heapMb: mb(heapUsed),
    rssMb: mb(rss),
    externalMb: mb(external),
    anonymousMb: anonymousMb(),
    cpuSeconds: (user + kernel) / 1e6,
  });
}, everyMs);

process.on('message', async (word) => {
  if (word !== 'stop') return;
  clearInterval(sampling);
  await app.stop();
  process.exit(0);
});

/** Resident memory that is no file's: what the store maps of its file is the system's to take back. Linux only. */
function anonymousMb(): number {
  try {
    return Number(/RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
