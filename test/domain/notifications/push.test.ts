/** Browser push over a real push service on loopback, which reads what only the browser can read. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/core/bus.ts';
import { createLead } from '../../../src/domain/leads/contract.ts';
import {
  listDeliveries,
  listNotifications,
  myBrowsers,
  retryDelivery,
  setMyNotices,
  subscribe,
  tryOut,
  unsubscribe,
  updateRule,
} from '../../../src/domain/notifications/contract.ts';
import { SubscriptionModel } from '../../../src/domain/notifications/model-push.ts';
import { type TestApp, testApp } from '../../support/app.ts';
import { type Browser, startPushService } from '../../support/push-service.ts';

describe('a colleague’s browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-push-'));
  let service: Awaited<ReturnType<typeof startPushService>>;
  let app: TestApp;
  let kiran: Caller & { id: string };
  let ada: Caller & { id: string };
  let phone = 9840010000;

  const open = () =>
    testApp({
      env: { PARLEY_DATA: folder },
      change: (config) =>
        config.accounts.push({
          id: 'browser',
          channel: 'push',
          settings: { trusted: [service.host], subject: 'mailto:crm@example.com' },
          missing: [],
        }),
    });
  beforeAll(async () => {
    service = await startPushService();
    app = await open();
    await app.start();
    kiran = await app.user('Kiran', 'tele-caller');
    ada = await app.user('Ada', 'administrator');
    // Clients of one name with numbers that are alike are told of as perhaps the same: not what this is about.
    await app.bus.command(updateRule, { key: 'lead-duplicate', enabled: false }, ada);
  }, 60_000);
  beforeEach(() => SubscriptionModel.deleteMany({}));
  afterAll(async () => {
    await app?.dispose();
    await service?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const add = (browser: Browser, who = kiran) =>
    app.bus.command(subscribe, { ...browser.subscription, browser: 'Firefox on Linux' }, who);
  const lead = async (name = 'Asha Rao') => {
    const { lead } = await app.bus.command(createLead, { name, phone: String(phone++) }, kiran);
    await app.idle();
    return lead!.id;
  };
  const deliveries = async () =>
    (await app.bus.query(listDeliveries, { channel: 'push', limit: 100 }, ada)).items;

  it('is told of a new lead in words that only it can read, by whom it subscribed to [M40]', async () => {
    const browser = service.browser();
    await add(browser);
    const leadId = await lead();
    const { publicKey } = await app.bus.query(myBrowsers, {}, kiran);
    expect(browser.received).toHaveLength(1);
    const [{ payload, headers, vapid }] = browser.received as [Browser['received'][number]];
    expect(payload).toMatchObject({
      url: `/leads/${leadId}`,
      title: expect.stringMatching(/^New lead: #\d+ Asha Rao$/),
    });
    expect(payload.body).toContain('Asha Rao');
    expect([headers['content-encoding'], headers.ttl]).toEqual(['aes128gcm', '86400']);
    expect(vapid).toMatchObject({
      key: publicKey,
      genuine: true,
      claims: { aud: service.origin, sub: 'mailto:crm@example.com' },
    });
    expect((await deliveries())[0]).toMatchObject({ state: 'sent', to: { id: kiran.id } });
  });

  it('that is gone is taken off the list, and the others are told all the same', async () => {
    const [gone, here] = [service.browser(), service.browser()];
    gone.answers.push({ status: 410 });
    await add(gone);
    await add(here);
    await lead();
    expect(here.received).toHaveLength(1);
    const { items } = await app.bus.query(myBrowsers, {}, kiran);
    expect(items.map(({ endpoint }) => endpoint)).toEqual([here.subscription.endpoint]);
    expect(
      (await deliveries())
        .slice(0, 2)
        .map(({ state, says }) => [state, says])
        .sort(),
    ).toEqual([
      [
        'failed',
        'The address does not exist there, or takes nothing. The browser takes no more: it was taken off the list.',
      ],
      ['sent', undefined],
    ]);
    await lead();
    expect([gone.asked, here.received.length]).toEqual([1, 2]);
  });

  it('is told once its push service works again, and once', async () => {
    const browser = service.browser();
    browser.answers.push({ status: 503 }, { status: 429, headers: { 'retry-after': '20' } });
    await add(browser);
    await lead();
    expect([browser.asked, browser.received.length]).toEqual([1, 0]);
    expect((await deliveries())[0]).toMatchObject({
      state: 'waiting',
      says: 'Tried 1 times. the push service answered 503',
    });
    app.clock.advance(2000);
    await app.idle();
    app.clock.advance(19_000);
    await app.idle();
    expect([browser.asked, browser.received.length]).toEqual([2, 0]);
    app.clock.advance(1000);
    await app.idle();
    app.clock.advance(3_600_000);
    await app.idle();
    expect([browser.asked, browser.received.length]).toEqual([3, 1]);
  });

  it('that was refused can be tried again by hand', async () => {
    const browser = service.browser();
    browser.answers.push({ status: 403 });
    await add(browser);
    await lead();
    const [failed] = await deliveries();
    expect(failed).toMatchObject({ state: 'failed', mayRetry: true });
    expect((await app.bus.query(listDeliveries, { only: 'failed' }, ada)).items[0]!.id).toBe(failed!.id);
    await app.bus.command(retryDelivery, { id: failed!.id }, ada);
    await app.idle();
    expect(browser.received).toHaveLength(1);
    expect((await deliveries())[0]).toMatchObject({ state: 'sent', mayRetry: false });
  });

  it.each([
    'https://10.1.2.3/send',
    'https://127.0.0.1/send',
    'https://localhost/send',
    'http://push.example.com/send',
  ])('is not looked for inside the network or in clear text: %s', async (endpoint) => {
    const { keys } = service.browser().subscription;
    await app.bus.command(subscribe, { endpoint, keys }, kiran);
    await lead();
    expect((await deliveries())[0]).toMatchObject({
      state: 'failed',
      says: expect.stringMatching(/the push service is (inside the network|not encrypted)$/),
    });
  });

  it('belongs to whoever signed in there last, and is told nothing once it is taken off', async () => {
    const browser = service.browser();
    await add(browser, ada);
    await add(browser, kiran);
    expect((await app.bus.query(myBrowsers, {}, ada)).items).toEqual([]);
    await app.bus.command(unsubscribe, { endpoint: browser.subscription.endpoint }, ada);
    expect((await app.bus.query(myBrowsers, {}, kiran)).items).toHaveLength(1);
    await app.bus.command(unsubscribe, { endpoint: browser.subscription.endpoint }, kiran);
    await lead();
    expect(browser.asked).toBe(0);
  });

  it('is left alone when the colleague does not want push; the list has the notice', async () => {
    const browser = service.browser();
    await add(browser);
    await app.bus.command(setMyNotices, { off: ['push'] }, kiran);
    const leadId = await lead();
    expect(browser.asked).toBe(0);
    const [notice] = (await app.bus.query(listNotifications, {}, kiran)).items;
    expect(notice).toMatchObject({ leadId, read: false });
    await app.bus.command(setMyNotices, { off: [] }, kiran);
  });

  it('can be tried out, and what is too long for it is cut between letters', async () => {
    const browser = service.browser();
    await add(browser);
    await app.bus.command(tryOut, {}, kiran);
    await app.idle();
    expect(browser.received[0]!.payload).toMatchObject({ body: 'This is how you will be told.' });
    await lead('आ'.repeat(120));
    expect(browser.received).toHaveLength(2);
    expect(browser.received[1]!.payload.title).toMatch(/आ…$/);
    expect(browser.received[1]!.payload.title).not.toContain('\ufffd');
  });

  it('knows us by the same key after a restart', async () => {
    const { publicKey } = await app.bus.query(myBrowsers, {}, kiran);
    await app.stop();
    app = await open();
    await app.start();
    expect((await app.bus.query(myBrowsers, {}, kiran)).publicKey).toBe(publicKey);
    expect(Buffer.from(publicKey!, 'base64url')).toHaveLength(65);
  }, 60_000);
});
