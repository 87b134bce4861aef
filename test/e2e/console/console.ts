/** The built console in Chromium against a whole app: embedded store, real flows, a clock that stands still for both. */
import { existsSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type TestApp, testApp } from '../../support/app.ts';
import { launch } from '../../support/chromium.ts';

export const password = 'a good long sentence';
export const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

export type World = {
  app: TestApp;
  base: string;
  /** A browser of its own for each person, signed in, at My day or on its way to `path`. */
  open(name: string, options?: BrowserContextOptions, path?: string): Promise<Page>;
  /** A browser that is not signed in, at this address of the console. */
  visit(path: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
};

/** @param now ISO; default: a Wednesday, 10:30 in Kolkata. @param options.isWhole see `launch`. */
export async function consoleWorld(
  now = '2026-03-11T05:00:00Z',
  { isWhole, ...options }: Parameters<typeof testApp>[0] & { isWhole?: boolean } = {},
): Promise<World> {
  if (!existsSync('web/dist/index.html')) throw new Error('The console is not built. Run: npm run build');
  const app = await testApp({ now, ...options });
  const base = (await app.start())!;
  const browser = await launch(isWhole);

  const enter = async (options = desktop) => {
    const context = await browser.newContext({
      timezoneId: 'Europe/Berlin',
      locale: 'en-IN',
      // A dialogue that is still growing can be gone from under a press.
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.clock.setFixedTime(new Date(now));
    return page;
  };
  return {
    app,
    base,
    async visit(path, options) {
      const page = await enter(options);
      await page.goto(base + path);
      return page;
    },
    async open(name, options, path = '/') {
      const page = await enter(options);
      const data = { email: `${name.toLowerCase()}@example.com`, password };
      const answer = await page.context().request.post(`${base}/api/auth/login`, { data });
      if (!answer.ok()) throw new Error(`${name} could not sign in: ${await answer.text()}`);
      await page.goto(base + path);
      if (path === '/') await page.getByRole('heading', { level: 1 }).filter({ hasText: name }).waitFor();
      return page;
    },
    async close() {
      await browser.close();
      await app.dispose();
    },
  };
}

export async function signIn(page: Page, email: string, secret: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
