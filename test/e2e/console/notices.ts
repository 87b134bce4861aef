import { createLead, moveLead } from '../../../src/domain/leads/contract.ts';
import type { World } from './console.ts';

export default (world: World) => {
  beforeAll(async () => {});

  it('pop up for the tele-caller whose lead comes back, and lead to it [M42]', async () => {
    const nisha = await world.person('Nisha', 'tele-caller');
    const asha = { name: 'Asha Rao', phone: '98416 10001' };
    const { lead } = await world.app.bus.command(createLead, asha, nisha);
    await world.app.bus.command(moveLead, { leadId: lead!.id, stage: 'lost', lostReason: 'price' }, nisha);
    await world.app.idle();
    const page = await world.open('Nisha');

    await world.app.say('I am interested in RSoft CRM again', { thread: '+919841610001' });
    const popup = page.locator('.ant-notification-notice').filter({ hasText: 'Re-engaged lead' });
    await popup.waitFor();
    expect(await popup.textContent()).toContain('Asha Rao');
    await popup.getByRole('button', { name: 'Open the lead' }).click();
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'Asha Rao' }).waitFor();
    await popup.waitFor({ state: 'detached' });

    // Read, it stands in the list and does not come back.
    await page.reload();
    await page.getByRole('button', { name: /^Notices, \d+ unread/ }).click();
    await page.getByRole('dialog').getByText('Re-engaged lead').first().waitFor();
    expect(await popup.count()).toBe(0);
  });
};
