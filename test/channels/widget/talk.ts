/// <reference lib="dom" />
/** A visitor’s talk: sent once, read once, with and without a network. */
import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import type { World } from '../webchat/world.ts';
import { chatOf, desktop, phone } from './browser.ts';
import { expectInbound, expectListener, shots, stage, start, visit, wordsOf } from './stage.ts';

it('is one script of at most 30 kB', () => {
  stage.world = { stop: async () => {} } as unknown as World;
  expect(gzipSync(stage.script).length).toBeLessThan(30_000);
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

  expect(stage.world.accepted.map(({ body }) => body)).toEqual([
    { kind: 'text', text: 'Book a demo' },
    { kind: 'press', value: 'crm', label: 'RSoft CRM' },
  ]);
  expect(await page.getByRole('link', { name: /brochure.pdf/ }).getAttribute('href')).toBe(
    `${stage.world.url}/files/brochure.pdf`,
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
  const thread = stage.world.accepted[0]!.thread;
  stage.world.say(thread, {
    kind: 'text',
    text: 'See https://rsoft.example/a?b=1. or javascript:alert(1) \u202egnp.exe or write to hello@rsoft.example',
  });
  stage.world.say(thread, {
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
  expect(new Set(stage.world.accepted.map(({ thread }) => thread)).size).toBe(1);
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
  expect(stage.world.accepted.map(wordsOf)).toEqual(['One', 'Two']);
  expect(await page.locator('.row.in').count()).toBe(2);
});

it('keeps what was written without a network over a reload, and “Try again” sends it', async () => {
  await start();
  const page = await visit();
  const chat = chatOf(page);
  await chat.open();
  stage.world.setBroken(true);
  await chat.say('Please keep me');
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await page.reload();
  stage.world.setBroken(false);
  await page.locator('.row.in', { hasText: 'Please keep me' }).locator('time').waitFor();
  expect(stage.world.accepted.map(wordsOf)).toEqual(['Please keep me']);
});

it('works by plain HTTP where sockets are blocked', async () => {
  await start();
  const page = await stage.browser.newPage(desktop);
  stage.pages.push(page);
  await page.routeWebSocket(/\/webchat\/socket/, (socket) => void socket.close());
  await page.goto(`${stage.world.url}/demo`);
  const chat = chatOf(page);
  await chat.open();
  await chat.say('demo please');
  await chat.bubble('Which product?').waitFor();
  await expectListener(stage.world.accepted[0]!.thread);
  stage.world.say(stage.world.accepted[0]!.thread, { kind: 'text', text: 'Still there?' });
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
  const thread = stage.world.accepted[0]!.thread;
  stage.world.say(thread, { kind: 'text', text: 'First' });
  stage.world.say(thread, { kind: 'text', text: 'Second' });
  await page.getByRole('button', { name: 'Open chat, 2 new messages' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Open chat, 2 new messages' }).waitFor();
  expect(await page.locator('.teaser').textContent()).toBe('Second');
  await page.screenshot({ animations: 'disabled', path: `${shots}/unread-1440.png` });
  await chat.open();
  await page.locator('.close').click();
  await page.getByRole('button', { name: 'Open chat', exact: true }).waitFor();
});
