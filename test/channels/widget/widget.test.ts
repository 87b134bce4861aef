/// <reference lib="dom" />
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { InboundEvent } from '../../../src/core/messaging.ts';
import { launch } from '../../support/chromium.ts';
import { type Line, startWebchat, type World } from '../webchat/world.ts';
import { buildWidget, chatOf, desktop, openPage, phone, servePages } from './browser.ts';

const shots = 'artifacts/widget';
let browser: Browser;
let script: string;
let world: World;
let pages: Page[] = [];

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  script = buildWidget();
  browser = await launch();
}, 30_000);
afterAll(() => browser?.close());
afterEach(async () => {
  for (const page of pages) await page.context().close();
  pages = [];
  await world.stop();
});

const wordsOf = ({ body }: InboundEvent) =>
  body.kind === 'text' ? body.text : body.kind === 'press' ? body.label : '';
const bot = (event: InboundEvent): Line[] => {
  const text = wordsOf(event);
  if (/demo/i.test(text))
    return [
      {
        content: {
          kind: 'text',
          text: 'Which product?',
          choices: [
            { label: 'RSoft CRM', value: 'crm' },
            { label: 'RSoft ERP', value: 'erp' },
          ],
        },
      },
    ];
  if (text === 'RSoft CRM') {
    return [
      {
        content: {
          kind: 'media',
          media: { type: 'document', url: '/files/brochure.pdf', filename: 'RSoft CRM brochure.pdf' },
          caption: 'Our brochure',
        },
      },
      {
        content: {
          kind: 'location',
          name: 'RSoft Technologies',
          address: 'Anna Salai, Chennai 600002',
          latitude: 13.06,
          longitude: 80.25,
        },
      },
      {
        content: { kind: 'text', text: 'Asha here. When would suit you?' },
        author: { kind: 'user', name: 'Asha' },
      },
    ];
  }
  return [];
};

async function start(settings: Record<string, unknown> = {}, reply = bot): Promise<void> {
  world = await startWebchat({
    settings: { title: 'RSoft', ...settings },
    reply,
    extend: servePages(script),
  });
}
async function visit(options: BrowserContextOptions = desktop): Promise<Page> {
  const page = await openPage(browser, `${world.url}/demo`, options);
  pages.push(page);
  return page;
}

it('is one script of at most 30 kB', () => {
  world = { stop: async () => {} } as unknown as World;
  expect(gzipSync(script).length).toBeLessThan(30_000);
});

it.each([
  ['1440', desktop],
  ['390', phone],
])('lets a visitor go from a greeting to a colleague at %s px [M3]', async (width, options) => {
  await start({ starters: ['Book a demo', 'What does it cost?'] });
  const page = await visit(options);
  const chat = chatOf(page);
  await chat.open();
  await chat.bubble('Hello! How can we help you?').waitFor();
  await page.screenshot({ animations: 'disabled', path: `${shots}/greeting-${width}.png` });
  await chat.choice('Book a demo').click();
  await chat.choice('RSoft CRM').click();
  await page.getByText('Asha', { exact: true }).waitFor();
  await page.screenshot({ animations: 'disabled', path: `${shots}/talk-${width}.png` });

  expect(world.accepted.map(({ body }) => body)).toEqual([
    { kind: 'text', text: 'Book a demo' },
    { kind: 'press', value: 'crm', label: 'RSoft CRM' },
  ]);
  expect(await page.getByRole('link', { name: /brochure.pdf/ }).getAttribute('href')).toBe(
    `${world.url}/files/brochure.pdf`,
  );
  expect(await page.getByRole('link', { name: /Anna Salai/ }).getAttribute('href')).toContain('13.06,80.25');
  // An answered question offers its buttons no more.
  expect(await page.locator('.choice').count()).toBe(0);
  const box = (await chat.panel.boundingBox())!;
  if (options === phone) expect(box).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  else expect(box.x + box.width).toBeLessThanOrEqual(1440);
});

it('shows what strangers write as text, never as HTML, and links that cannot harm', async () => {
  await start();
  const page = await visit();
  const chat = chatOf(page);
  await chat.open();
  await chat.say('<img src=x onerror="window.hacked=1"> Hi');
  await page.locator('.row.in time').waitFor();
  const thread = world.accepted[0]!.thread;
  world.say(thread, {
    kind: 'text',
    text: 'See https://rsoft.example/a?b=1. or javascript:alert(1) \u202egnp.exe or write to hello@rsoft.example',
  });
  world.say(thread, {
    kind: 'media',
    media: { type: 'document', url: 'javascript:alert(1)', filename: '<b>x</b>.pdf' },
  });
  await page.getByText('<b>x</b>.pdf').waitFor();

  expect(await page.locator('.bubble').nth(1).textContent()).toBe('<img src=x onerror="window.hacked=1"> Hi');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  const links = await page
    .locator('.log a')
    .evaluateAll((all) => all.map((a) => [a.getAttribute('href'), a.getAttribute('rel')]));
  expect(links).toEqual([
    ['https://rsoft.example/a?b=1', 'noopener noreferrer nofollow'],
    ['mailto:hello@rsoft.example', 'noopener noreferrer nofollow'],
  ]);
  expect(await page.locator('.row.out .bubble').allTextContents()).not.toContainEqual(
    expect.stringContaining('\u202e'),
  );
});

