/// <reference lib="dom" />
/** The browser, the built widget and the chat behind it that all cases of the widget share. */
import { mkdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { InboundEvent } from '../../../src/core/messaging.ts';
import { launch } from '../../support/chromium.ts';
import { type Line, startWebchat, type World } from '../webchat/world.ts';
import { builtWidget, desktop, openPage, servePages } from './browser.ts';

export const shots = 'artifacts/widget';
/** `world` is made anew by each case, `pages` are closed after it. */
export const stage = { pages: [] as Page[] } as {
  browser: Browser;
  script: string;
  world: World;
  pages: Page[];
};

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  stage.script = builtWidget();
  stage.browser = await launch();
}, 30_000);
afterAll(() => stage.browser?.close());
afterEach(async () => {
  for (const page of stage.pages) await page.context().close();
  stage.pages = [];
  await stage.world.stop();
});

export const wordsOf = ({ body }: InboundEvent) =>
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

export async function start(settings: Record<string, unknown> = {}, reply = bot): Promise<void> {
  stage.world = await startWebchat({
    settings: { title: 'RSoft', ...settings },
    reply,
    extend: servePages(stage.script),
  });
}
export async function visit(options: BrowserContextOptions = desktop): Promise<Page> {
  const page = await openPage(stage.browser, `${stage.world.url}/demo`, options);
  stage.pages.push(page);
  return page;
}

export async function expectInbound(count: number): Promise<void> {
  while (stage.world.accepted.length < count) await new Promise(setImmediate);
}
export async function expectListener(thread: string): Promise<void> {
  while (stage.world.listeners(thread) === 0) await new Promise(setImmediate);
}
