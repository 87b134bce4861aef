import { createLead } from '../../../src/domain/leads/contract.ts';
import { listRoles } from '../../../src/domain/staff/contract.ts';
import { asSystem } from '../../support/app.ts';
import { desktop, type World } from './console.ts';

export default (world: World) => {
  let leadId: string;
  beforeAll(async () => {
    await world.person('Ada', 'administrator');
    await world.person('Meera', 'manager');
    const kiran = await world.person('Kiran', 'tele-caller');
    const made = await world.app.bus.command(createLead, { name: 'Asha Rao', phone: '98419 10001' }, kiran);
    leadId = made.lead!.id;
  });

  it('say who can see a lead and why, and are changed for everybody at once [M60] [M63]', async () => {
    const page = await world.open('Ada', desktop, `/access/Lead/${leadId}`);
    await page.getByText('Manager may read leads of everybody.').waitFor();
    await page.getByText('It is theirs.').waitFor();

    await page.goto(`${world.base}/settings/roles`);
    const role = page.getByRole('combobox', { name: 'Role', exact: true });
    // The chosen value lies over the field that opens the list.
    await role.click({ force: true });
    await page.locator('.ant-select-dropdown:visible').getByText('Manager (1)').click();
    await page.getByRole('combobox', { name: 'Lead read', exact: true }).click({ force: true });
    await page.locator('.ant-select-dropdown:visible').getByText('own', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Lead phone', exact: true }).click({ force: true });
    await page.locator('.ant-select-dropdown:visible').getByText('hidden', { exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Manager is changed, for everybody now.').waitFor();
    const { items } = await world.app.bus.query(listRoles, {}, asSystem);
    expect(items.find(({ key }) => key === 'manager')).toMatchObject({
      grants: { Lead: { read: 'own', update: 'all' } },
      fields: { Lead: { phone: 'hidden' } },
      version: 1,
    });

    await page.goto(`${world.base}/access/Lead/${leadId}`);
    await page.getByText('Manager may read leads of scope own: this is not among them.').waitFor();
    const lead = world.app.bus.execute('lead.get', { leadId }, await world.app.user('Rohan', 'manager'));
    await expect(lead).rejects.toMatchObject({ code: 'record.not_found' });
  }, 120_000);
};
