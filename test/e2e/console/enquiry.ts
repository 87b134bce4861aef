import { listEnquiries } from '../../../src/domain/enquiries/contract.ts';
import { createLead } from '../../../src/domain/leads/contract.ts';
import { asSystem } from '../../support/app.ts';
import type { World } from './console.ts';

export default (world: World) => {
  beforeAll(async () => {
    const kiran = await world.person('Kiran', 'tele-caller');
    await world.app.bus.command(
      createLead,
      { name: 'Anu Rao', phone: '98415 10001', city: 'Chennai' },
      kiran,
    );
    await world.app.bus.command(createLead, { name: 'A. Rao', phone: '+91 98415 10001' }, kiran);
  });

  it('shows a duplicate beside the lead it repeats, with the evidence, and is corrected in one tap [M11] [M16]', async () => {
    const page = await world.open('Kiran');
    await page.getByRole('link', { name: 'Enquiries' }).click();
    await page.getByText('Duplicate', { exact: true }).first().waitFor();
    await page.locator('.ant-segmented').getByText('Duplicate').click();
    await page.getByRole('row').filter({ hasText: 'A. Rao' }).getByRole('link').first().click();

    await page.getByRole('heading', { name: 'Side by side' }).waitFor();
    const compared = page.getByRole('table');
    await compared.waitFor();
    const name = compared.getByRole('row').filter({ hasText: 'Name' }).getByRole('cell');
    expect(await name.allTextContents()).toEqual(['A. Rao', expect.stringContaining('Anu Rao')]);
    const telephone = compared.getByRole('row').filter({ hasText: 'Phone' });
    expect(await telephone.textContent()).toContain('same');
    expect(await page.locator('.evidence').textContent()).toContain('+919841510001');

    await page.getByRole('button', { name: /Verdict Duplicate/ }).click();
    await page.getByRole('menuitem', { name: 'No, it is New' }).click();
    await page.getByText('Was Duplicate; corrected by Kiran').waitFor();
    const { items } = await world.app.bus.query(listEnquiries, {}, asSystem);
    expect(items.find((item) => item.name === 'A. Rao')).toMatchObject({
      verdict: 'new',
      overruled: { from: 'duplicate', by: 'Kiran' },
    });
  });
};