it('goes on after a reload with the same conversation', async () => {
  await start();
  const page = await visit();
  const chat = chatOf(page);
  await chat.open();
  await chat.say('I would like a demo');
  await chat.choice('RSoft ERP').waitFor();
  await page.reload();
  await chat.bubble('Which product?').waitFor();
  await chat.choice('RSoft ERP').click();
  await expectInbound(2);
  expect(new Set(world.accepted.map(({ thread }) => thread)).size).toBe(1);
});

it('says “not sent” without a network, and sends once it is back, once', async () => {
  await start();
  const page = await visit();
  const chat = chatOf(page);
  await chat.open();
  await chat.say('One');
  await page.locator('.row.in time').waitFor();
  await page.context().setOffline(true);
  await chat.say('Two');
  await page.getByText('Not sent.').waitFor();
  await page.getByText('No connection. Your messages will be sent when it is back.').waitFor();
  await page.screenshot({ animations: 'disabled', path: `${shots}/offline-1440.png` });
  await page.context().setOffline(false);
  await page.locator('.row.in', { hasText: 'Two' }).locator('time').waitFor();
  expect(world.accepted.map(wordsOf)).toEqual(['One', 'Two']);
  expect(await page.locator('.row.in').count()).toBe(2);
});

it('keeps what was written without a network over a reload, and “Try again” sends it', async () => {
  await start();
  const page = await visit();
  const chat = chatOf(page);
  await chat.open();
  world.setBroken(true);
  await chat.say('Please keep me');
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await page.reload();
  world.setBroken(false);
  await page.locator('.row.in', { hasText: 'Please keep me' }).locator('time').waitFor();
  expect(world.accepted.map(wordsOf)).toEqual(['Please keep me']);
});

it('works by plain HTTP where sockets are blocked', async () => {
  await start();
  const page = await browser.newPage(desktop);
  pages.push(page);
  await page.routeWebSocket(/\/webchat\/socket/, (socket) => void socket.close());
  await page.goto(`${world.url}/demo`);
  const chat = chatOf(page);
  await chat.open();
  await chat.say('demo please');
  await chat.bubble('Which product?').waitFor();
  await expectListener(world.accepted[0]!.thread);
  world.say(world.accepted[0]!.thread, { kind: 'text', text: 'Still there?' });
  await chat.bubble('Still there?').waitFor();
});

it('counts what came while the window was shut, also after a reload, and shows the newest line', async () => {
  await start();
  const page = await visit();
  const chat = chatOf(page);
  await chat.open();
  await chat.say('Hi');
  await page.locator('.row.in time').waitFor();
  await page.keyboard.press('Escape');
  const thread = world.accepted[0]!.thread;
  world.say(thread, { kind: 'text', text: 'First' });
  world.say(thread, { kind: 'text', text: 'Second' });
  await page.getByRole('button', { name: 'Open chat, 2 new messages' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Open chat, 2 new messages' }).waitFor();
  expect(await page.locator('.teaser').textContent()).toBe('Second');
  await page.screenshot({ animations: 'disabled', path: `${shots}/unread-1440.png` });
  await chat.open();
  await page.locator('.close').click();
  await page.getByRole('button', { name: 'Open chat', exact: true }).waitFor();
});

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
  expect(world.accepted[1]!.body).toEqual({ kind: 'press', value: 'erp', label: 'RSoft ERP' });
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
  await page.goto(`${world.url}/strict`);
  const chat = chatOf(page);
  await chat.open();
  await chat.say('demo');
  await chat.choice('RSoft CRM').waitFor();
  expect(blocked).toEqual([]);
  expect((await chat.launcher.boundingBox())!.width).toBe(60);
});

