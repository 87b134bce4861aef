import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { jest } from '@jest/globals';
import { startEmbedded } from 'embedded-mongodb';
import mongoose from 'mongoose';
import { systemClock } from '../../src/core/clock.ts';
import { ulids } from '../../src/core/ids.ts';
import { getImport, startImport, undoImport } from '../../src/domain/imports/contract.ts';
import { createImportIntake } from '../../src/domain/imports/intake.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { echo } from '../support/echo.ts';

jest.setTimeout(600_000);
const rows = 1100;

describe('an import whose worker is killed again and again', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startEmbedded>>;
  let office: TestApp;
  const children: ChildProcess[] = [];
  const startedAt = Date.now();
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-import-kill-'));
    server = await startEmbedded({ dataDir: join(folder, 'store') });
    // The office itself works nothing off: it has no worker.
    office = await testApp({ decide: echo, env: { MONGODB_URI: server.uri, PARLEY_ROLE: 'api' } });
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await office.dispose();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A worker that dies at its n-th write; with 0 it lives until everything is done. */
  async function work(killAt: number): Promise<void> {
    const child = fork(resolve(import.meta.dirname, 'victim.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: {
        ...process.env,
        PARLEY_ROLE: 'worker',
        MONGODB_URI: server.uri,
        PARLEY_DATA: folder,
        PARLEY_SECRET: 'the same secret for all of these processes',
        PORT: '0',
        KILL_AT: String(killAt),
        STARTED_AT: String(startedAt),
        CLOCK_BASE: '2026-03-11T05:00:00Z',
        // What a dead worker held is free again after half a minute of this clock.
        CLOCK_SPEED: '200',
      },
    });
    children.push(child);
    const gone = once(child, 'exit');
    // Dead before it could say that it lives is as good a place to die as any.
    await Promise.race([once(child, 'message'), gone]);
    if (child.connected) child.send(killAt ? 'go' : 'drain');
    if (killAt) return void (await gone);
    await once(child, 'message');
    child.kill('SIGKILL');
  }
  const count = (name: string, filter: object = {}) =>
    mongoose.connection.collection(name).countDocuments(filter);

  it('has every row once when it is done, and none when it is taken back [M13]', async () => {
    const manager = await office.user('Meera Iyer', 'manager');
    await office.user('Priya Shah', 'tele-caller');
    const intake = createImportIntake({ bus: office.bus, clock: systemClock, ids: ulids(systemClock) });
    // Every tenth repeats the row before it.
    const line = (n: number) => `Client ${n},+9197${String(n % 10 === 9 ? n - 1 : n).padStart(8, '0')}`;
    const file = `Name,Phone\n${Array.from({ length: rows }, (_, n) => line(n)).join('\n')}\n`;
    const importId = await intake.receive(manager.actor, 'list.csv', Readable.from([file]));
    const { plan } = await office.bus.query(getImport, { importId }, manager);
    await office.bus.command(startImport, { importId, plan }, manager);

    for (const killAt of [5, 8]) await work(killAt);
    await work(0);
    const done = await office.bus.query(getImport, { importId }, manager);
    expect(done).toMatchObject({ status: 'done', done: rows, counts: { opened: 990, added: 110, bad: 0 } });
    expect(await count('leads')).toBe(990);
    expect(await count('contacts')).toBe(990);
    expect(await count('enquiries')).toBe(rows);
    const numbers = await mongoose.connection.collection('leads').distinct('number');
    expect([numbers.length, Math.max(...numbers)]).toEqual([990, 990]);

    await office.bus.command(undoImport, { importId }, manager);
    for (const killAt of [6]) await work(killAt);
    await work(0);
    expect(await office.bus.query(getImport, { importId }, manager)).toMatchObject({
      status: 'undone',
      removed: rows,
      stayed: 0,
    });
    for (const name of ['leads', 'contacts', 'enquiries'])
      expect([name, await count(name)]).toEqual([name, 0]);
  });
});
