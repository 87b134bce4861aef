/** The whole story as a newcomer plays it: the page in a real browser, the played providers, the product between them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type FastifyInstance, fastify } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { playgroundRoutes } from '../../src/api/playground.ts';
import { type Emulator, startEmulator } from '../../src/channels/emulator/index.ts';
import { loadConfig } from '../../src/core/config.ts';
import { claimLink, confirmLink, pendingLinks, startLink } from '../../src/domain/staff/contract.ts';
import { asSystem, type TestApp, testApp } from '../support/app.ts';
import { launch } from '../support/chromium.ts';

const shots = 'artifacts/playground';
// A Wednesday morning in Kolkata: tomorrow is a working day.
const now = '2026-03-11T05:00:00Z';
const outDir = mkdtempSync(join(tmpdir(), 'playground-'));
let emulator: Emulator;
let app: TestApp;
let site: FastifyInstance;
let browser: Browser;
let url: string;

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  execFileSync(process.execPath, [
    resolve('node_modules/vite/bin/vite.js'),
    'build',
    resolve('web/playground'),
    '--outDir',
    join(outDir, 'playground'),
    '--logLevel',
    'error',
  ]);
  emulator = await startEmulator({ clock: { now: () => app?.clock.now() ?? new Date(now) } });
  app = await testApp({
    now,
    change(config) {
      const { accounts } = loadConfig({
        ...emulator.environment(),
        PARLEY_DATA: config.dataDir,
        PARLEY_SECRET: config.secret,
      });
      config.accounts = accounts.filter(
        ({ channel, id }) => ['whatsapp', 'slack', 'sms', 'telephony'].includes(channel) && id === 'main',
      );
    },
  });
  const publicUrl = `http://${app.config.env.HOST}:${app.config.env.PORT}`;
  emulator.setTarget({ baseUrl: (await app.start())!, publicUrl });
  const manager = await app.user('Meera', 'manager');
  await link('U0MANAGER', manager);
  await link('U0CALLER', await app.user('Asha', 'tele-caller', { managerId: manager.id }));

  site = fastify();
  await site.register(fastifyStatic, { root: outDir, wildcard: false, index: false });
  await site.register(playgroundRoutes(emulator.url));
  url = await site.listen({ port: 0, host: '127.0.0.1' });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await app?.dispose();
  await emulator?.close();
  rmSync(outDir, { recursive: true, force: true });
});

async function link(chatUser: string, who: Awaited<ReturnType<TestApp['user']>>): Promise<void> {
  const { code } = await app.bus.command(startLink, {}, who);
  await app.bus.command(
    claimLink,
    { code, channel: 'slack', account: 'main', thread: `T0EMULATOR:${chatUser}` },
    asSystem,
  );
  const { items } = await app.bus.query(pendingLinks, {}, who);
  await app.bus.command(confirmLink, { id: items[0]!.id }, who);
}

/** Taps the first suggestion until the customer is asked to book. */
async function playUntilBooked(page: Page): Promise<void> {
  const book = page.locator('.wa-choice', { hasText: 'Yes, book it' });
  for (let turn = 0; turn < 6 && !(await book.count()); turn++) {
    await page.locator('.wa-hints .hint').first().click();
    await page.locator('.wa-row.mine').nth(turn).waitFor();
    await page.locator('.wa-row.theirs:last-child').waitFor();
  }
  if (!(await book.count())) throw new Error((await page.locator('.wa-row').allInnerTexts()).join('\n---\n'));
  await book.click();
}

it.each([
  ['1440', { width: 1440, height: 960 }],
  ['390', { width: 390, height: 844 }],
])(
  'tells the story from a stranger’s hello to a demo confirmed in Slack, at %s px [M6] [M46]',
  async (width, viewport) => {
    const page = await browser.newPage({ viewport, timezoneId: 'Asia/Kolkata' });
    await page.clock.setFixedTime(now);
    await page.goto(`${url}/playground`);
    await playUntilBooked(page);
    await page.getByText('Your demo is booked').first().waitFor();
    await page.locator('.sl-button', { hasText: 'Confirm demo' }).last().click();

    const words = /Thank you for confirming the demo with RSoft ON Date: .+ and Time: .+/;
    await page.locator('.wa-row', { hasText: words }).waitFor();
    await page.locator('.sl-message', { hasText: words }).last().waitFor();
    expect(await page.locator('.wa-row', { hasText: words }).count()).toBe(1);
    expect(await page.locator('.story li.done').count()).toBe(6);
    await page.screenshot({ animations: 'disabled', path: `${shots}/story-${width}.png`, fullPage: true });
    if (width === '390') expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.close();
  },
);

it('reaches the firm by text message and by telephone from the same phone: one person, three ways [M2] [M3]', async () => {
  const page = await browser.newPage({
    viewport: { width: 390, height: 844 },
    timezoneId: 'Asia/Kolkata',
  });
  await page.clock.setFixedTime(now);
  await page.goto(`${url}/playground`);
  await page.getByRole('button', { name: 'SMS', exact: true }).click();
  const texts = page.getByRole('log', { name: 'The customer’s text messages' });
  await page.getByLabel('Write a text message').fill('Hello');
  await page.getByLabel('Send the text message').click();
  await texts.getByText('1. RSoft CRM').waitFor();
  await page.screenshot({ animations: 'disabled', path: `${shots}/sms-390.png` });

  await page.getByRole('button', { name: 'Telephone', exact: true }).click();
  await page.getByRole('button', { name: '☎ Call' }).click();
  const call = page.getByRole('log', { name: 'What is said on the call' });
  await call.getByText('For a demo or prices, press 1.').waitFor();
  await page.getByRole('button', { name: '1', exact: true }).click();
  await call.getByText('For RSoft ERP, press 3.').waitFor();
  await page.screenshot({ animations: 'disabled', path: `${shots}/call-390.png` });
  await page.getByRole('button', { name: '3', exact: true }).click();
  await page.getByRole('button', { name: 'Nobody takes it' }).click();
  await call.getByText('Please leave a message after the tone').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  await page.close();
});
