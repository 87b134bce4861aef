import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { type FakeWhatsApp, startWhatsApp } from '../../channels/whatsapp/peer/server.ts';
import { consoleWorld, type World } from './console.ts';

export default () => {
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
      env: { WHATSAPP_API_URL: emulator.url },
      change: (config) =>
        void config.accounts.push(
          config.again().accounts.find(({ channel, id }) => channel === 'whatsapp' && id === 'main')!,
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
    await world.person('Arun', 'administrator');
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

  // The last one: what the accounts above were given here is not in config/channels.yaml, and goes with the first save.
  it('connects WhatsApp step by step: what to paste, what Meta answers, a test message; secrets are not shown again', async () => {
    const { phoneNumberId, accessToken, appSecret } = emulator.accounts.whatsapp;
    const page = await world.open('Arun', undefined, '/settings/channels');
    await page.getByRole('link', { name: 'Connect', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Connect WhatsApp' }).waitFor();
    const panel = (title: string) => page.getByRole('region', { name: title });
    await panel('See that it works').getByText('not configured').waitFor();

    const app = panel('Make an app at Meta');
    await app.getByLabel('Phone number ID').fill(phoneNumberId);
    await app.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved and taken over.').first().waitFor();
    const token = panel('Make a token that lasts');
    await token.getByLabel('Access token').fill(accessToken);
    await token.getByRole('button', { name: 'Save' }).click();
    const calls = panel('Let Meta call us');
    await calls.getByText('/webhooks/whatsapp/main').waitFor();
    await calls.getByLabel('App secret').fill(appSecret);
    await calls.getByRole('button', { name: 'Make a verify token' }).click();
    const word = await calls.getByLabel('Verify token').inputValue();
    expect(word).toMatch(/^[0-9a-f]{32}$/);
    await calls.getByRole('button', { name: 'Save' }).click();

    const works = panel('See that it works');
    await works.getByText('WhatsApp answers: RSoft').waitFor();
    const base = new URL(page.url()).origin;
    const handshake = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.verify_token': word,
      'hub.challenge': '1158201444',
    });
    const answer = await fetch(`${base}/webhooks/whatsapp/main?${handshake}`);
    expect(await answer.text()).toBe('1158201444');

    emulator.setTarget({ baseUrl: base });
    await emulator.whatsapp.say('919845098450', 'Hello');
    await works.getByRole('button', { name: 'Send a test' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('To whom').fill('919845098450');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog.getByText('The provider took it.').or(dialog.getByText('It was delivered.')).waitFor();

    await page.reload();
    await panel('See that it works').getByText('Something came in by it').waitFor();
    await panel('Make a token that lasts').getByText('Set by Arun').waitFor();
    const shown = await page.content();
    for (const secret of [accessToken, appSecret, word]) expect(shown).not.toContain(secret);
  });
};
