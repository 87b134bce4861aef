/** Secrets: none is seen anywhere, and each is changed while the product runs. */
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import pino from 'pino';
import { type Emulator, startEmulator } from '../../src/channels/emulator/index.ts';
import type { Caller } from '../../src/core/bus.ts';
import { loadConfig } from '../../src/core/config.ts';
import { deliverNotice, listDeadLetters, listOutages } from '../../src/domain/conversations/contract.ts';
import { checkChannels, listChannels, reloadChannels } from '../../src/domain/settings/contract.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { echo } from '../support/echo.ts';

/** Every variable of config/channels.yaml that is a secret, with a value that is recognised wherever it turns up. */
const planted = {
  WHATSAPP_ACCESS_TOKEN: 'PLANTED-whatsapp-token',
  WHATSAPP_APP_SECRET: 'PLANTED-whatsapp-app',
  WHATSAPP_VERIFY_TOKEN: 'PLANTED-whatsapp-verify',
  EMAIL_PASSWORD: 'PLANTED-email-password',
  SLACK_BOT_TOKEN: 'xoxb-PLANTED-slack-bot',
  SLACK_SIGNING_SECRET: 'PLANTED-slack-signing',
  FACEBOOK_PAGE_TOKEN: 'PLANTED-page-token',
  FACEBOOK_APP_SECRET: 'PLANTED-page-app',
  FACEBOOK_VERIFY_TOKEN: 'PLANTED-page-verify',
  TELEGRAM_BOT_TOKEN: '110201543:PLANTED-telegram',
  TELEGRAM_STAFF_BOT_TOKEN: '110201544:PLANTED-telegram-staff',
  TWILIO_AUTH_TOKEN: 'PLANTED-twilio',
  EXOTEL_WEBHOOK_TOKEN: 'PLANTED-exotel-word',
  EXOTEL_API_TOKEN: 'PLANTED-exotel-token',
  SMPP_PASSWORD: 'PLANTED9',
  LLM_API_KEY: 'PLANTED-llm-key',
  PARLEY_SECRET: 'PLANTED-parley-secret-of-more-than-32-letters',
};
/** What is no secret, but wanted by the same accounts. */
const plain = {
  WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
  EMAIL_ADDRESS: 'hello@rsoft.example',
  EMAIL_IMAP_HOST: '127.0.0.1',
  EMAIL_IMAP_PORT: '1',
  EMAIL_SMTP_HOST: '127.0.0.1',
  EMAIL_SMTP_PORT: '1',
  EMAIL_USER: 'hello',
  FACEBOOK_PAGE_ID: '104200000000042',
  INSTAGRAM_ID: '17841400000000042',
  TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000042',
  TWILIO_SMS_FROM: '+918045671234',
  EXOTEL_API_KEY: 'exotel-key',
};

