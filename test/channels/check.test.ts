/** Whoever sets the channels up sees in words what works, and tries it with a message. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../src/channels/emulator/index.ts';
import { checkChannels, testChannel, testedChannel } from '../../src/domain/settings/contract-channels.ts';
import { type TestApp, testApp } from '../support/app.ts';

describe('channel accounts put to the test', () => {
  let app: TestApp;
  let emulator: Emulator;
  let admin: Awaited<ReturnType<TestApp['user']>>;
  beforeAll(async () => {
    emulator = await startEmulator();
    const { telegram, facebook } = emulator.accounts;
    const page = {
      apiUrl: emulator.url,
      pageId: facebook.pageId,
      accessToken: 'an old token',
      appSecrets: [facebook.appSecret],
      verifyToken: 'word',
    };
    app = await testApp({
      change: (config) =>
        void config.accounts.push(
          {
            id: 'main',
            channel: 'telegram',
            missing: [],
            settings: { apiUrl: emulator.url, token: telegram.token, polling: true, pollSeconds: 0 },
          },
          { id: 'main', channel: 'facebook', missing: [], settings: page },
          { id: 'other', channel: 'facebook', missing: ['FACEBOOK_PAGE_ID'], settings: {} },
        ),
    });
    await app.start();
    admin = await app.user('Arun', 'administrator');
  });
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
  });

  it('says of each what is wrong, in words, and shows no secret', async () => {
    const { items } = await app.bus.query(checkChannels, {}, admin);
    expect(items).toEqual(
      expect.arrayContaining([
        {
          channel: 'telegram',
          account: 'main',
          ok: true,
          waiting: 0,
          detail: expect.stringContaining('@rsoft_emulator_bot'),
        },
        {
          channel: 'facebook',
          account: 'main',
          ok: false,
          waiting: 0,
          detail: expect.stringContaining('Make a new one'),
        },
        {
          channel: 'facebook',
          account: 'other',
          ok: false,
          closed: true,
          waiting: 0,
          detail: 'not configured: set FACEBOOK_PAGE_ID',
        },
      ]),
    );
    expect(JSON.stringify(items)).not.toContain('an old token');
  });

  it('sends a test message and says what became of it', async () => {
    emulator.telegram.person(77, { started: true });
    const test = async (to: string, channel = 'telegram') => {
      const { testId } = await app.bus.command(testChannel, { channel, account: 'main', to }, admin);
      await app.idle();
      return app.bus.query(testedChannel, { testId }, admin);
    };
    expect(await test('77')).toEqual({ status: 'sent' });
    expect(emulator.telegram.seen(77).at(-1)!.text).toContain('it arrived');
    expect(await test('404')).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('chat not found'),
    });
    expect(await test('24680', 'facebook')).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('access token'),
    });
  });

  it('is for who may change settings, and for accounts that are open', async () => {
    const caller = await app.user('Asha', 'tele-caller');
    const to = { channel: 'telegram', account: 'main', to: '77' };
    await expect(app.bus.command(testChannel, to, caller)).rejects.toMatchObject({ code: 'auth.forbidden' });
    await expect(app.bus.query(checkChannels, {}, caller)).rejects.toMatchObject({ code: 'auth.forbidden' });
    await expect(
      app.bus.command(testChannel, { ...to, channel: 'facebook', account: 'other' }, admin),
    ).rejects.toMatchObject({ code: 'channel.unknown' });
  });
});
