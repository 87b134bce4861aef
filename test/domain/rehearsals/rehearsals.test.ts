import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setFollowUp } from '../../../src/domain/activities/contract.ts';
import { createLead } from '../../../src/domain/leads/contract.ts';
import { NotificationModel } from '../../../src/domain/notifications/model.ts';
import { getRehearsal, startRehearsal } from '../../../src/domain/rehearsals/contract.ts';
import { type TestApp, testApp } from '../../support/app.ts';

let app: TestApp;
let admin: Awaited<ReturnType<TestApp['user']>>;
let asha: Awaited<ReturnType<TestApp['user']>>;
beforeAll(async () => {
  app = await testApp({ ownStore: true });
  await app.start();
  admin = await app.user('Ada', 'administrator');
  asha = await app.user('Asha', 'tele-caller');
  const { lead } = await app.bus.command(createLead, { name: 'Ravi Kumar', phone: '98450 00001' }, asha);
  // Thursday, 11:00 in Kolkata.
  await app.bus.command(setFollowUp, { leadId: lead!.id, at: '2026-03-12T05:30:00Z' }, asha);
  await app.idle();
}, 60_000);
afterAll(() => app.dispose());

const finished = async (rehearsalId: string) => {
  for (const until = Date.now() + 110_000; Date.now() < until; ) {
    const { rehearsal } = await app.bus.query(getRehearsal, { rehearsalId }, admin);
    if (rehearsal!.state !== 'running') return rehearsal!;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('the rehearsal did not end');
};

it('tells what would be sent to whom, when and why, and sends nothing [B11]', async () => {
  const before = await NotificationModel.countDocuments();
  const days = { from: '2026-03-12T00:00:00Z', to: '2026-03-13T00:00:00Z' };
  const { rehearsalId } = await app.bus.command(startRehearsal, days, admin);
  await expect(app.bus.command(startRehearsal, days, admin)).rejects.toMatchObject({
    code: 'record.conflict',
  });
  const { state, error, items } = await finished(rehearsalId);
  expect([state, error]).toEqual(['done', undefined]);
  // As shipped a follow-up is told of a day, an hour and 15 minutes before, and when it is due.
  const toAsha = items.filter(({ to, channel }) => to === 'Asha' && channel === 'in the application');
  expect(toAsha.map(({ at, rule }) => [at, rule])).toEqual([
    ['2026-03-12T04:30:00.000Z', 'follow-up'],
    ['2026-03-12T05:15:00.000Z', 'follow-up'],
    ['2026-03-12T05:30:00.000Z', 'follow-up-due'],
  ]);
  expect(toAsha[0]!.text).toContain('Ravi Kumar');
  expect(toAsha[0]!.why).toMatch(/\S/);
  expect(await NotificationModel.countDocuments()).toBe(before);
}, 120_000);

it('is asked for by whoever may change the settings, and of days that come after one another', async () => {
  const days = { from: '2026-03-12T00:00:00Z', to: '2026-03-13T00:00:00Z' };
  await expect(app.bus.command(startRehearsal, days, asha)).rejects.toMatchObject({ code: 'auth.forbidden' });
  await expect(
    app.bus.command(startRehearsal, { from: days.to, to: days.from }, admin),
  ).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(
    app.bus.command(startRehearsal, { from: days.from, to: '2027-03-13T00:00:00Z' }, admin),
  ).rejects.toMatchObject({ code: 'input.invalid' });
});
