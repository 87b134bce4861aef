/** Whoever sets the channels up is led through it, and what they enter is in use at once and shown to nobody. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../src/channels/emulator/index.ts';
import { channels } from '../../src/channels/index.ts';
import { loadConfig } from '../../src/core/config.ts';
import {
  checkChannels,
  connectChannel,
  guideChannel,
  listChannels,
  listTemplates,
  reloadChannels,
  requestTemplate,
} from '../../src/domain/settings/contract.ts';
import { keptVariables } from '../../src/domain/settings/kept.ts';
import { ChannelVariableModel } from '../../src/domain/settings/model.ts';
import { listAudit } from '../../src/domain/staff/contract.ts';
import { type TestApp, testApp } from '../support/app.ts';

const main = { channel: 'whatsapp', account: 'main' };

describe('connecting channels from the console', () => {
  let app: TestApp;
  let emulator: Emulator;
  let admin: Awaited<ReturnType<TestApp['user']>>;
  beforeAll(async () => {
    emulator = await startEmulator();
    app = await testApp({
      env: {
        PUBLIC_URL: 'https://crm.example.com',
        WHATSAPP_API_URL: emulator.url,
        TELEGRAM_API_URL: emulator.url,
        TELEGRAM_BOT_TOKEN: emulator.accounts.telegram.token,
        TELEGRAM_POLLING: 'true',
      },
      change: (config) => void config.accounts.splice(0, 99, ...config.again().accounts),
    });
    await app.start();
    admin = await app.user('Arun', 'administrator');
  });
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
  });
  const guide = (place: typeof main) => app.bus.query(guideChannel, place, admin);
  const fieldsOf = async (place = main) => (await guide(place)).steps.flatMap(({ fields }) => fields);

  it('leads through every account that there is, and asks for all that it needs', async () => {
    const { items } = await app.bus.query(listChannels, {}, admin);
    const config = loadConfig();
    expect(new Set(items.map(({ channel }) => channel))).toEqual(new Set(Object.keys(channels)));
    for (const place of items) {
      const { intro, steps } = await guide(place);
      expect(intro).not.toBe('');
      expect(steps.length).toBeGreaterThan(0);
      const account = config.accounts.find(
        ({ channel, id }) => channel === place.channel && id === place.account,
      )!;
      const asked = steps.flatMap(({ fields }) => fields.map(({ path }) => path));
      const names = asked.map((path) => account.slots!.find((slot) => slot.path === path)?.name);
      // A field that no variable stands behind could not be saved.
      expect(names).not.toContain(undefined);
      for (const name of account.missing) expect(names).toContain(name);
    }
  });

  it('names the address to paste, and gives Slack’s app whole', async () => {
    const { steps } = await guide(main);
    expect(steps.flatMap(({ copies }) => copies)).toContainEqual({
      label: 'Callback URL',
      text: 'https://crm.example.com/webhooks/whatsapp/main',
    });
    const [manifest] = (await guide({ channel: 'slack', account: 'main' })).steps.flatMap(
      ({ copies }) => copies,
    );
    expect(manifest!.text).toContain('request_url: https://crm.example.com/webhooks/slack/main');
  });

  it('opens the account by what is entered, and shows none of the secrets to anybody', async () => {
    const { phoneNumberId, accessToken, appSecret, verifyToken } = emulator.accounts.whatsapp;
    const check = async () =>
      (await app.bus.query(checkChannels, { ...main }, admin)).items.map(({ ok, detail }) => ({
        ok,
        detail,
      }));
    expect(await check()).toEqual([{ ok: false, detail: expect.stringContaining('not configured') }]);
    await app.bus.command(
      connectChannel,
      { ...main, values: { phoneNumberId, accessToken, 'appSecrets.0': appSecret, verifyToken } },
      admin,
    );
    await app.bus.command(reloadChannels, {}, admin);
    expect(await check()).toEqual([{ ok: true, detail: expect.stringContaining('RSoft') }]);

    const fields = await fieldsOf();
    expect(fields.find(({ path }) => path === 'phoneNumberId')).toMatchObject({
      from: 'console',
      value: phoneNumberId,
      by: 'Arun',
    });
    expect(fields.find(({ path }) => path === 'accessToken')).not.toHaveProperty('value');
    const seen = JSON.stringify([
      fields,
      await app.bus.query(listAudit, {}, admin),
      await ChannelVariableModel.find().lean(),
    ]);
    for (const secret of [accessToken, appSecret, verifyToken]) expect(seen).not.toContain(secret);
  });

  it('shows templates with their approval, and asks Meta for those that it sends by itself', async () => {
    await app.bus.command(
      connectChannel,
      { ...main, values: { businessAccountId: emulator.accounts.whatsapp.wabaId } },
      admin,
    );
    await app.bus.command(reloadChannels, {}, admin);
    const states = async () =>
      Object.fromEntries(
        (await app.bus.query(listTemplates, main, admin)).items.map(({ name, state }) => [name, state]),
      );
    expect(await states()).toEqual({
      one_time_code: 'missing',
      notice: 'approved',
      lead_form_hello: 'approved',
    });
    await app.bus.command(requestTemplate, { ...main, use: 'codes' }, admin);
    expect(await states()).toMatchObject({ one_time_code: 'waiting' });
  });

  it('keeps the old signing secret valid while the new one is told to the provider', async () => {
    const old = emulator.accounts.whatsapp.appSecret;
    await app.bus.command(
      connectChannel,
      { ...main, values: { 'appSecrets.0': 'the next secret' }, keepOld: true },
      admin,
    );
    expect((await keptVariables(app.config)).WHATSAPP_APP_SECRET).toBe(`the next secret,${old}`);
  });

  it('leaves to the environment what the environment has set', async () => {
    const telegram = { channel: 'telegram', account: 'main' };
    const token = (await fieldsOf(telegram)).find(({ path }) => path === 'token')!;
    expect(token).toMatchObject({ from: 'environment', secret: true });
    expect(token).not.toHaveProperty('value');
    await expect(
      app.bus.command(connectChannel, { ...telegram, values: { token: '1:x' } }, admin),
    ).rejects.toMatchObject({
      code: 'input.invalid',
      message: expect.stringContaining('TELEGRAM_BOT_TOKEN'),
    });
    // Where requests go is the operator's: no guide asks for it.
    await expect(
      app.bus.command(connectChannel, { ...main, values: { apiUrl: 'https://evil.example' } }, admin),
    ).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('does not send a secret that is kept to another server', async () => {
    const smsc = { channel: 'sms', account: 'smsc' };
    const values = { host: '127.0.0.1', systemId: 'rsoft', password: 'hush', sender: 'RSOFTT' };
    await app.bus.command(connectChannel, { ...smsc, values }, admin);
    await app.bus.command(reloadChannels, {}, admin);
    await expect(
      app.bus.command(connectChannel, { ...smsc, values: { host: '192.0.2.1' } }, admin),
    ).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('again') });
    await app.bus.command(
      connectChannel,
      { ...smsc, values: { host: '127.0.0.1', sender: 'RSOFTX' } },
      admin,
    );
  });

  it('is for who may change settings', async () => {
    const caller = await app.user('Asha', 'tele-caller');
    const manager = await app.user('Meera', 'manager');
    for (const who of [caller, manager]) {
      await expect(app.bus.query(guideChannel, main, who)).rejects.toMatchObject({ code: 'auth.forbidden' });
      await expect(app.bus.command(connectChannel, { ...main, values: {} }, who)).rejects.toMatchObject({
        code: 'auth.forbidden',
      });
    }
  });
});
