import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createApp } from '../../src/app.ts';
import { systemActor } from '../../src/core/actor.ts';
import { fakeClock } from '../../src/core/clock.ts';
import { loadConfig } from '../../src/core/config.ts';
import { silentLogger } from '../../src/core/logger.ts';
import { TimerModel } from '../../src/core/timers.ts';
import { bookAppointment, confirmAppointment } from '../../src/domain/appointments/contract.ts';
import { createLead } from '../../src/domain/leads/contract.ts';
import { listNotifications } from '../../src/domain/notifications/contract.ts';
import { actorOf } from '../../src/domain/staff/actors.ts';
import { createUser } from '../../src/domain/staff/contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-rules-'));
const secret = 'a secret of the tests, long enough to be taken';
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = () => {
  const config = loadConfig({
    PARLEY_DATA: folder,
    PARLEY_SECRET: secret,
    PARLEY_ROLE: 'worker',
    LOG_LEVEL: 'silent',
    MONGODB_URI: undefined,
  });
  config.accounts = [];
  return createApp({ config, clock: fakeClock('2050-03-11T05:00:00Z'), log: silentLogger });
};

beforeAll(async () => {
  const app = await open();
  await app.start();
  const asSystem = { actor: systemActor('test'), surface: 'cli' as const };
  const { user } = await app.bus.command(
    createUser,
    { email: 'asha@example.com', name: 'Asha', role: 'tele-caller' },
    asSystem,
  );
  const asha = { actor: (await actorOf(user.id))!, surface: 'api' as const };
  const { lead } = await app.bus.command(createLead, { name: 'Ravi Kumar', phone: '98450 00001' }, asha);
  const { appointmentId } = await app.bus.command(
    bookAppointment,
    { leadId: lead!.id, startsAt: '2050-03-14T07:30:00Z' },
    asha,
  );
  await app.bus.command(confirmAppointment, { appointmentId }, asha);
  await app.idle();
  await app.stop();
});

const parley = (...args: string[]) =>
  promisify(execFile)('bin/parley', ['simulate', 'rules', ...args], {
    env: { ...process.env, PARLEY_DATA: folder, PARLEY_SECRET: secret, LOG_LEVEL: 'silent', MONGODB_URI: '' },
  });

it('says who would be told what, when and why, and sends nothing [B11] [M48] [M49]', async () => {
  const { stdout } = await parley('--from', '2050-03-13', '--to', '2050-03-15', '--json');
  const told = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ rule }) => rule?.startsWith('appointment-'));
  const words = 'Your Appointment with RSOFT ON Date: Mon, 14 Mar 2050 and Time: 1:00 PM';
  // 7 A.M. and one hour before 1 P.M. in Kolkata.
  expect(told.map(({ at, to, rule, text }) => [at, to, rule, text])).toEqual([
    ['2050-03-14T01:30:00.000Z', 'Asha', 'appointment-day', words],
    ['2050-03-14T06:30:00.000Z', 'Asha', 'appointment-hour', words],
  ]);
  for (const { why } of told) expect(why).toMatch(/appointment:/);

  const app = await open();
  const asha = { actor: systemActor('test'), surface: 'cli' as const };
  const { items } = await app.bus.query(listNotifications, {}, asha);
  expect(items.filter(({ rule }) => rule.startsWith('appointment-'))).toEqual([]);
  expect(await TimerModel.countDocuments({ _id: /^appointment:/ })).toBeGreaterThan(0);
  await app.stop();
});

it('says what is wrong with a time [B11]', async () => {
  await expect(parley('--to', 'tomorrow-ish')).rejects.toMatchObject({
    stderr: expect.stringContaining('--to: tomorrow-ish is no time'),
  });
});
