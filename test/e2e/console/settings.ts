import { createLead } from '../../../src/domain/leads/contract.ts';
import { listRules } from '../../../src/domain/notifications/contract.ts';
import { asSystem } from '../../support/app.ts';
import { desktop, type World } from './console.ts';

export default (world: World) => {
  beforeAll(async () => {
    await world.person('Ada', 'administrator');
    const kiran = await world.person('Kiran', 'tele-caller');
    await world.app.bus.command(createLead, { name: 'Asha Rao', phone: '98418 10001' }, kiran);
  });

  const rule = async (key: string) =>
    (await world.app.bus.query(listRules, {}, asSystem)).items.find((item) => item.key === key);

  it('switches a notice off and on, and fills fields into its text with a real lead beside it [M50]', async () => {
    const page = await world.open('Ada', desktop, '/settings/notifications');
    const row = page.getByRole('row').filter({ hasText: 'Demo confirmed' });
    const toggle = row.getByRole('switch');
    await toggle.click();
    await page.getByText('“Demo confirmed” is off.').waitFor();
    expect(await rule('demo-confirmed')).toMatchObject({ enabled: false });
    await toggle.click();
    await page.getByText('“Demo confirmed” is on.').waitFor();

    await row.getByRole('button', { name: 'Edit' }).click();
    const text = page.getByLabel('Text, English');
    await text.click();
    await page.keyboard.press('End');
    await page.keyboard.type(' See you, ');
    await page.locator('.builder-fields').first().getByRole('button', { name: '{name}' }).click();
    await page.locator('.builder-preview').first().getByText('See you, Asha Rao').first().waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It holds from now on.').waitFor();
    const changed = (await rule('demo-confirmed'))!;
    expect(changed.text.en).toBe(
      'Thank you for confirming the demo with {brand} ON Date: {date} and Time: {time} See you, {name}',
    );
    expect(changed.changedBy).toBe('Ada');
  });

  it('adds a colleague and shows the one-time link [M60]', async () => {
    const page = await world.open('Ada', desktop, '/settings/users');
    await page.getByRole('button', { name: 'Add a colleague' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Nina');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('nina@example.com');
    await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
    const link = page.getByRole('textbox', { name: 'One-time link' });
    expect(await link.inputValue()).toMatch(/\/set-password\?token=\S{20,}$/);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('row').filter({ hasText: 'nina@example.com' }).waitFor();
  });

  it('lead a new organisation through its first steps, until they are hidden', async () => {
    const page = await world.open('Ada');
    const step = (name: string) =>
      page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) });
    await step('Add your colleagues').getByRole('img', { name: 'Done' }).waitFor();
    expect(await step('Connect a channel').getByRole('img').count()).toBe(0);
    await page.getByRole('button', { name: 'Hide' }).click();
    await step('Connect a channel').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: 'Missed follow-ups' }).waitFor();
    expect(await step('Connect a channel').count()).toBe(0);
  });
};
