/** The built widget on its demo page, in a real browser, against the real plugin. */
import { existsSync, readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** @returns the bundle as the server sends it; `npm run build` makes it. */
export function builtWidget(): string {
  const path = 'web/dist/widget.js';
  if (!existsSync(path)) throw new Error('The widget is not built. Run: npm run build');
  return readFileSync(path, 'utf8');
}

/** The demo page and the script, as the product serves them. */
export const servePages = (script: string) => (app: FastifyInstance) => {
  app.get('/demo', (_request, reply) =>
    reply.type('text/html').send(readFileSync('web/widget/public/demo.html', 'utf8')),
  );
  app.get('/demo.js', (_request, reply) =>
    reply.type('text/javascript').send(readFileSync('web/widget/public/demo.js', 'utf8')),
  );
  // A site that forbids everything it does not name: no inline styles, no inline scripts.
  app.get('/strict', (_request, reply) =>
    reply
      .type('text/html')
      .header(
        'content-security-policy',
        "default-src 'none'; script-src 'self'; connect-src 'self' ws:; style-src 'none'",
      )
      .send(
        '<!doctype html><html lang="en"><title>Strict</title><body><script src="/widget.js" data-account="website" async></script></body></html>',
      ),
  );
  app.get('/widget.js', (_request, reply) => reply.type('text/javascript').send(script));
};

export const desktop: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  locale: 'en-IN',
  timezoneId: 'Asia/Kolkata',
};
export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'en-IN',
  timezoneId: 'Asia/Kolkata',
};

export async function openPage(browser: Browser, url: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  return page;
}

/** What a visitor can do. */
export const chatOf = (page: Page) => ({
  launcher: page.locator('.launcher'),
  panel: page.getByRole('dialog'),
  log: page.getByRole('log'),
  open: () => page.locator('.launcher').click(),
  async say(text: string) {
    await page.getByLabel('Your message').fill(text);
    await page.keyboard.press('Enter');
  },
  bubble: (text: string) => page.locator('.bubble', { hasText: text }),
  choice: (label: string) => page.locator('.choice', { hasText: label }),
});
