import { claimLink } from '../../../src/domain/staff/contract.ts';
import { asSystem } from '../../support/app.ts';
import type { World } from './console.ts';

export default (world: World) => {
  beforeAll(async () => {
    await world.person('Kiran', 'tele-caller');
  });

  it('gives a code, shows who used it, links after the confirmation, and unlinks [M6]', async () => {
    const page = await world.open('Kiran');
    await page.getByRole('link', { name: 'My account' }).click();
    await page.getByRole('button', { name: 'Link a chat account' }).click();
    const said = (await page.locator('code').textContent()) ?? '';
    expect(said).toMatch(/^\/crm link \S+$/);

    // Typed in Slack by whoever holds that account.
    const claim = {
      code: said.split(' ')[2]!,
      channel: 'slack',
      account: 'main',
      thread: 'T1:U7',
      name: 'kiran.k',
    };
    expect(await world.app.bus.command(claimLink, claim, asSystem)).toEqual({ claimed: true });
    await page.getByText('kiran.k').waitFor();
    await page.getByRole('button', { name: 'Yes, link it' }).click();
    const linked = page.getByRole('listitem').filter({ hasText: 'kiran.k' });
    await linked.waitFor();

    await linked.getByRole('button', { name: 'Unlink' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click();
    await linked.waitFor({ state: 'detached' });
  });
};
