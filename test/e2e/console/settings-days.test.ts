import { setFollowUp } from '../../../src/domain/activities/contract.ts';
import { LedgerModel } from '../../../src/domain/conversations/model/ledger.ts';
import { createLead } from '../../../src/domain/leads/contract.ts';
import { consoleWorld, password, phone, type World } from './console.ts';

describe('the days to come and the days gone by', () => {
  let world: World;
  beforeAll(async () => {
    world = await consoleWorld();
    await world.app.user('Ada', 'administrator', { password });
    const asha = await world.app.user('Asha', 'tele-caller');
    const made = await world.app.bus.command(createLead, { name: 'Ravi Kumar', phone: '98400 10001' }, asha);
    const leadId = made.lead!.id;
    // Thursday, 11:00 in Kolkata.
    await world.app.bus.command(setFollowUp, { leadId, at: '2026-03-12T05:30:00Z' }, asha);
    await world.app.say('Hello', { id: 'a', thread: '+919845000001' });
    const provedAt = new Date('2026-03-10T18:40:00Z');
    const counted = { inbound: 12, recorded: 11, dead: 1, waiting: 0, difference: 0, provedAt };
    await LedgerModel.create([{ _id: '2026-03-10', ...counted }]);
  });
  afterAll(() => world?.close());

  it('are played on a copy: who would be told what, when and why [B11]', async () => {
    const page = await world.open('Ada');
    await page.goto(`${world.base}/settings/rehearsal`);
    await page.getByText('Nothing was played yet').waitFor();
    await page.getByRole('button', { name: 'Play these days' }).click();
    const told = page.getByText('Follow-up in 15 minutes with Ravi Kumar');
    await told.first().waitFor({ timeout: 120_000 });
    const line = page.getByRole('listitem').filter({ has: told }).first();
    expect(await line.textContent()).toMatch(/10:45 am[\s\S]*Asha[\s\S]*because: A follow-up is near or due/);
    if (process.env.SHOTS) {
      await page.screenshot({ path: `${process.env.SHOTS}/rehearsal.png`, fullPage: true });
      const small = await world.open('Ada', phone);
      await small.goto(`${world.base}/settings/rehearsal`);
      await small.getByText('Follow-up in 15 minutes with Ravi Kumar').first().waitFor();
      await small.screenshot({ path: `${process.env.SHOTS}/rehearsal-390.png` });
      expect(await small.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
  }, 240_000);

  it('are proved: inbound = recorded + dead-lettered, with the differences [B8]', async () => {
    const page = await world.open('Ada');
    await page.goto(`${world.base}/ledger`);
    await page.getByText('Each message of the day was looked up and found.').waitFor();
    const row = page.getByRole('row').filter({ hasText: '2026-03-10' });
    await row.waitFor();
    expect((await row.getByRole('cell').allInnerTexts()).slice(0, 5)).toEqual([
      '2026-03-10',
      '12',
      '11',
      '1',
      '0',
    ]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/ledger.png`, fullPage: true });
  }, 120_000);
});
