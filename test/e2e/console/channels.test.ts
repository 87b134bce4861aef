import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { type FakeWhatsApp, startWhatsApp } from '../../channels/whatsapp/peer/server.ts';
import { consoleWorld, password, type World } from './console.ts';

describe('the channels page', () => {
  let world: World;
  let emulator: Emulator;
  let wa: FakeWhatsApp;
  beforeAll(async () => {
    wa = await startWhatsApp();
    wa.customer('919812345678', '55000000000001', 'Priya');
    emulator = await startEmulator();
    emulator.telegram.person(77, { started: true });
    const { telegram, facebook } = emulator.accounts;
    const page = {
      apiUrl: emulator.url,
      pageId: facebook.pageId,
      accessToken: 'an old token',
      appSecrets: [facebook.appSecret],
      verifyToken: 'word',
    };
    world = await consoleWorld(undefined, {
      change: (config) =>
        void config.accounts.push(
          {
            id: 'main',
            channel: 'telegram',
            missing: [],
            settings: { apiUrl: emulator.url, token: telegram.token, polling: true, pollSeconds: 1 },
          },
          { id: 'main', channel: 'facebook', missing: [], settings: page },
          {
            id: 'phone',
            channel: 'whatsapp',
            missing: [],
            settings: {
              driver: 'baileys',
              socketUrl: wa.url,
              trustedRoot: wa.trustedRoot,
              minGapMs: 0,
              maxGapMs: 0,
            },
          },
        ),
    });
    await world.app.user('Arun', 'administrator', { password });
  });
  afterAll(async () => {
    await world?.close();
    await emulator?.close();
    await wa?.close();
  });

  it('says in words what works and what does not, and shows what became of a test message', async () => {
    const page = await world.open('Arun', undefined, '/settings/channels');
    await page.getByText('@rsoft_emulator_bot').waitFor();
    await page.getByText('Make a new one for a system user').waitFor();
    expect(await page.content()).not.toContain('an old token');

    const telegram = page.getByRole('row').filter({ hasText: '@rsoft_emulator_bot' });
    await telegram.getByText('Works').waitFor();
    await telegram.getByRole('button', { name: 'Send a test' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('To whom').fill('77');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog.getByText('The provider took it.').waitFor();
    expect(emulator.telegram.seen(77).at(-1)!.text).toContain('it arrived');

    await dialog.getByLabel('To whom').fill('404');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog.getByText('chat not found').waitFor();
  });

  it('links a phone by the code that it scans, and a customer is answered through it [M3] [M7]', async () => {
    // libsignal, which the customer's phone needs here, prints sessions.
    for (const method of ['log', 'info', 'warn', 'error'] as const) console[method] = () => {};
    const page = await world.open('Arun', undefined, '/settings/channels');
    const row = page.getByRole('row').filter({ hasText: 'No phone is linked.' });
    await row.getByRole('button', { name: 'Phone' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('may block its number').waitFor();
    await dialog.getByRole('button', { name: 'Link a phone' }).click();
    await dialog.getByRole('figure', { name: 'Code to scan with the phone' }).waitFor();
    const { link } = world.app.accounts.get('whatsapp', 'phone')!.account;
    wa.scan((await link!.state()).qr!);
    await dialog.getByText('Paired and connected.').waitFor();
    await dialog.getByText('+919800000001').waitFor();

    await wa.say('919812345678', 'Hello');
    const answer = await wa.until(() => wa.received[0], 'the answer');
    expect(answer).toMatchObject({ to: '919812345678', text: expect.stringContaining('RSoft') });

    await dialog.getByRole('button', { name: 'Unlink' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Unlink' }).click();
    await dialog.getByText('No phone is linked.').waitFor();
    expect(wa.isOnline()).toBe(false);
  });
});
