import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { jest } from '@jest/globals';
import { startEmbedded } from 'embedded-mongodb';
import mongoose from 'mongoose';
import { EventModel } from '../../src/core/events.ts';
import { eventually } from '../support/eventually.ts';
import { holdTalk, scriptOf, webVisitor } from './customers.ts';
import { expectedTranscripts, readRecords } from './records.ts';

jest.setTimeout(180_000);
const base = '2026-03-11T04:30:00Z';

describe('one process for HTTP and two workers on one database', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startEmbedded>>;
  const children: ChildProcess[] = [];
  const startedAt = Date.now();
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-processes-'));
    server = await startEmbedded({ dataDir: join(folder, 'store') });
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(role: 'api' | 'worker'): Promise<string> {
    const child = fork(resolve(import.meta.dirname, 'victim.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: {
        ...process.env,
        PARLEY_ROLE: role,
        MONGODB_URI: server.uri,
        PARLEY_DATA: folder,
        PARLEY_SECRET: 'the same secret for all three processes',
        PORT: '0',
        KILL_AT: '0',
        STARTED_AT: String(startedAt),
        CLOCK_BASE: base,
        CLOCK_SPEED: '1',
      },
    });
    children.push(child);
    const [message] = (await once(child, 'message')) as [{ address: string }];
    return message.address;
  }

  it('answers each message once, in order, whoever works it; a worker that dies is made up for [B2]', async () => {
    const address = await start('api');
    await start('worker');
    await start('worker');
    const customers = Array.from({ length: 6 }, (_, n) => webVisitor(scriptOf(n), () => address));
    await Promise.all(customers.slice(0, 3).map(holdTalk));
    children[1]!.kill('SIGKILL');
    await Promise.all(customers.slice(3).map(holdTalk));
    children[2]!.send('drain');
    await once(children[2]!, 'message');

    await mongoose.connect(server.uri);
    // What the dead worker had in hand is let go of when its claim has lapsed.
    await eventually(
      async () => !(await EventModel.exists({ open: true })) || undefined,
      'what the dead worker left',
    );
    const records = await readRecords();
    await mongoose.disconnect();
    expect(records.waiting).toEqual({ inbox: 0, dead: 0, outbox: 0, events: 0 });
    expect(records.leadNumbers).toEqual([1, 2, 3, 4, 5, 6]);
    expect(records.transcripts).toEqual(
      await expectedTranscripts(
        customers.map(({ script, kind }) => ({ script, kind })),
        base,
      ),
    );
  });
});
