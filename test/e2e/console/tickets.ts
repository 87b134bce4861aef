import { listTickets } from '../../../src/domain/tickets/contract.ts';
import { asSystem } from '../../support/app.ts';
import { desktop, phone, type World } from './console.ts';

export default (world: World) => {
  beforeAll(async () => {
    await world.person('Priya', 'tele-caller');
    await world.person('Meera', 'manager');
  });

  const tickets = async () => (await world.app.bus.query(listTickets, {}, asSystem)).items;

  it('say what to do next while there are none', async () => {
    const page = await world.open('Meera');
    await page.getByRole('link', { name: 'Tickets' }).click();
    await page.getByText('No open tickets').waitFor();
    await page.getByText('A complaint in chat or by e-mail opens one by itself').waitFor();
  });

  it('are worked from the customer’s message to the solution, and the customer is told [M120]', async () => {
    const sent = await world.app.say('The printer you installed is not working, it beeps all day', {
      name: 'Suresh Babu',
      thread: '+919812300001',
    });
    expect(JSON.stringify(sent)).toContain('T-2026-00001');

    const page = await world.open('Priya');
    await page.getByRole('link', { name: 'Tickets' }).click();
    const row = page.getByRole('row').filter({ hasText: 'T-2026-00001' });
    await row.getByText('Open', { exact: true }).waitFor();
    await row.getByRole('link').first().click();
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'T-2026-00001' }).waitFor();

    await page.getByRole('button', { name: 'Start' }).click();
    await page.locator('.lead-title').getByText('In progress').waitFor();
    await page.getByRole('button', { name: 'Reply' }).click();
    await page.getByLabel('Message').fill('Which serial number does it have?');
    await page.getByText('Wait for the answer').click();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.lead-title').getByText('Waiting for the customer').waitFor();

    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByLabel('What solved it').fill('The driver was replaced.');
    await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
    await page.locator('.lead-title').getByText('Resolved').waitFor();
    await page.getByRole('heading', { name: 'The solution' }).waitFor();
    await world.app.idle();
    const texts = world.app.sent.map(({ content }) => (content.kind === 'text' ? content.text : ''));
    expect(texts).toContain('T-2026-00001: Which serial number does it have?');
    expect(texts.some((text) => text.includes('is resolved. The driver was replaced.'))).toBe(true);

    await page.getByRole('button', { name: 'Open again' }).click();
    await page.getByLabel('Why').fill('It beeps again');
    await page.getByRole('button', { name: 'Open it again' }).click();
    await page.locator('.lead-title').getByText('Reopened').waitFor();
  });

  it('are opened from a telephone call, found by words and given to a colleague [M120]', async () => {
    const page = await world.open('Meera', desktop, '/tickets');
    await page.getByRole('button', { name: 'New ticket' }).click();
    await page.getByLabel('What has happened').fill('The invoice has the wrong address');
    await page.getByLabel('Customer').fill('Asha Rao');
    await page.getByRole('textbox', { name: 'Telephone' }).fill('98400 10001');
    await page.getByRole('button', { name: 'Open the ticket' }).click();
    await page
      .getByRole('heading', { level: 1 })
      .filter({ hasText: 'The invoice has the wrong address' })
      .waitFor();

    await page.getByRole('link', { name: 'Tickets' }).click();
    await page.getByLabel('Search tickets').fill('invoice');
    await page.getByRole('row').filter({ hasText: 'T-2026-00001' }).waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'Asha Rao' }).getByRole('link').first().click();
    await page.getByRole('button', { name: 'Give to' }).click();
    await page.getByRole('dialog').locator('.ant-select-selector').click();
    await page.locator('.ant-select-item-option').filter({ hasText: 'Meera' }).click();
    await page.getByRole('button', { name: 'Give it to them' }).click();
    await page.getByText('Given to Meera').waitFor();
    const asha = (await tickets()).find(({ name }) => name === 'Asha Rao');
    expect(asha).toMatchObject({ assigneeName: 'Meera', status: 'open' });
  });

  it('are worked on a telephone too [M8]', async () => {
    const page = await world.open('Meera', phone, '/tickets');
    await page.getByText('The invoice has the wrong address').first().click();
    await page.getByRole('button', { name: 'Note' }).click();
    await page.getByLabel('Note, for colleagues only').fill('Asked accounts');
    await page.getByRole('button', { name: 'Add the note' }).click();
    await page.getByText('Asked accounts').waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
};
