/** The main job, in a real browser: a stranger books a demo through the widget, the lead appears, Slack confirms it. */
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { type Emulator, startEmulator } from '../../src/channels/emulator/index.ts';
import { loadConfig } from '../../src/core/config.ts';
import { passwordToken } from '../../src/domain/staff/commands/users.ts';
import { confirmLink, pendingLinks, startLink } from '../../src/domain/staff/contract.ts';
import { consoleWorld, password, phone, signIn, type World } from './console/console.ts';

const artifacts = 'artifacts';
const now = '2026-03-11T05:00:00Z';
const words = 'Thank you for confirming the demo with RSoft ON Date: Thu, 12 Mar 2026 and Time: 5:00 PM';

describe('from a stranger’s first message to a demo in the manager’s chat', () => {
  let world: World;
  let emulator: Emulator;
  let visitor: Page;
  let caller: Page;

  beforeAll(async () => {
    mkdirSync(artifacts, { recursive: true });
    emulator = await startEmulator({ clock: { now: () => world?.app.clock.now() ?? new Date(now) } });
    world = await consoleWorld(now, {
      change: (config) => {
        const { accounts } = loadConfig({
          ...emulator.environment(),
          PARLEY_DATA: config.dataDir,
          PARLEY_SECRET: config.secret,
        });
        config.accounts = accounts.filter(({ channel }) => channel === 'webchat' || channel === 'slack');
      },
    });
    emulator.setTarget({ baseUrl: world.base });
  });
  afterAll(async () => {
    await world?.close();
    await emulator.close();
  });

  const settled = async (act: () => Promise<unknown>) => {
    await act();
    await world.app.idle();
  };
  const shot = (page: Page, name: string) => page.screenshot({ path: `${artifacts}/${name}.png` });

  it('lets the administrator in by the one-time link, once [M60] [M66]', async () => {
    const admin = await world.app.user('Ada', 'administrator');
    const token = await passwordToken({ now: () => world.app.clock.now() }, admin.id);
    const page = await world.visit(`/set-password?token=${token}`);
    await page.getByLabel('New password').fill(password);
    await page.getByLabel('Once more').fill(password);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await signIn(page, 'ada@example.com', password);
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'Ada' }).waitFor();
    await shot(page, '1-first-sign-in');
    await page.context().close();
    const response = await fetch(`${world.base}/api/commands/user.setPassword`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, password: 'another long one' }),
    });
    expect(response.status).toBe(410);
  });

  it('links the team’s Slack accounts by a code from the console [M6]', async () => {
    const manager = await world.app.user('Meera', 'manager', { password });
    const asha = await world.app.user('Asha', 'tele-caller', { password, managerId: manager.id });
    for (const [who, slack] of [
      [asha, 'U0CALLER'],
      [manager, 'U0MANAGER'],
    ] as const) {
      const { code } = await world.app.bus.command(startLink, {}, who);
      await settled(() => emulator.slack.slash(slack, `link ${code}`));
      const { items } = await world.app.bus.query(pendingLinks, {}, who);
      await world.app.bus.command(confirmLink, { id: items[0]!.id }, who);
    }
    caller = await world.open('Asha');
    await caller.goto(`${world.base}/leads`);
    await shot(caller, '2-leads-empty');
  });

  it('books a demo through the widget on a firm’s website [M3] [M10] [M12]', async () => {
    visitor = await world.visit('/demo');
    await visitor.locator('.launcher').click();
    for (const line of [
      'Hello',
      'RSoft CRM for 20 users',
      'Priya Sharma',
      '98450 12399',
      'tomorrow 5 pm',
      'yes',
    ]) {
      const answers = await visitor.locator('.row.out').count();
      await visitor.getByRole('textbox').fill(line);
      await visitor.getByRole('textbox').press('Enter');
      await visitor.waitForFunction((before) => {
        const host = [...document.querySelectorAll('*')].find((element) => element.shadowRoot)?.shadowRoot;
        return (host?.querySelectorAll('.row.out').length ?? 0) > before;
      }, answers);
      await world.app.idle();
    }
    await visitor.locator('.row.out', { hasText: 'Thursday, 12 March 2026, 5:00 PM IST' }).last().waitFor();
    await shot(visitor, '3-widget-booked');
  });

  it('shows the lead live in the console of the tele-caller it was given to [M19] [M40]', async () => {
    await caller.getByText('Priya Sharma').first().waitFor();
    await shot(caller, '4-lead-appeared');
    await caller.getByText('Priya Sharma').first().click();
    await caller.getByText('tomorrow 5 pm').first().waitFor({ state: 'attached' });
    await shot(caller, '5-lead-card');
  });

  it('is confirmed from Slack: client, manager and caller each get the agreed words once [M46] [B2]', async () => {
    await settled(() => emulator.slack.press('U0CALLER', 'Confirm demo'));
    await visitor.locator('.row.out', { hasText: words }).waitFor();
    const having = (texts: string[]) => texts.filter((text) => text.includes(words)).length;
    expect(await visitor.locator('.row.out', { hasText: words }).count()).toBe(1);
    expect(having(emulator.slack.seen('U0CALLER').map(({ text }) => text))).toBe(1);
    expect(having(emulator.slack.seen('U0MANAGER').map(({ text }) => text))).toBe(1);
    await caller.getByText('DEMO CONFIRMED').first().waitFor();
    await shot(visitor, '6-client-told');
    await shot(caller, '7-demo-confirmed');
  });

  it('reminds at 7 A.M. on the day and one hour before, once each [M48] [M49]', async () => {
    const reminder = 'Your Appointment with RSOFT ON Date: Thu, 12 Mar 2026 and Time: 5:00 PM';
    const count = () => visitor.locator('.row.out', { hasText: reminder }).count();
    const reminders = async () => [
      await count(),
      ...['U0CALLER', 'U0MANAGER'].map(
        (user) => emulator.slack.seen(user).filter(({ text }) => text.includes(reminder)).length,
      ),
    ];
    world.app.clock.set('2026-03-12T01:29:59Z');
    await world.app.idle();
    expect(await reminders()).toEqual([0, 0, 0]);
    world.app.clock.set('2026-03-12T01:30:00Z');
    await world.app.idle();
    await visitor.locator('.row.out', { hasText: reminder }).first().waitFor();
    expect(await reminders()).toEqual([1, 1, 0]);
    world.app.clock.set('2026-03-12T10:30:00Z');
    await world.app.idle();
    await visitor.locator('.row.out', { hasText: reminder }).nth(1).waitFor();
    expect(await reminders()).toEqual([2, 2, 1]);
  });

  it('works on a telephone’s screen too [M8]', async () => {
    const page = await world.visit('/leads', phone);
    await signIn(page, 'asha@example.com', password);
    await page.getByText('Priya Sharma').first().waitFor();
    await shot(page, '9-leads-390');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
