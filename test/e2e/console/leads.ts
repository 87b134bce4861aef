import type { Page } from 'playwright-core';
import type { Caller } from '../../../src/core/bus.ts';
import { createLead, moveLead } from '../../../src/domain/leads/contract.ts';
import { phone, type World } from './console.ts';

/** Made-up people; each with the source that decides whether the lead is hot. */
const people = [
  { name: 'Asha Rao', phone: '98412 10001', source: 'Website' },
  { name: 'Vikram Shah', phone: '98412 10002', source: 'Google' },
  { name: 'Priya Nair', phone: '98412 10003', source: 'Referral' },
];

export default (world: World) => {
  let leela: Caller & { id: string };
  beforeAll(async () => {
    leela = await world.person('Leela', 'tele-caller');
    const divya = await world.person('Divya', 'tele-caller');
    for (const person of people) await world.app.bus.command(createLead, person, leela);
    await world.app.bus.command(createLead, { name: 'Not for Leela', phone: '98412 10009' }, divya);
    await world.app.idle();
  });

  const names = async (page: Page) => (await page.locator('.lead-name strong').allInnerTexts()).sort();
  const settled = (page: Page, count: number) =>
    page.waitForFunction((n) => document.querySelectorAll('.lead-name').length === n, count);
  const view = (page: Page, label: string) => page.getByRole('tab', { name: label });

  it('shows the named views with their counts, and each only its leads [M55]', async () => {
    const { items } = await world.app.bus.query(
      (await import('../../../src/domain/leads/contract.ts')).listLeads,
      { search: 'Priya' },
      leela,
    );
    await world.app.bus.command(
      moveLead,
      { leadId: items[0]!.id, stage: 'lost', lostReason: 'price' },
      leela,
    );
    const page = await world.open('Leela');
    await page.getByRole('link', { name: 'Leads' }).click();
    await settled(page, 3);

    const labels = (await page.getByRole('tab').locator('span').allInnerTexts()).map((label) =>
      label.replace('’', "'"),
    );
    expect(labels).toEqual([
      'All Leads',
      'Hot Leads',
      'Previous Month Leads',
      'Not Attempted Leads',
      'Lost Leads',
      "Today's Follow Up",
      'Missed Follow Up',
    ]);
    expect(await view(page, 'Hot Leads').textContent()).toContain('2');
    await view(page, 'Hot Leads').click();
    await settled(page, 2);
    expect(await names(page)).toEqual(['Asha Rao', 'Vikram Shah']);
    await view(page, 'Lost Leads').click();
    await settled(page, 1);
    expect(await names(page)).toEqual(['Priya Nair']);
  });

  it('never shows a tele-caller another’s lead, by list or by search [M61]', async () => {
    const page = await world.open('Leela');
    await page.goto(`${world.base}/leads`);
    await settled(page, 3);
    expect(await names(page)).not.toContain('Not for Leela');
    await page.getByLabel('Search leads').fill('Not for Leela');
    await page.getByText('No lead fits these filters').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await settled(page, 3);
  });

  it('finds by a part of the number and keeps the search in the address', async () => {
    const page = await world.open('Leela');
    await page.goto(`${world.base}/leads`);
    await page.getByLabel('Search leads').fill('Vikram');
    await settled(page, 1);
    expect(await names(page)).toEqual(['Vikram Shah']);
    await page.waitForURL(/search=Vikram/);
    await page.reload();
    await settled(page, 1);
  });

  it('shows a new lead without reloading, and everything fits a phone [M8]', async () => {
    const page = await world.open('Leela', phone);
    await page.getByRole('link', { name: 'Leads' }).click();
    await settled(page, 3);
    await world.app.bus.command(createLead, { name: 'Just Arrived', phone: '98412 10004' }, leela);
    await settled(page, 4);
    for (const path of ['/', '/inbox', '/leads', '/enquiries', '/appointments', '/account']) {
      await page.goto(world.base + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const over = await page.evaluate(() =>
        Math.max(
          document.documentElement.scrollWidth - innerWidth,
          ...[...document.querySelectorAll('main')].map((main) => main.scrollWidth - main.clientWidth),
        ),
      );
      expect({ path, over }).toEqual({ path, over: 0 });
    }
  });
};
