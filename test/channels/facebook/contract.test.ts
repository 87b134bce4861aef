import { createHmac } from 'node:crypto';
import { expect } from '@jest/globals';
import { demoAccounts, startEmulator } from '../../../src/channels/emulator/index.ts';
import { facebook } from '../../../src/channels/facebook/channel.ts';
import { instagram } from '../../../src/channels/facebook/instagram.ts';
import { instagramSchema, settingsSchema } from '../../../src/channels/facebook/settings.ts';
import type { WebhookRequest } from '../../../src/core/define.ts';
import { call, channelContract, post } from '../contract/suite.ts';

const account = demoAccounts.facebook;
const person = '24680';
const nextSecret = 'the-next-app-secret';
const secrets = { current: account.appSecret, next: nextSecret, wrong: 'nobody-has-this-secret' };
const signed = (r: WebhookRequest, secret: keyof typeof secrets = 'current'): WebhookRequest => ({
  ...r,
  headers: {
    ...r.headers,
    'x-hub-signature-256': `sha256=${createHmac('sha256', secrets[secret]).update(r.body).digest('hex')}`,
  },
});

for (const side of ['facebook', 'instagram'] as const) {
  const entryId = side === 'facebook' ? account.pageId : account.instagramId;
  const path = `/webhooks/${side}/main`;
  // Envelope after developers.facebook.com/docs/messenger-platform/reference/webhook-events.
  const envelope = (content: object) => ({
    object: side === 'facebook' ? 'page' : 'instagram',
    entry: [{ id: entryId, time: 1795428000000, ...content }],
  });
  const messaging = (content: object) =>
    envelope({
      messaging: [
        { sender: { id: person }, recipient: { id: entryId }, timestamp: 1795428000000, ...content },
      ],
    });
  const request = (payload: unknown): WebhookRequest =>
    post(path, typeof payload === 'string' ? payload : JSON.stringify(payload));

  channelContract({
    name: side,
    secrets: [account.accessToken, account.appSecret, nextSecret, account.verifyToken],
    async open(port) {
      const emulator = await startEmulator({ clock: port.clock, autoStatuses: false });
      const given = {
        apiUrl: emulator.url,
        pageId: account.pageId,
        instagramId: account.instagramId,
        accessToken: account.accessToken,
        appSecrets: [account.appSecret, nextSecret],
        verifyToken: account.verifyToken,
      };
      // This person wrote a minute ago: the window is open.
      emulator.facebook.person(person, { lastInboundAt: port.clock.now() });
      return {
        account: await (side === 'facebook'
          ? facebook.open({ id: 'main', settings: settingsSchema.parse(given) }, port)
          : instagram.open({ id: 'main', settings: instagramSchema.parse(given) }, port)),
        sent: () => emulator.facebook.taken(),
        fail: (how) => emulator.fail('facebook', how),
        close: () => emulator.close(),
      };
    },
    webhook: {
      path,
      text: ({ id, text }) => request(messaging({ message: { mid: id, text } })),
      unknown: (id) => request(messaging({ message: { mid: id, hologram: {} } })),
      sign: (r, { secret }) => signed(r, secret),
      timestamped: false,
      malformed: [
        { title: 'no JSON', request: request('{"object":'), field: 'body' },
        {
          title: 'a message without id',
          request: request(messaging({ message: { text: 'x' } })),
          field: 'entry.0.messaging.0.message.mid',
        },
        {
          title: 'a time that is none',
          request: request(messaging({ timestamp: 'yesterday', message: { mid: 'x', text: 'x' } })),
          field: 'entry.0.messaging.0.timestamp',
        },
        { title: 'another object', request: request({ object: 'user', entry: [] }), field: 'object' },
        {
          title: 'another page',
          request: request({
            object: side === 'facebook' ? 'page' : 'instagram',
            entry: [{ id: '1', time: 1 }],
          }),
          field: 'entry.0.id',
        },
        side === 'facebook'
          ? {
              title: 'a comment without id',
              request: request(
                envelope({
                  changes: [{ field: 'feed', value: { item: 'comment', verb: 'add', created_time: 1 } }],
                }),
              ),
              field: 'entry.0.changes.0.value.comment_id',
            }
          : {
              title: 'a comment without id',
              request: request(envelope({ changes: [{ field: 'comments', value: { text: 'x' } }] })),
              field: 'entry.0.changes.0.value.id',
            },
      ],
      bendable: [
        { message: { mid: 'bent', text: 'Hi', referral: { ref: 'poster', source: 'SHORTLINK' } } },
        { message: { mid: 'bent', text: 'Yes', quick_reply: { payload: 'yes' } } },
        {
          message: {
            mid: 'bent',
            attachments: [{ type: 'image', payload: { url: 'https://cdn.fbsbx.com/a.png' } }],
          },
        },
        {
          message: {
            mid: 'bent',
            attachments: [{ type: 'location', payload: { coordinates: { lat: 1, long: 2 } } }],
          },
        },
        { postback: { mid: 'bent', title: 'Get started', payload: 'start' } },
        { delivery: { mids: ['m_1'], watermark: 1795428000000 } },
        { read: { watermark: 1795428000000 } },
        { reaction: { reaction: 'love', mid: 'm_1' } },
      ].map((inner) => ({ payload: messaging(inner), request })),
      maxBytes: 3 * 1024 * 1024,
    },
    receipts: {
      async deliver({ account: open }, statuses, outboxId) {
        const told = {
          sent: { message: { mid: 'm_OUT', is_echo: true, metadata: outboxId } },
          delivered: { delivery: { mids: ['m_OUT'], watermark: 1795428000000 } },
          read: { read: { mid: 'm_OUT' } },
          failed: {},
        };
        for (const status of statuses)
          expect(await call(open, signed(request(messaging(told[status]))))).toMatchObject({ status: 200 });
      },
    },
    send: { to: person },
    // The limits of Instagram are Messenger's but for the length of a text: one set of golden files shows them.
    ...(side === 'facebook' && {
      golden: {
        dir: new URL('./golden/', import.meta.url),
        limitsHold({ message }: any) {
          expect((message.text ?? '').length).toBeLessThanOrEqual(2000);
          expect((message.quick_replies ?? []).length).toBeLessThanOrEqual(13);
          for (const { title } of message.quick_replies ?? []) expect(title.length).toBeLessThanOrEqual(20);
        },
      },
    }),
    refusesPrivateMedia: true,
  });
}
