import { listLeads } from '../../../src/domain/leads/contract.ts';
import { asSystem } from '../../support/app.ts';
import { desktop, type World } from './console.ts';

export default (world: World) => {
  beforeAll(() => world.person('Ada', 'administrator'));
  const leadNamed = async (search: string) =>
    (await world.app.bus.query(listLeads, { search }, asSystem)).items[0];

  it('a form is made, worded, seen as visitors see it, filled in, and switched off [M3]', async () => {
    const page = await world.open('Ada', desktop, '/settings/forms');
    await page.getByText('No form yet').waitFor();
    await page.getByRole('button', { name: 'New form' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Contact page');
    await page.getByRole('button', { name: 'Make the form' }).click();
    await page.getByRole('heading', { level: 1, name: 'Contact page' }).waitFor();
    await page.getByLabel('Heading').fill('Talk to us');
    await page.getByRole('region', { name: 'As visitors see it' }).getByText('Talk to us').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Sites show it so from now on.').waitFor();

    const [, key] = /data-form="([^"]+)"/.exec((await page.getByText('data-form=').textContent()) ?? '')!;
    const form = `${world.base}/forms/${key}`;
    expect(await (await fetch(form)).json()).toMatchObject({ title: 'Talk to us' });
    const fill = (name: string, phone: string) =>
      fetch(form, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: crypto.randomUUID(), fields: { name, phone } }),
      });
    expect((await fill('Anita Bose', '98420 10001')).status).toBe(202);
    await world.app.idle();
    expect(await leadNamed('Anita')).toMatchObject({ phone: '+919842010001' });

    await page.getByRole('switch', { name: 'Takes answers' }).click();
    await page.getByText('Off', { exact: true }).waitFor();
    expect((await fill('Too Late', '98420 10002')).status).toBeGreaterThanOrEqual(400);
  });

  it('a source gets an address and a secret that is shown once; a test says how its fields are read [M3]', async () => {
    const page = await world.open('Ada', desktop, '/settings/sources');
    await page.getByText('No source yet').waitFor();
    await page.getByRole('button', { name: 'New source' }).first().click();
    await page.getByText('A portal or program that signs').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Portal');
    await page.getByRole('button', { name: 'Make address and secret' }).click();
    await page.getByText('Copy the secret now').waitFor();
    const secret = (await page.getByRole('dialog').locator('dd').nth(1).textContent())!.trim();
    expect(secret.length).toBeGreaterThan(20);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Portal' }).waitFor();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('Read as below; nothing was recorded.').waitFor();
    await page
      .getByRole('combobox', { name: /^What .+ is$/ })
      .first()
      .waitFor();
    await page.reload();
    await page.getByText('Test', { exact: true }).waitFor();
    expect(await page.content()).not.toContain(secret);
    await page.getByRole('switch', { name: 'Takes leads' }).click();
    await page.getByText('Off', { exact: true }).waitFor();
  });
};
