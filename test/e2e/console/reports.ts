import type { Caller } from '../../../src/core/bus.ts';
import { createLead } from '../../../src/domain/leads/contract.ts';
import { desktop, phone, type World } from './console.ts';

export default (world: World) => {
  beforeAll(async () => {
    await world.person('Meera', 'manager');
    const kiran: Caller = await world.person('Kiran', 'tele-caller');
    const divya: Caller = await world.person('Divya', 'tele-caller');
    await world.app.bus.command(createLead, { name: 'One', phone: '98417 10001', source: 'Website' }, kiran);
    await world.app.bus.command(createLead, { name: 'Two', phone: '98417 10002', source: 'Google' }, kiran);
    await world.app.bus.command(
      createLead,
      { name: 'Three', phone: '98417 10003', source: 'Website' },
      divya,
    );
    await world.app.idle();
  });

  it('shows the day by tele-caller as chart and table, as pie or bar, and downloads it [M140] [M144]', async () => {
    const page = await world.open('Meera');
    await page.getByRole('link', { name: 'Reports' }).click();
    const table = page.getByRole('table', { name: 'Daily Data Report' });
    await table.waitFor();
    expect(await table.locator('tbody tr').allInnerTexts()).toEqual(['Kiran\t2', 'Divya\t1']);
    expect(await table.locator('tfoot tr').textContent()).toBe('Total3');
    await page.getByRole('img', { name: 'Daily Data Report, as a chart' }).locator('svg').waitFor();
    await page.getByText('Pie', { exact: true }).click();
    await page.locator('.report-chart svg text', { hasText: 'Kiran: 2' }).waitFor();
    await page.getByRole('button', { name: 'Download' }).hover();
    const coming = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'PDF' }).click();
    expect((await coming).suggestedFilename()).toBe('Daily Data Report 2026-03-11.pdf');
  });

  it('answers a question with the query that was understood, or says what can be asked [B6]', async () => {
    const page = await world.open('Meera', desktop, '/reports');
    await page.getByLabel('Ask about the numbers').fill('how many leads today by source');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText('Counted: New leads by source · Wed, 11 Mar 2026').waitFor();
    const answer = page.getByRole('table', { name: 'New leads by source' });
    expect(await answer.locator('tbody tr').allInnerTexts()).toEqual(['Website\t2', 'Google\t1']);
    await page.getByLabel('Ask about the numbers').fill('how is the weather');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText('I do not know how to count “how weather”', { exact: false }).waitFor();
  });

  it('builds a report of one’s own, seen while it is built [M147]', async () => {
    const page = await world.open('Meera', desktop, '/reports');
    await page.getByRole('button', { name: 'New report' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Where leads come from');
    await page.getByRole('dialog').getByRole('table').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Where leads come from' }).waitFor();
    await page.getByRole('button', { name: 'Edit' }).waitFor();
  });

  it('shows a tele-caller on a phone their own numbers only [M61] [M8]', async () => {
    const page = await world.open('Divya', phone, '/reports/daily-data');
    const table = page.getByRole('table', { name: 'Daily Data Report' });
    await table.waitFor();
    expect(await table.locator('tbody tr').allInnerTexts()).toEqual(['Divya\t1']);
  });
};