describe('secrets', () => {
  let app: TestApp;
  let emulator: Emulator;
  let base: string;
  let admin: Caller;
  const folder = mkdtempSync(join(tmpdir(), 'parley-secrets-'));
  const file = join(folder, 'secrets.env');
  const log: string[] = [];
  const save = (values: Record<string, string>) =>
    writeFileSync(
      file,
      Object.entries(values)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );

  beforeAll(async () => {
    emulator = await startEmulator({
      clock: { now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z') },
    });
    const address = emulator.url;
    // The providers are there, and know none of these secrets: every call is refused.
    const env = {
      ...plain,
      PARLEY_SECRETS: file,
      WHATSAPP_API_URL: address,
      SLACK_API_URL: `${address}/api/`,
      FACEBOOK_API_URL: address,
      TELEGRAM_API_URL: address,
      TWILIO_API_URL: address,
    };
    save(planted);
    app = await testApp({
      decide: echo,
      env,
      log: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
      change: (config) => {
        const { accounts } = loadConfig({
          ...env,
          PARLEY_DATA: config.dataDir,
          PORT: '0',
          LOG_LEVEL: 'silent',
        });
        config.accounts = accounts;
      },
    });
    base = (await app.start())!;
    emulator.setTarget({ baseUrl: base });
    admin = await app.user('Anita Rao', 'administrator');
  });
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const leaked = (words: string) => Object.values(planted).filter((secret) => words.includes(secret));

  it('stand in no log, no answer, no error page and no record, whatever fails', async () => {
    const answers: string[] = [];
    const hit = async (path: string, init?: RequestInit) => {
      const answer = await fetch(base + path, init).catch((error) => error as Error);
      answers.push(
        answer instanceof Error
          ? answer.message
          : `${JSON.stringify([...answer.headers])} ${await answer.text()}`,
      );
    };
    const to: Record<string, string> = { email: 'asha@customer.example', slack: 'T0EMULATOR:U0CALLER' };
    for (const { channel, id: account } of app.config.accounts)
      await app.bus
        .command(
          deliverNotice,
          {
            channel,
            account,
            to: to[channel] ?? '919845012345',
            content: { kind: 'text', text: 'x' },
            purpose: 'utility',
          },
          { ...admin, actor: { kind: 'system', id: 'system', name: 'test' } as never },
        )
        .catch((error: Error) => void answers.push(error.message));
    await app.idle();
    for (const { channel, id } of app.config.accounts)
      for (const method of ['GET', 'POST'])
        for (const body of ['', '{', '{"object":"page","entry":[{}]}', '{"update_id":1,"message":{}}'])
          await hit(`/webhooks/${channel}/${id}?hub.mode=subscribe&hub.verify_token=guess`, {
            method,
            ...(method === 'POST' && { body, headers: { 'content-type': 'application/json' } }),
          });
    for (const path of [
      '/readyz',
      '/healthz',
      '/metrics',
      '/api/openapi.json',
      '/api/channels',
      '/nothing/here',
    ])
      await hit(path);
    const asked = [
      await app.bus.query(checkChannels, {}, admin),
      await app.bus.query(listChannels, {}, admin),
      await app.bus.query(listDeadLetters, {}, admin),
      await app.bus.query(listOutages, {}, admin),
      await app.bus.command(reloadChannels, {}, admin),
    ];
    const collections = await mongoose.connection.db!.collections();
    const stored = await Promise.all(
      collections.map(async (collection) => [collection.collectionName, await collection.find().toArray()]),
    );
    expect(leaked(answers.join('\n'))).toEqual([]);
    expect(leaked(JSON.stringify(asked))).toEqual([]);
    expect(leaked(JSON.stringify(stored))).toEqual([]);
    expect(leaked(log.join('\n'))).toEqual([]);
    // It was not for want of trying: the accounts are open, their sends were refused and said so.
    expect(answers.length).toBeGreaterThan(60);
    expect(log.join('\n')).toMatch(/could not be delivered/);
  });

  describe('are changed while the product runs', () => {
    const say = (secret: string, id: string) => {
      const body = JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [
          {
            id: '1',
            changes: [
              {
                field: 'messages',
                value: {
                  messaging_product: 'whatsapp',
                  metadata: { display_phone_number: '1', phone_number_id: plain.WHATSAPP_PHONE_NUMBER_ID },
                  contacts: [{ profile: { name: 'Asha' }, wa_id: '919845012399' }],
                  messages: [
                    { from: '919845012399', id, timestamp: '1773205200', type: 'text', text: { body: id } },
                  ],
                },
              },
            ],
          },
        ],
      });
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      return fetch(`${base}/webhooks/whatsapp/main`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
      });
    };
    const seen = () =>
      emulator.whatsapp
        .messages('919845012399')
        .filter(({ direction }) => direction === 'in')
        .map(({ text }) => text);
    const { whatsapp } = { whatsapp: { old: 'PLANTED-whatsapp-app', fresh: 'PLANTED-whatsapp-next' } };

    it('what comes in by the old and the new one, what goes out by the new one from the next message on', async () => {
      Object.assign(emulator.whatsapp.customer('919845012399'), { lastInboundAt: app.clock.now() });
      // Meta still signs with the old secret; the token is a new one.
      const token = emulator.accounts.whatsapp.accessToken;
      save({
        ...planted,
        WHATSAPP_ACCESS_TOKEN: token,
        WHATSAPP_APP_SECRET: `${whatsapp.fresh},${whatsapp.old}`,
      });
      const { changes } = await app.bus.command(reloadChannels, {}, admin);
      expect(changes).toEqual([{ channel: 'whatsapp', account: 'main', became: 'changed' }]);
      expect((await say(whatsapp.old, 'm1')).status).toBe(200);
      expect((await say(whatsapp.fresh, 'm2')).status).toBe(200);
      await app.idle();
      expect(seen()).toEqual(['1: m1', '2: m2']);
      save({ ...planted, WHATSAPP_ACCESS_TOKEN: token, WHATSAPP_APP_SECRET: whatsapp.fresh });
      await app.bus.command(reloadChannels, {}, admin);
      expect((await say(whatsapp.old, 'm3')).status).toBe(401);
      expect((await say(whatsapp.fresh, 'm4')).status).toBe(200);
      await app.idle();
      expect(seen()).toEqual(['1: m1', '2: m2', '3: m4']);
    });

    it('nothing is changed when what is set is wrong, and it says what is', async () => {
      const good = readFileSync(file, 'utf8');
      writeFileSync(file, `${good}PARLEY_ROLE=nobody\n`);
      await expect(app.bus.command(reloadChannels, {}, admin)).rejects.toMatchObject({
        code: 'input.invalid',
      });
      save({ ...planted, WHATSAPP_APP_SECRET: whatsapp.fresh });
      expect((await say(whatsapp.fresh, 'm5')).status).toBe(200);
    });
  });
});
