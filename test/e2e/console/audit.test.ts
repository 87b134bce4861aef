import { createLead, getLead, updateLead } from '../../../src/domain/leads/contract.ts';
import { asSystem } from '../../support/app.ts';
import { consoleWorld, password, phone, type World } from './console.ts';

describe('the changes in the console', () => {
  let world: World;
  let leadId: string;
  beforeAll(async () => {
    world = await consoleWorld();
    await world.app.user('Ada', 'administrator', { password });
    const asha = await world.app.user('Asha', 'tele-caller');
    const made = await world.app.bus.command(createLead, { name: 'Ravi Kumar', phone: '98400 10001' }, asha);
    leadId = made.lead!.id;
    await world.app.bus.command(updateLead, { leadId, product: 'RSoft ERP', city: 'Pune' }, asha);
  });
  afterAll(() => world?.close());

  it('show before and after, and are undone one by one [M67]', async () => {
    const page = await world.open('Ada');
    await page.goto(`${world.base}/settings/audit?record=${leadId}`);
    const line = page.getByRole('listitem').filter({ hasText: 'changed #1' });
    await line.getByText('Before and after').click();
    await line.getByRole('row').filter({ hasText: 'product' }).getByText('RSoft ERP').waitFor();
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/audit.png`, fullPage: true });
    await line.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/Undone: changed #1/).waitFor();
    const lead = await world.app.bus.query(getLead, { leadId }, asSystem);
    expect([lead.product, lead.city]).toEqual([undefined, undefined]);
    if (process.env.SHOTS) {
      const small = await world.open('Ada', phone);
      await small.goto(`${world.base}/settings/audit`);
      await small.getByText('changed #1').first().waitFor();
      await small.screenshot({ path: `${process.env.SHOTS}/audit-390.png` });
      expect(await small.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
  }, 180_000);
});
