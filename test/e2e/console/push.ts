/** Browser push from end to end: added in the account page, sent to a push service on loopback, shown by the service worker. */
import { createLead } from '../../../src/domain/leads/contract.ts';
import { asSystem } from '../../support/app.ts';
import { type Browser, startPushService } from '../../support/push-service.ts';
import { consoleWorld, type World } from './console.ts';

export default () => {
  let world: World;
  let service: Awaited<ReturnType<typeof startPushService>>;
  let browser: Browser;
  beforeAll(async () => {
    service = await startPushService();
    browser = service.browser();
    world = await consoleWorld(undefined, {
      isWhole: true,
      change: (config) =>
        config.accounts.push({
          id: 'browser',
          channel: 'push',
          settings: { trusted: [service.host] },
          missing: [],
        }),
    });
  }, 120_000);
  afterAll(async () => {
    await world?.close();
    await service?.close();
  });

  it('is switched on in one’s account, shows a new lead, and ends with signing out [M40]', async () => {
    const kiran = await world.person('Kiran', 'tele-caller');
    const page = await world.open('Kiran');
    const context = page.context();
    await context.grantPermissions(['notifications'], { origin: world.base });
    // Chromium's own push service is out of reach here: it gets the address of ours instead.
    await page.addInitScript((subscription) => {
      const made = { ...subscription, toJSON: () => subscription, unsubscribe: async () => true };
      let present = false;
      PushManager.prototype.subscribe = async () => {
        present = true;
        return made as never;
      };
      PushManager.prototype.getSubscription = async () => (present ? made : null) as never;
    }, browser.subscription);
    await page.goto(`${world.base}/account`);
    await page.getByRole('button', { name: 'Tell me in this browser' }).click();
    await page.getByText('This browser tells you from now on.').waitFor();
    await page.getByText('this one, since').waitFor();

    const { lead } = await world.app.bus.command(
      createLead,
      { name: 'Asha Rao', phone: '98400 10001', assigneeId: kiran.id },
      asSystem,
    );
    await world.app.idle();
    const [message] = browser.received;
    expect(message!.payload).toMatchObject({ url: `/leads/${lead!.id}` });

    // What the push service hands to Chromium, the service worker shows.
    const chromium = await context.newCDPSession(page);
    const registered = new Promise<string>((resolve) =>
      chromium.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [one] = registrations;
        if (one) resolve(one.registrationId);
      }),
    );
    await chromium.send('ServiceWorker.enable');
    const registrationId = await registered;
    await chromium.send('ServiceWorker.deliverPushMessage', {
      origin: world.base,
      registrationId,
      data: JSON.stringify(message!.payload),
    });
    const shown = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      for (;;) {
        const [notice] = await registration.getNotifications();
        if (notice) return { title: notice.title, url: notice.data.url };
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    expect(shown).toEqual({ title: message!.payload.title, url: `/leads/${lead!.id}` });

    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await world.app.bus.command(
      createLead,
      { name: 'Ravi Kumar', phone: '98400 10002', assigneeId: kiran.id },
      asSystem,
    );
    await world.app.idle();
    expect(browser.asked).toBe(1);
  }, 180_000);
};
