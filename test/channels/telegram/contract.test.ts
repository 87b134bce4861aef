import { expect } from '@jest/globals';
import { demoAccounts, startEmulator } from '../../../src/channels/emulator/index.ts';
import { problemWithKeyboard, problemWithText } from '../../../src/channels/emulator/telegram/limits.ts';
import { telegram } from '../../../src/channels/telegram/channel.ts';
import { settingsSchema } from '../../../src/channels/telegram/settings.ts';
import type { WebhookRequest } from '../../../src/core/define.ts';
import { channelContract, post } from '../contract/suite.ts';

const bot = demoAccounts.telegram;
const customer = 98450123;
const secrets = { current: 'the-current-word', next: 'the-next-word', wrong: 'nobodys-word' };
// core.telegram.org/bots/api#update
const message = (id: string, content: object) => ({
  update_id: numberOf(id),
  message: {
    message_id: 7,
    date: 1795428000,
    chat: { id: customer, type: 'private', first_name: 'Priya' },
    from: { id: customer, is_bot: false, first_name: 'Priya', last_name: 'Sharma' },
    ...content,
  },
});
const numberOf = (id: string): number =>
  [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1e12;
const request = (payload: unknown): WebhookRequest =>
  post('/webhooks/telegram/main', typeof payload === 'string' ? payload : JSON.stringify(payload), {
    'content-type': 'application/json',
  });

channelContract({
  name: 'telegram',
  secrets: [bot.token, secrets.current, secrets.next],
  async open(port) {
    const emulator = await startEmulator({ clock: port.clock });
    const settings = settingsSchema.parse({
      apiUrl: emulator.url,
      token: bot.token,
      secretTokens: [secrets.current, secrets.next],
    });
    emulator.telegram.person(customer, { firstName: 'Priya', started: true });
    return {
      account: await telegram.open({ id: 'main', settings }, port),
      sent: () =>
        emulator.telegram
          .taken()
          .filter(({ method }) => method.startsWith('send'))
          .map(({ args }) => args),
      fail: (how) => emulator.fail('telegram', how),
      close: () => emulator.close(),
    };
  },
  webhook: {
    path: '/webhooks/telegram/main',
    text: ({ id, text }) => request(message(id, { text })),
    unknown: (id) => request(message(id, { dice: { emoji: '🎲', value: 4 } })),
    // The token stands in a header and signs nothing: a changed body is caught by TLS, not here.
    sign: (r, { secret }) => ({
      ...r,
      headers: { ...r.headers, 'x-telegram-bot-api-secret-token': secrets[secret] },
    }),
    bodySigned: false,
    timestamped: false,
    malformed: [
      { title: 'no JSON', request: request('{"update_id":'), field: 'body' },
      { title: 'an update without id', request: request({ message: {} }), field: 'update_id' },
      {
        title: 'a message from nowhere',
        request: request({ update_id: 1, message: { message_id: 1, date: 1795428000, text: 'x' } }),
        field: 'message.chat',
      },
      {
        title: 'a time that is none',
        request: request(message('x', { date: 'yesterday', text: 'x' })),
        field: 'message.date',
      },
    ],
    bendable: [
      message('bent', { text: '/start diwali' }),
      message('bent', { photo: [{ file_id: 'A', file_size: 3 }], caption: 'look' }),
      message('bent', { contact: { phone_number: '919845012399', first_name: 'Priya', user_id: customer } }),
      message('bent', {
        venue: { location: { latitude: 1, longitude: 2 }, title: 'Office', address: 'MG Road' },
      }),
      {
        update_id: 5,
        callback_query: {
          id: '4',
          from: { id: customer, first_name: 'Priya' },
          data: 'yes',
          message: {
            message_id: 3,
            chat: { id: customer, type: 'private' },
            reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] },
          },
        },
      },
      {
        update_id: 6,
        my_chat_member: {
          chat: { id: customer, type: 'private' },
          from: { id: customer },
          date: 1795428000,
          new_chat_member: { status: 'kicked' },
        },
      },
    ].map((payload) => ({ payload, request })),
    maxBytes: 1024 * 1024,
  },
  send: { to: String(customer) },
  golden: {
    dir: new URL('./golden/', import.meta.url),
    limitsHold({ text, reply_markup, parse_mode }) {
      expect(problemWithText(text, parse_mode === 'HTML', 4096)).toBeUndefined();
      expect(problemWithKeyboard(reply_markup)).toBeUndefined();
    },
  },
  refusesPrivateMedia: true,
});
