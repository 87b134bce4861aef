/// <reference lib="dom" />
/** Whoever it is and wherever it stands: keyboard, screen reader, colours, strict sites, other sites. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from '@jest/globals';
import { chatOf, desktop } from './browser.ts';
import { expectInbound, stage, start, visit } from './stage.ts';

it('is used by keyboard alone, and says its state to a screen reader', async () => {
  await start();
  const page = await visit();
  const chat = chatOf(page);
  await chat.launcher.focus();
  await page.keyboard.press('Enter');
  expect(await chat.launcher.getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.type('demo');
  await page.keyboard.press('Enter');
  await chat.choice('RSoft CRM').waitFor();
  expect(await chat.log.getAttribute('aria-live')).toBe('polite');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expectInbound(2);
  expect(stage.world.accepted[1]!.body).toEqual({ kind: 'press', value: 'erp', label: 'RSoft ERP' });
  await page.keyboard.press('Escape');
  expect(await chat.launcher.getAttribute('aria-expanded')).toBe('false');
  expect(
    await page.evaluate(() => document.querySelector('#parley-chat')!.shadowRoot!.activeElement!.className),
  ).toBe('launcher');
});

it('works on a site with a strict Content-Security-Policy', async () => {
  await start();
  const page = await visit();
  const blocked: string[] = [];
  page.on('console', (message) => message.type() === 'error' && blocked.push(message.text()));
  await page.goto(`${stage.world.url}/strict`);
  const chat = chatOf(page);
  await chat.open();
  await chat.say('demo');
  await chat.choice('RSoft CRM').waitFor();
  expect(blocked).toEqual([]);
  expect((await chat.launcher.boundingBox())!.width).toBe(60);
});

it('works on another site than the one that serves it, in whatever encoding, without a cookie', async () => {
  await start();
  const html = `<!doctype html><title>Shop</title><body><script src="${stage.world.url}/widget.js" data-account="website" data-lang="hi" async></script>`;
  const shop = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html; charset=windows-1252').end(html),
  ).listen(0, '127.0.0.1');
  shop.unref();
  await once(shop, 'listening');
  const page = await visit();
  await page.goto(`http://127.0.0.1:${(shop.address() as { port: number }).port}/`);
  await page.getByRole('button', { name: 'चैट खोलें' }).click();
  await page.getByLabel('आपका संदेश').fill('demo');
  await page.keyboard.press('Enter');
  await chatOf(page).choice('RSoft CRM').waitFor();
  expect(await page.evaluate(() => document.cookie)).toBe('');
  shop.close();
});

it('is opened by the site’s own buttons', async () => {
  await start();
  const page = await visit();
  await page.getByRole('button', { name: 'Book a demo' }).click();
  await chatOf(page).bubble('Hello! How can we help you?').waitFor();
});

it('stands still for who prefers reduced motion', async () => {
  await start();
  const page = await visit({ ...desktop, reducedMotion: 'reduce' });
  await chatOf(page).open();
  expect(await chatOf(page).panel.evaluate((panel) => getComputedStyle(panel).animationName)).toBe('none');
});

it.each(['#0f766e', '#ffd400', '#1d4ed8', '#111111', '#ff6f61'])(
  'can be read on the accent %s (WCAG AA)',
  async (colour) => {
    await start({ colour });
    const page = await visit();
    const chat = chatOf(page);
    await chat.open();
    await chat.say('Hi');
    await page.locator('.row.in time').waitFor();
    const [ground, ink] = await page.locator('.row.in .bubble').evaluate((bubble) => {
      const style = getComputedStyle(bubble);
      return [style.backgroundColor, style.color];
    });
    expect(contrast(ground!, ink!)).toBeGreaterThanOrEqual(4.5);
  },
);

it('refuses a text that is too long in words, and goes on', async () => {
  await start();
  const page = await visit();
  const chat = chatOf(page);
  await chat.open();
  await page.getByLabel('Your message').evaluate((input) => input.removeAttribute('maxlength'));
  await chat.say('x'.repeat(20_001));
  await page.getByText('This message is too long.').waitFor();
  await chat.say('short');
  await expectInbound(1);
});

/** WCAG 2.2 contrast ratio of two `rgb(…)` colours. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
function luminance(rgb: string): number {
  const [r, g, b] = rgb.match(/\d+/g)!.map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
