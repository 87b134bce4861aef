/** SMS by Twilio: the contract of every channel, signed and checked by Twilio's own library. */
import { expect } from '@jest/globals';
import twilioSdk from 'twilio';
import { demoAccounts, startEmulator } from '../../../src/channels/emulator/index.ts';
import { sms } from '../../../src/channels/sms/channel.ts';
import { settingsSchema } from '../../../src/channels/sms/settings.ts';
import type { WebhookRequest } from '../../../src/core/define.ts';
import { measure } from '../../../src/core/segments.ts';
import { call, channelContract, post } from '../contract/suite.ts';

const { accountSid, authToken, number } = demoAccounts.twilio;
const tokens = { current: authToken, next: 'the-next-auth-token', wrong: 'nobodys-token' };
const customer = '+919845012345';
const path = '/webhooks/sms/main';

const form = (fields: Record<string, string>, url = path): WebhookRequest =>
  post(url, new URLSearchParams(fields).toString(), { 'content-type': 'application/x-www-form-urlencoded' });
/** A form knows only text. */
const bent = (payload: unknown): WebhookRequest =>
  form(
    Object.fromEntries(
      Object.entries(payload as object).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
      ]),
    ),
  );
// twilio.com/docs/messaging/guides/webhook-request
const message = (id: string, more: Record<string, string>) => ({
  MessageSid: id,
  AccountSid: accountSid,
  From: customer,
  To: number,
  NumMedia: '0',
  NumSegments: '1',
  ApiVersion: '2010-04-01',
  ...more,
});
const signed = (request: WebhookRequest, token: string): WebhookRequest => ({
  ...request,
  headers: {
    ...request.headers,
    'x-twilio-signature': twilioSdk.getExpectedTwilioSignature(
      token,
      `https://crm.example.com${request.url}`,
      Object.fromEntries(new URLSearchParams(request.body.toString())),
    ),
  },
});

channelContract({
  name: 'sms',
  secrets: [authToken, tokens.next, Buffer.from(`${accountSid}:${authToken}`).toString('base64')],
  async open(port) {
    const emulator = await startEmulator({ clock: port.clock, autoStatuses: false });
    const settings = settingsSchema.parse({
      driver: 'twilio',
      apiUrl: emulator.url,
      accountSid,
      authTokens: [tokens.current, tokens.next],
      from: number,
    });
    return {
      account: await sms.open({ id: 'main', settings }, port),
      sent: () => emulator.sms.taken().map(({ To, Body }) => ({ to: To, text: Body })),
      fail: (how) => emulator.fail('twilio', how),
      close: () => emulator.close(),
    };
  },
  webhook: {
    path,
    text: ({ id, text }) => form(message(id, { Body: text })),
    unknown: (id) => form(message(id, { Body: '' })),
    sign: (request, { secret }) => signed(request, tokens[secret]),
    timestamped: false,
    malformed: [
      { title: 'no message', request: form({ From: customer, Body: 'x' }), field: 'MessageSid' },
      { title: 'a message from nobody', request: form({ MessageSid: 'SM1', Body: 'x' }), field: 'From' },
    ],
    bendable: [
      { payload: message('bent', { Body: 'Hello' }), request: bent },
      {
        payload: message('bent', {
          MediaUrl0: 'https://api.twilio.com/x',
          MediaContentType0: 'image/png',
          NumMedia: '1',
        }),
        request: bent,
      },
      {
        payload: message('bent', { MessageStatus: 'failed', ErrorCode: '30003' }),
        request: bent,
      },
    ],
    maxBytes: 256 * 1024,
  },
  receipts: {
    async deliver({ account }, statuses, outboxId) {
      for (const status of statuses)
        await call(
          account,
          signed(form(message('SM9', { MessageStatus: status }), `${path}?ref=${outboxId}`), tokens.current),
        );
    },
  },
  send: { to: customer },
  golden: {
    dir: new URL('./golden/', import.meta.url),
    limitsHold({ text }) {
      expect(text.length).toBeLessThanOrEqual(1600);
      expect(measure(text).segments).toBeLessThanOrEqual(10);
    },
  },
  refusesPrivateMedia: true,
});
