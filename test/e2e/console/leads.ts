import type { Page } from 'playwright-core';
import type { Caller } from '../../../src/core/bus.ts';
import { createLead, listLeads, moveLead } from '../../../src/domain/leads/contract.ts';
import { desktop, phone, type World } from './console.ts';

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
    const { items } = await world.app.bus.query(listLeads, { search: 'Priya' }, leela);
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
    const page = await world.open('Leela', desktop, '/leads');
    await settled(page, 3);
    expect(await names(page)).not.toContain('Not for Leela');
    await page.getByLabel('Search leads').fill('Not for Leela');
    await page.getByText('No lead fits these filters').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await settled(page, 3);
  });

  it('finds by a part of the number and keeps the search in the address', async () => {
    const page = await world.open('Leela', desktop, '/leads');
    await page.getByLabel('Search leads').fill('Vikram');
    await settled(page, 1);
    expect(await names(page)).toEqual(['Vikram Shah']);
    await page.waitForURL(/search=Vikram/);
    await page.reload();
    await settled(page, 1);
  });

  it('is found from any screen by Ctrl-K, without a mouse', async () => {
    const page = await world.open('Leela', desktop, '/account');
    await page.getByRole('button', { name: 'Search everything' }).waitFor();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Search everything' });
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'combobox');
    await page.keyboard.type('vikram');
    await page.getByRole('option', { name: /Vikram Shah/ }).waitFor();
    expect(await field.getAttribute('aria-activedescendant')).toBe(
      await page.getByRole('option', { selected: true }).getAttribute('id'),
    );
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /Vikram Shah/ }).waitFor();
    expect(await page.title()).toContain('Vikram Shah');
  });

  it('has columns that one chooses, and several leads that get one follow-up [M84]', async () => {
    const page = await world.open('Leela', desktop, '/leads');
    await settled(page, 3);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Last call' }).uncheck();
    await page.getByRole('columnheader', { name: 'Last call' }).waitFor({ state: 'detached' });
    await page.reload();
    await settled(page, 3);
    expect(await page.getByRole('columnheader', { name: 'Last call' }).count()).toBe(0);

    for (const name of ['Asha Rao', 'Vikram Shah'])
      await page.getByRole('row').filter({ hasText: name }).getByRole('checkbox').check();
    const together = page.getByRole('region', { name: 'Leads that are chosen' });
    await together.getByText('2 leads chosen').waitFor();
    await together.getByRole('button', { name: 'Follow-up' }).click();
    await page.getByRole('button', { name: 'Tomorrow 11 am' }).click();
    await page.getByRole('button', { name: 'Set the follow-up' }).click();
    await page.getByText('Done for 2.').waitFor();
    await together.waitFor({ state: 'detached' });
    const { items } = await world.app.bus.query(listLeads, {}, leela);
    // Eleven in Kolkata.
    expect(items.filter(({ followUpAt }) => followUpAt === '2026-03-12T05:30:00.000Z')).toHaveLength(2);
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
