/** The built console in Chromium against a whole app: embedded store, real flows, a clock that stands still for both. */
import { existsSync } from 'node:fs';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
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
  /** A colleague who can sign in; made when first asked for. */
  person(name: string, role: string): ReturnType<TestApp['user']>;
  /**
   * The page of this person, at My day or on its way to `path`. Each has one browser on a desk and one on a phone, and
   * signs in there once: asked for again, it is the same page, loaded anew.
   */
  open(name: string, options?: BrowserContextOptions, path?: string): Promise<Page>;
  /** A browser that is not signed in, at this address of the console. */
  visit(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Nobody looks any more: an open page asks for its data with each change, for as long as it is open. */
  rest(): Promise<void>;
  close(): Promise<void>;
};
type Options = Parameters<typeof testApp>[0] & { isWhole?: boolean };

/** @param now ISO; default: a Wednesday, 10:30 in Kolkata. @param options.isWhole see `launch`. */
export async function consoleWorld(
  now = '2026-03-11T05:00:00Z',
  { isWhole, ...options }: Options = {},
): Promise<World> {
  if (!existsSync('web/dist/index.html')) throw new Error('The console is not built. Run: npm run build');
  const app = await testApp({ now, ...options });
  const [base, browser] = await Promise.all([app.start(), launch(isWhole)]);
  const people = new Map<string, ReturnType<TestApp['user']>>();
  const seats = new Map<string, Promise<Page>>();
  const visitors: BrowserContext[] = [];

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
  const sitDown = async (name: string, options?: BrowserContextOptions) => {
    const page = await enter(options);
    const data = { email: `${name.toLowerCase()}@example.com`, password };
    const answer = await page.context().request.post(`${base}/api/auth/login`, { data });
    if (!answer.ok()) throw new Error(`${name} could not sign in: ${await answer.text()}`);
    return page;
  };
  return {
    app,
    base: base!,
    person: (name, role) => kept(people, name, () => app.user(name, role, { password })),
    async visit(path, options) {
      const page = await enter(options);
      visitors.push(page.context());
      await page.goto(base + path);
      return page;
    },
    async open(name, options = desktop, path = '/') {
      const page = await kept(seats, `${name} ${options.isMobile}`, () => sitDown(name, options));
      await page.goto(base + path);
      if (path === '/') await page.getByRole('heading', { level: 1 }).filter({ hasText: name }).waitFor();
      return page;
    },
    async rest() {
      for (const seat of seats.values()) await (await seat).goto('about:blank');
      for (const context of visitors.splice(0)) await context.close();
    },
    async close() {
      await browser.close();
      await app.dispose();
    },
  };
}

function kept<T>(among: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const one = among.get(key) ?? make();
  among.set(key, one);
  return one;
}

/**
 * Subjects of one office, which is started once: what costs the time in a browser test is the app, the browser and
 * signing in. They run in this order; each has people and customers of its own where it counts what they have.
 */
export function office(subjects: Record<string, (world: World) => void>, options?: Options): void {
  const world = {} as World;
  beforeAll(async () => {
    Object.assign(world, await consoleWorld(undefined, options));
  });
  afterAll(() => world.close?.());
  for (const [name, subject] of Object.entries(subjects))
    describe(name, () => {
      subject(world);
      afterAll(() => world.rest());
    });
}

export async function signIn(page: Page, email: string, secret: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