it('works on another site than the one that serves it, in whatever encoding, without a cookie', async () => {
  await start();
  const html = `<!doctype html><title>Shop</title><body><script src="${world.url}/widget.js" data-account="website" data-lang="hi" async></script>`;
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

async function expectInbound(count: number): Promise<void> {
  while (world.accepted.length < count) await new Promise(setImmediate);
}
async function expectListener(thread: string): Promise<void> {
  while (world.listeners(thread) === 0) await new Promise(setImmediate);
}

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

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

it('sends a file by the button, by dropping and by pasting, and says what is not taken', async () => {
  await start();
  const page = await visit();
  const chat = chatOf(page);
  await chat.open();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'meter.png', mimeType: 'image/png', buffer: picture });
  await expectInbound(1);
  expect(world.accepted[0]!.body).toEqual({
    kind: 'media',
    media: [{ type: 'image', id: '1', filename: 'meter.png' }],
  });
  expect(world.uploads[0]!.body.equals(picture)).toBe(true);
  await page.locator('.row.in .picture img').waitFor();

  const carry = (event: string, target: string) =>
    page.evaluate(
      ([name, selector, type]) => {
        const carried = new DataTransfer();
        carried.items.add(new File(['%PDF-1.7'], 'needs.pdf', { type: type! }));
        const element = document.querySelector('#parley-chat')!.shadowRoot!.querySelector(selector!)!;
        const how = { bubbles: true, cancelable: true };
        element.dispatchEvent(
          name === 'drop'
            ? new DragEvent('drop', { ...how, dataTransfer: carried })
            : new ClipboardEvent('paste', { ...how, clipboardData: carried }),
        );
      },
      [event, target, 'application/pdf'] as const,
    );
  await carry('drop', '.log');
  await expectInbound(2);
  await carry('paste', 'textarea');
  await expectInbound(3);
  expect(world.uploads.map(({ filename }) => filename)).toEqual(['meter.png', 'needs.pdf', 'needs.pdf']);

  const choose = (name: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await choose('film.mp4', Buffer.alloc(1_000_001));
  await page.getByText('This file is too large: at most 1 MB.').waitFor();
  await choose('setup.exe', Buffer.from('MZ'));
  await page.getByText('This kind of file is not taken.').waitFor();
  await page.screenshot({ animations: 'disabled', path: `${shots}/files-1440.png` });
  await chat.say('and this');
  await expectInbound(4);
});

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
  expect(world.asked).toEqual([{ phone: '98450 10101', language: 'en' }]);
  expect(world.accepted[0]!.from).toEqual([
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
  const page = await browser.newPage(desktop);
  pages.push(page);
  await page.addInitScript(() => {
    const blocked = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
      Object.defineProperty(window, name, { get: blocked });
    Object.defineProperty(document, 'cookie', { get: blocked, set: blocked });
  });
  await page.goto(`${world.url}/demo`);
  const chat = chatOf(page);
  await chat.open();
  await chat.say('demo please');
  await chat.bubble('Which product?').waitFor();
  await chat.choice('RSoft CRM').click();
  await page.getByText('Asha', { exact: true }).waitFor();
  expect(new Set(world.accepted.map(({ thread }) => thread)).size).toBe(1);
});

it('draws a form where its tag stands: faults beside the field, thanks at the end, one form however often it is sent', async () => {
  const taken: { id: string; fields: Record<string, string>; consent: boolean; website: string }[] = [];
  const field = (name: string, label: string, more: object = {}) => ({
    ...{ name, label, target: name, kind: 'text', options: [], required: true },
    ...more,
  });
  world = await startWebchat({
    extend(app) {
      servePages(script)(app);
      app.get('/contact', (_request, reply) =>
        reply
          .type('text/html')
          .send(
            '<!doctype html><html lang="en"><title>Contact</title><body><main><script src="/widget.js" data-form="pk_1" async></script></main></body></html>',
          ),
      );
      app.get('/forms/pk_1', async () => ({
        title: 'How can we help you?',
        button: 'Send',
        colour: '#0f766e',
        thanks: 'Thank you!',
        consent: 'RSoft may call me.',
        fields: [
          field('name', 'Your name'),
          field('phone', 'Telephone'),
          field('product', 'Looking for', { kind: 'select', options: ['RSoft CRM'], required: false }),
          field('message', 'Your message', { target: 'note', kind: 'longtext', required: false }),
        ],
      }));
      app.post('/forms/pk_1', async (request, reply) => {
        taken.push(request.body as never);
        if (taken.length > 1) return reply.code(202).send({ thanks: 'Thank you!' });
        const fields = [{ path: 'fields.phone', message: 'is no telephone number' }];
        return reply.code(400).send({ error: { code: 'input.invalid', message: '', details: { fields } } });
      });
    },
  });
  const page = await openPage(browser, `${world.url}/contact`, phone);
  pages.push(page);
  await page.getByLabel('Your name').fill('Ravi');
  await page.getByLabel('Telephone').fill('call me');
  await page.getByLabel('RSoft may call me.').check();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('is no telephone number').waitFor();
  await page.screenshot({ animations: 'disabled', path: `${shots}/form-390.png`, fullPage: true });
  const telephone = page.getByLabel('Telephone');
  expect(await telephone.getAttribute('aria-invalid')).toBe('true');
  expect(
    await telephone.evaluate((input) => (input.getRootNode() as ShadowRoot).activeElement === input),
  ).toBe(true);
  await telephone.fill('98450 10101');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Thank you!').waitFor();
  expect(taken[1]).toMatchObject({
    fields: { name: 'Ravi', phone: '98450 10101', product: '', message: '' },
    consent: true,
    website: '',
    page: `${world.url}/contact`,
    title: 'Contact',
  });
  expect(taken[1]!.id).toBe(taken[0]!.id);
});
