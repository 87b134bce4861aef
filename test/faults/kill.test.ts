import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { jest } from '@jest/globals';
import { startEmbedded } from 'embedded-mongodb';
import mongoose from 'mongoose';
import { type Emulator, startEmulator } from '../../src/channels/emulator/index.ts';
import { type FakeClock, fakeClock } from '../../src/core/clock.ts';
import { seeded } from '../support/random.ts';
import { type Customer, emulatedPhone, holdTalk, scriptOf, webVisitor } from './customers.ts';
import { expectedTranscripts, readRecords } from './records.ts';

/** `KILLS=100 bin/test test/faults/kill` takes some minutes. */
const kills = Number(process.env.KILLS ?? 6);
const perRound = 6;
const base = '2026-03-11T04:30:00Z';
const speed = 10;

jest.setTimeout(600_000 + kills * 6000);

/** The talks are compared line by line; how long a customer waits here says nothing of when one is to be reminded. */
function withoutReminders(dir: string): void {
  cpSync('config', dir, { recursive: true });
  const file = join(dir, 'flows/shared/interrupts.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^silence:\n(?: .*\n)+/m, ''));
}

describe(`a server killed ${kills} times while people write to it`, () => {
  let folder: string;
  let emulator: Emulator;
  let clock: FakeClock;
  let child: ChildProcess;
  let address = '';
  let killed = 0;
  let done = false;
  const startedAt = Date.now();
  const random = seeded(7);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-kill-'));
    withoutReminders(join(folder, 'config'));
    clock = fakeClock(base);
    emulator = await startEmulator({ clock });
    await start();
  });
  afterAll(async () => {
    done = true;
    child.kill('SIGKILL');
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts the server; when it dies, starts it again, until it has died often enough. */
  async function start(): Promise<void> {
    const killAt = killed < kills ? 1 + Math.floor(random() * 150) : 0;
    child = fork(resolve(import.meta.dirname, 'victim.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: {
        ...process.env,
        ...emulator.environment(),
        PARLEY_DATA: folder,
        PARLEY_CONFIG: join(folder, 'config'),
        PARLEY_SECRET: 'the same secret for every life of this server',
        PORT: '0',
        MONGODB_URI: '',
        KILL_AT: String(killAt),
        STARTED_AT: String(startedAt),
        CLOCK_BASE: base,
        CLOCK_SPEED: String(speed),
      },
    });
    child.once('exit', (_code, signal) => {
      address = '';
      if (done) return;
      if (signal === 'SIGKILL') killed++;
      void start();
    });
    const [message] = (await once(child, 'message')) as [{ address: string }];
    emulator.setTarget({ baseUrl: message.address });
    // The provider hands over what it could not, and only then the server is in danger again: a receipt that never
    // found it for as long as we wait for one is the one thing that cannot be told from a send that never was.
    while (emulator.whatsapp.pending()) await emulator.whatsapp.redeliver();
    address = message.address;
    child.send('go');
  }

  /** The provider's clock keeps up with the server's; its retries do not wait for their time. */
  const tick = async () => {
    while (!done) {
      await new Promise((next) => setTimeout(next, 100));
      const now = Date.parse(base) + (Date.now() - startedAt) * speed;
      clock.set(new Date(now));
      if (address) await emulator.whatsapp.redeliver();
    }
  };

  it('loses no message, answers none twice, makes no lead twice [B2] [B8]', async () => {
    const ticking = tick();
    const customers: Customer[] = [];
    while (killed < kills || !customers.length) {
      const round = Array.from({ length: perRound }, (_, n) => {
        const script = scriptOf(customers.length + n);
        return n % 3 ? webVisitor(script, () => address) : emulatedPhone(script, emulator);
      });
      customers.push(...round);
      await Promise.all(round.map(holdTalk));
    }
    child.send('drain');
    await once(child, 'message');
    done = true;
    await ticking;
    child.send('stop');
    await once(child, 'exit');

    const server = await startEmbedded({ dataDir: join(folder, 'store') });
    await mongoose.connect(server.uri);
    const records = await readRecords();
    await mongoose.disconnect();
    await server.close();

    expect(killed).toBeGreaterThanOrEqual(kills);
    expect(records.waiting).toEqual({ inbox: 0, dead: 0, outbox: 0, events: 0 });
    expect(records.enquiriesPerConversation).toEqual(customers.map(() => 1));
    expect(records.leadPhones).toEqual(customers.map(({ script }) => script.phone).sort());
    expect(records.leadNumbers).toEqual(customers.map((_, index) => index + 1));
    expect(records.appointments).toBe(customers.length);
    const expected = await expectedTranscripts(
      customers.map(({ script, kind }) => ({ script, kind })),
      base,
    );
    expect(records.transcripts).toEqual(expected);
    // What the phones show is what the transcripts say: nothing twice, nothing missing.
    for (const customer of customers.filter(({ kind }) => kind === 'whatsapp')) {
      const said = expected[customer.script.phone]!.filter((line) => line.startsWith('out '));
      // One of which nobody knew whether it was sent may come after the next.
      expect(customer.heard().toSorted()).toEqual(said.map((line) => line.slice(4)).toSorted());
    }
  });
});
