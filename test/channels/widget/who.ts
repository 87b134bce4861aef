/// <reference lib="dom" />
/** Who a visitor is, what the chat says by itself, and a page that keeps nothing. */
import { expect, it } from '@jest/globals';
import { chatOf, desktop, phone } from './browser.ts';
import { expectInbound, shots, stage, start, visit } from './stage.ts';

it('shows who one is by a code, with the keyboard, on a phone', async () => {
  await start({ whatsapp: '+919845000000' });
  const page = await visit(phone);
  const chat = chatOf(page);
  await chat.open();
  await page.getByRole('button', { name: 'More' }).press('Enter');
  await page.screenshot({ animations: 'disabled', path: `${shots}/menu-390.png` });
  await page.getByRole('button', { name: 'Show who you are' }).press('Enter');
  await page.keyboard.type('98450 10101');
  await page.keyboard.press('Enter');
  await page.getByText('A code is on its way to +91••••••0101.').waitFor();
  await page.getByLabel('Code of 6 digits').fill('111111');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: '4 tries left' }).waitFor();
  await page.screenshot({ animations: 'disabled', path: `${shots}/code-390.png` });
  await page.getByLabel('Code of 6 digits').fill('246810');
  await page.keyboard.press('Enter');
  await page.getByText('We know now who you are.').waitFor();
  await chat.say('Hello');
  await expectInbound(1);
  expect(stage.world.asked).toEqual([{ phone: '98450 10101', language: 'en' }]);
  expect(stage.world.accepted[0]!.from).toEqual([
    { scheme: 'visitor', value: expect.any(String) },
    { scheme: 'phone', value: '+919845010101' },
  ]);
});

it('says something by itself by the page’s rule, once a visitor, and that is how the talk begins', async () => {
  await start({
    greetings: [
      { text: 'Questions about prices?', afterSeconds: 0, path: '/pricing*' },
      { text: 'May I help you?', afterSeconds: 0 },
    ],
  });
  const page = await visit();
  const teaser = page.getByRole('button', { name: 'May I help you?' });
  await teaser.waitFor();
  await page.screenshot({ animations: 'disabled', path: `${shots}/greeting-by-rule-1440.png` });
  await teaser.click();
  await chatOf(page).bubble('May I help you?').waitFor();
  await page.keyboard.press('Escape');
  await page.reload();
  await chatOf(page).launcher.waitFor();
  expect(await page.evaluate(() => JSON.parse(Object.values(localStorage)[0] as string).greeted)).toBe(true);
});

it('works where cookies and storage are blocked, for as long as the page is open', async () => {
  await start();
  const page = await stage.browser.newPage(desktop);
  stage.pages.push(page);
  await page.addInitScript(() => {
    const blocked = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
      Object.defineProperty(window, name, { get: blocked });
    Object.defineProperty(document, 'cookie', { get: blocked, set: blocked });
  });
  await page.goto(`${stage.world.url}/demo`);
  const chat = chatOf(page);
  await chat.open();
  await chat.say('demo please');
  await chat.bubble('Which product?').waitFor();
  await chat.choice('RSoft CRM').click();
  await page.getByText('Asha', { exact: true }).waitFor();
  expect(new Set(stage.world.accepted.map(({ thread }) => thread)).size).toBe(1);
});
