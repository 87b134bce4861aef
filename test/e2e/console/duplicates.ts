import { getContact } from '../../../src/domain/contacts/contract.ts';
import { recordEnquiry } from '../../../src/domain/enquiries/contract.ts';
import { listLeads } from '../../../src/domain/leads/contract.ts';
import { asSystem } from '../../support/app.ts';
import { desktop, phone, type World } from './console.ts';

export default (world: World) => {
  beforeAll(async () => {
    await world.person('Priya', 'tele-caller');
    await world.person('Meera', 'manager');
  });

  const enquire = async (said: object) => {
    const answer = await world.app.bus.command(
      recordEnquiry,
      { source: 'Website', medium: 'webform', ...said } as never,
      asSystem,
    );
    await world.app.idle();
    return answer as { contactId: string };
  };
  const leads = async () => (await world.app.bus.query(listLeads, {}, asSystem)).items;

  it('are compared, merged field by field, and separated again [M16] [B9]', async () => {
    const page = await world.open('Meera', desktop, '/duplicates');
    await page.getByText('Nobody seems to be here twice').waitFor();

    await enquire({
      name: 'Ravi Kumar',
      phone: '9845012345',
      company: 'Acme',
      product: 'RSoft CRM',
      city: 'Chennai',
    });
    await enquire({
      name: 'Kumar Ravee',
      email: 'ravi@acme.example',
      company: 'Acme Ltd',
      product: 'RSoft ERP',
      city: 'Chennai',
    });
    await page.reload();
    const row = page.getByRole('row').filter({ hasText: 'Both are of Acme' });
    await row.waitFor();
    await row.getByRole('link').first().click();

    await page.getByRole('heading', { level: 1, name: 'Ravi Kumar and Kumar Ravee' }).waitFor();
    await page.getByRole('radio', { name: 'Name: Kumar Ravee' }).check();
    await page.getByRole('radio', { name: 'Product: RSoft ERP' }).check();
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Merge', exact: true }).click();

    await page.getByText('Everything is under').waitFor();
    expect(await leads()).toMatchObject([
      {
        number: 1,
        name: 'Kumar Ravee',
        phone: '+919845012345',
        email: 'ravi@acme.example',
        product: 'RSoft ERP',
      },
    ]);
    await page
      .getByRole('status')
      .filter({ hasText: '#2 Kumar Ravee' })
      .getByRole('button', { name: 'Undo' })
      .click();
    await page.getByRole('button', { name: 'Undo it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ravi Kumar and Kumar Ravee' }).waitFor();
    expect((await leads()).map(({ number, product }) => [number, product]).sort()).toEqual([
      [1, 'RSoft CRM'],
      [2, 'RSoft ERP'],
    ]);
  }, 180_000);

  it('are merged on a phone, by the numbers of two leads [M8] [M16]', async () => {
    await enquire({ name: 'Asha Menon', phone: '9845088888' });
    await enquire({ name: 'A. Menon', email: 'asha@example.com' });
    const page = await world.open('Meera', phone, '/duplicates');
    await page.getByRole('link', { name: 'Ravi Kumar' }).first().waitFor();
    await page.getByRole('button', { name: 'Compare two leads' }).click();
    await page.getByLabel('Lead that stays').fill('3');
    await page.getByLabel('Lead that repeats it').fill('4');
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Asha Menon and A. Menon' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByText('Everything is under').waitFor();
    expect((await leads()).map(({ number }) => number).sort()).toEqual([1, 2, 3]);
  }, 180_000);

  it('that were two people all along are split: the number goes, the mail address stays [B9]', async () => {
    const { contactId } = await enquire({
      name: 'Anil Shah',
      phone: '9845077777',
      email: 'shah@example.com',
    });
    const page = await world.open('Meera', desktop, `/duplicates/split/${contactId}`);
    const split = page.getByRole('button', { name: 'Split off' });
    expect(await split.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: /98450 77777/ }).check();
    await page.getByLabel('Their name, if it is known').fill('Anita Shah');
    await split.click();
    await page.getByRole('heading', { level: 1, name: 'Anil Shah and Anita Shah' }).waitFor();
    const other = page.url().split('/').at(-1)!;
    const addresses = async (id: string) =>
      (await world.app.bus.query(getContact, { contactId: id }, asSystem)).identities.map(
        ({ value }) => value,
      );
    expect(await addresses(contactId)).toEqual(['shah@example.com']);
    expect(await addresses(other)).toEqual(['+919845077777']);
  });
};
