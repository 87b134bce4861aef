import { createHmac } from 'node:crypto';
import { expect } from '@jest/globals';
import { demoAccounts, startEmulator } from '../../../src/channels/emulator/index.ts';
import { whatsapp } from '../../../src/channels/whatsapp/channel.ts';
import { settingsSchema } from '../../../src/channels/whatsapp/settings.ts';
import type { WebhookRequest } from '../../../src/core/define.ts';
import { call, channelContract, post } from '../contract/suite.ts';

const account = demoAccounts.whatsapp;
const customer = '919876543210';
const nextSecret = 'the-next-app-secret';
const secrets = { current: account.appSecret, next: nextSecret, wrong: 'nobody-has-this-secret' };
const path = '/webhooks/whatsapp/main';

// Envelope after developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples.
const envelope = (value: object) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: account.wabaId,
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: account.displayNumber, phone_number_id: account.phoneNumberId },
            ...value,
          },
        },
      ],
    },
  ],
});
const message = (inner: object) =>
  envelope({
    contacts: [{ profile: { name: 'Priya' }, wa_id: customer }],
    messages: [{ from: customer, timestamp: '1795428000', ...inner }],
  });
const request = (payload: unknown): WebhookRequest =>
  post(path, typeof payload === 'string' ? payload : JSON.stringify(payload));
const signed = (r: WebhookRequest, secret: keyof typeof secrets = 'current'): WebhookRequest => ({
  ...r,
  headers: {
    ...r.headers,
    'x-hub-signature-256': `sha256=${createHmac('sha256', secrets[secret]).update(r.body).digest('hex')}`,
  },
});

channelContract({
  name: 'whatsapp',
  secrets: [account.accessToken, account.appSecret, nextSecret, account.verifyToken],
  async open(port) {
    const emulator = await startEmulator({ clock: port.clock, autoStatuses: false });
    const settings = settingsSchema.parse({
      apiUrl: emulator.url,
      phoneNumberId: account.phoneNumberId,
      accessToken: account.accessToken,
      appSecrets: [account.appSecret, nextSecret],
      verifyToken: account.verifyToken,
    });
    // The customer wrote a minute ago: the service window is open.
    emulator.whatsapp.customer(customer, { name: 'Priya' });
    Object.assign(emulator.whatsapp.customer(customer), { lastInboundAt: port.clock.now() });
    return {
      account: await whatsapp.open({ id: 'main', settings }, port),
      sent: () => emulator.whatsapp.taken(),
      fail: (how) => emulator.fail('whatsapp', how),
      close: () => emulator.close(),
    };
  },
  webhook: {
    path,
    text: ({ id, text }) => request(message({ id, type: 'text', text: { body: text } })),
    unknown: (id) => request(message({ id, type: 'hologram', hologram: {} })),
    sign: (r, { secret }) => signed(r, secret),
    timestamped: false,
    malformed: [
      { title: 'no JSON', request: request('{"object":'), field: 'body' },
      {
        title: 'a message without id',
        request: request(message({ type: 'text', text: { body: 'x' } })),
        field: 'entry.0.changes.0.value.messages.0.id',
      },
      {
        title: 'a time that is none',
        request: request(message({ id: 'x', timestamp: 'yesterday', type: 'text', text: { body: 'x' } })),
        field: 'entry.0.changes.0.value.messages.0.timestamp',
      },
      { title: 'another object', request: request({ object: 'page', entry: [] }), field: 'object' },
    ],
    bendable: [
      { type: 'text', text: { body: 'Hi' }, referral: { source_url: 'https://fb.me/1', headline: 'Offer' } },
      { type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: 'a', title: 'A' } } },
      { type: 'document', document: { id: '1', mime_type: 'application/pdf', filename: 'a.pdf' } },
      { type: 'contacts', contacts: [{ name: { formatted_name: 'R' }, phones: [{ phone: '1' }] }] },
    ].map((inner) => ({ payload: message({ id: 'bent', ...inner }), request })),
    maxBytes: 3 * 1024 * 1024,
  },
  receipts: {
    async deliver({ account: open }, statuses, outboxId) {
      for (const [n, status] of statuses.entries()) {
        const value = {
          statuses: [
            {
              id: 'wamid.OUT',
              status,
              timestamp: String(1795428000 + n),
              recipient_id: customer,
              biz_opaque_callback_data: outboxId,
            },
          ],
        };
        expect(await call(open, signed(request(envelope(value))))).toMatchObject({ status: 200 });
      }
    },
  },
  send: { to: customer },
  golden: {
    dir: new URL('./golden/', import.meta.url),
    // developers.facebook.com/docs/whatsapp/cloud-api/reference/messages: the emulator refuses what breaks these too.
    limitsHold(payload) {
      expect((payload.text?.body ?? '').length).toBeLessThanOrEqual(4096);
      expect((payload.interactive?.action?.buttons ?? []).length).toBeLessThanOrEqual(3);
      for (const { reply } of payload.interactive?.action?.buttons ?? [])
        expect(reply.title.length).toBeLessThanOrEqual(20);
      for (const { rows } of payload.interactive?.action?.sections ?? []) {
        expect(rows.length).toBeLessThanOrEqual(10);
        for (const { title, description = '' } of rows)
          expect([title.length <= 24, description.length <= 72]).toEqual([true, true]);
      }
    },
  },
  refusesPrivateMedia: true,
});
