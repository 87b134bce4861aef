/** A customer on Telegram and the bot of the office, the Bot API being played; what is told of both sides follows Telegram's documentation. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { demoAccounts, type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { telegram } from '../../../src/channels/telegram/channel.ts';
import { settingsSchema } from '../../../src/channels/telegram/settings.ts';
import type { ChannelAccount } from '../../../src/core/define.ts';
import type { Content, Outbound } from '../../../src/core/messaging.ts';
import { type FakePort, fakePort } from '../contract/fake-port.ts';
import { webhookServer } from '../contract/webhook-server.ts';

const priya = 98450123;
const bot = demoAccounts.telegram;
const outbound = (content: Content, more: Partial<Outbound> = {}): Outbound => ({
  id: 'out-1',
  channel: 'telegram',
  account: 'main',
  to: String(priya),
  content,
  purpose: 'reply',
  ...more,
});

async function world(more: object = {}) {
  let account: ChannelAccount | undefined;
  const server = await webhookServer(() => account!);
  const port: FakePort = fakePort({ publicUrl: server.url });
  const emulator: Emulator = await startEmulator({ clock: port.clock });
  const settings = settingsSchema.parse({ apiUrl: emulator.url, token: bot.token, ...more });
  account = await telegram.open({ id: 'main', settings }, port);
  emulator.telegram.person(priya, { firstName: 'Priya', phone: '919845012399' });
  const open = account;
  return {
    account: open,
    port,
    emulator,
    chat: emulator.telegram,
    async close() {
      await open.stop?.();
      await server.close();
      await emulator.close();
    },
  };
}

describe('Telegram calls us', () => {
  let at: Awaited<ReturnType<typeof world>>;
  beforeEach(async () => {
    at = await world();
    await at.account.start!();
    Object.assign(at.chat.webhook(), { url: `${at.port.publicUrl}/webhooks/telegram/main` });
  });
  afterEach(() => at.close());

  it('tells Telegram where, with a word that nobody else knows', async () => {
    expect(at.chat.taken()[0]).toMatchObject({
      method: 'setWebhook',
      args: {
        url: `${at.port.publicUrl}/webhooks/telegram/main`,
        secret_token: expect.stringMatching(/^[\w-]{20,256}$/),
        allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
      },
    });
    expect(await at.account.health!()).toEqual({ ok: true, detail: '@rsoft_emulator_bot' });
  });

  it('takes what a customer writes, as theirs', async () => {
    await at.chat.say(priya, 'Hello');
    expect(at.port.events).toMatchObject([
      {
        channel: 'telegram',
        audience: 'customer',
        thread: String(priya),
        name: 'Priya',
        from: [{ scheme: 'telegram', value: String(priya) }],
        body: { kind: 'text', text: 'Hello' },
        meta: { source: 'telegram', medium: 'chat' },
      },
    ]);
  });

  it('knows which link opened the chat [M4]', async () => {
    await at.chat.say(priya, '/start diwali-poster');
    expect(at.port.events[0]).toMatchObject({
      body: { kind: 'text', text: 'Hello' },
      meta: { medium: 'link', campaign: 'diwali-poster' },
    });
  });

  it('takes the own number that a customer shares as theirs, and somebody else’s as words [M2]', async () => {
    await at.chat.shareContact(priya);
    await at.chat.inject(
      priya,
      { contact: { phone_number: '919999999999', first_name: 'Ravi', user_id: 5 } },
      'Ravi',
    );
    expect(at.port.events.map(({ from }) => from)).toEqual([
      [
        { scheme: 'telegram', value: String(priya) },
        { scheme: 'phone', value: '+919845012399' },
      ],
      [{ scheme: 'telegram', value: String(priya) }],
    ]);
  });

  it('answers a press at once and says what was pressed, be its value however long', async () => {
    const value = JSON.stringify({ product: 'x'.repeat(90) });
    await at.chat.say(priya, 'Hi');
    const choices = [
      { label: 'Cloud', value },
      { label: 'No', value: 'no' },
    ];
    expect(await at.account.send(outbound({ kind: 'text', text: 'Which?', choices }))).toMatchObject({
      ok: true,
      choiceMap: { '1': value, cloud: value, '2': 'no', no: 'no' },
    });
    await at.chat.press(priya, 'Cloud');
    expect(at.chat.answered()).toHaveLength(1);
    expect(at.port.events.at(-1)!.body).toEqual({ kind: 'press', value, label: 'Cloud' });
  });

  it('hears a corrected message as what the customer says now', async () => {
    await at.chat.say(priya, 'Tomorow');
    await at.chat.edit(priya, 'Tomorrow');
    expect(at.port.events.map(({ body }) => body)).toEqual([
      { kind: 'text', text: 'Tomorow' },
      { kind: 'text', text: 'Tomorrow' },
    ]);
    expect(at.port.events[1]!.meta).toMatchObject({ edited: true });
  });

  it('takes pictures and documents with their words, and fetches them', async () => {
    const plan = Buffer.from('%PDF-1.7 plan');
    await at.chat.file(priya, { mime: 'application/pdf', filename: 'plan.pdf', body: plan }, 'our plan');
    await at.chat.file(priya, { mime: 'image/jpeg', filename: 'shop.jpg', body: Buffer.from('jpeg') });
    const [document, picture] = at.port.events.map(({ body }) => body) as any[];
    expect(document).toMatchObject({
      kind: 'media',
      text: 'our plan',
      media: [{ type: 'document', filename: 'plan.pdf' }],
    });
    expect(picture.media[0].type).toBe('image');
    expect(await at.account.media!(document.media[0])).toEqual({
      body: plan,
      mime: 'application/pdf',
      filename: 'plan.pdf',
    });
  });

  it('refuses a file that is too large, of a kind that is not taken, or not there', async () => {
    await at.chat.file(priya, { mime: 'video/mp4', filename: 'a.mp4', body: Buffer.alloc(20_000_001) });
    await at.chat.file(priya, {
      mime: 'application/x-msdownload',
      filename: 'a.exe',
      body: Buffer.from('MZ'),
    });
    const refs = at.port.events.map(({ body }) => (body as any).media[0]);
    await expect(at.account.media!(refs[0])).rejects.toMatchObject({ code: 'input.too_large' });
    await expect(at.account.media!(refs[1])).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(at.account.media!({ type: 'image', id: 'gone' })).rejects.toMatchObject({
      code: 'record.not_found',
    });
  });

  it('hears nothing of what is said in a group', async () => {
    await at.chat.inject(priya, { chat: { id: -100, type: 'supergroup' }, text: 'hello all' }, 'hello all');
    expect(at.port.events).toEqual([]);
  });

  it('notes that a customer blocked the bot, and counts what is sent then as refused by them [M133]', async () => {
    await at.chat.say(priya, 'Hi');
    await at.chat.block(priya);
    expect(at.port.events.at(-1)!.body).toEqual({ kind: 'signal', name: 'blocked' });
    expect(await at.account.send(outbound({ kind: 'text', text: 'Offer!' }))).toMatchObject({
      ok: false,
      error: 'optout',
    });
  });

  it('cannot begin a talk with somebody who never wrote', async () => {
    const stranger = outbound({ kind: 'text', text: 'Hello' }, { to: '777' });
    expect(await at.account.send(stranger)).toMatchObject({ ok: false, error: 'recipient' });
    expect(await at.account.send(outbound({ kind: 'text', text: 'Hello' }))).toMatchObject({
      ok: false,
      error: 'recipient',
    });
  });

  it('sends files, ours once uploaded and known by Telegram’s name for them afterwards [M12]', async () => {
    await at.chat.say(priya, 'Hi');
    const brochure: Content = {
      kind: 'media',
      media: { type: 'document', id: 'brochure' },
      caption: 'Here it is',
    };
    for (let n = 0; n < 2; n++) expect(await at.account.send(outbound(brochure))).toMatchObject({ ok: true });
    const [first, second] = at.chat.seen(priya);
    expect(first).toMatchObject({
      text: 'Here it is',
      file: { filename: 'RSoft.pdf', body: Buffer.from('%PDF-brochure') },
    });
    expect(second!.file!.id).toBe(first!.file!.id);
    expect(second!.raw.document).toBe(first!.file!.id);
  });

  it('sends a place [M12]', async () => {
    await at.chat.say(priya, 'Where are you?');
    await at.account.send(
      outbound({ kind: 'location', latitude: 12.97, longitude: 77.59, name: 'RSoft', address: 'MG Road' }),
    );
    expect(at.chat.taken().at(-1)).toEqual({
      method: 'sendVenue',
      args: { chat_id: String(priya), latitude: 12.97, longitude: 77.59, title: 'RSoft', address: 'MG Road' },
    });
  });

  it('waits as long as Telegram says', async () => {
    await at.chat.say(priya, 'Hi');
    at.chat.pace(30);
    const send = () => at.account.send(outbound({ kind: 'text', text: 'x' }));
    for (let n = 0; n < 30; n++) expect(await send()).toMatchObject({ ok: true });
    expect(await send()).toMatchObject({ ok: false, error: 'rate', retryAfterMs: 1000 });
    at.port.clock.advance(1000);
    expect(await send()).toMatchObject({ ok: true });
  });

  it('says in words that Telegram calls somebody else, or does not know the token', async () => {
    at.chat.webhook().url = 'https://old.example.com/hook';
    expect(await at.account.health!()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('instead of'),
    });
    const settings = settingsSchema.parse({ apiUrl: at.emulator.url, token: '1:wrong' });
    const wrong = await telegram.open({ id: 'main', settings }, at.port);
    expect(await wrong.health!()).toMatchObject({ ok: false, detail: expect.stringContaining('@BotFather') });
  });
});

describe('we ask Telegram', () => {
  let at: Awaited<ReturnType<typeof world>>;
  beforeEach(async () => {
    at = await world({ polling: 'true', pollSeconds: 1 });
  });
  afterEach(() => at.close());

  it('takes what waited, in order, and confirms it only when it is stored', async () => {
    await at.chat.say(priya, 'first');
    await at.chat.say(priya, 'second');
    at.port.failAccept();
    await at.account.start!();
    await at.port.until(2);
    expect(at.port.events.map(({ body }) => (body as any).text)).toEqual(['first', 'second']);
    await at.emulator.waitFor(() => at.chat.pending() === 0, 'the confirmation');
    await at.chat.say(priya, 'third');
    await at.port.until(3);
    expect(await at.account.health!()).toMatchObject({
      ok: true,
      detail: '@rsoft_emulator_bot, polling: asks',
    });
  });

  it('goes on behind an update that is not as documented', async () => {
    await at.chat.inject(priya, { date: 'yesterday', text: 'odd' }, 'odd');
    await at.chat.say(priya, 'fine');
    await at.account.start!();
    await at.port.until(1);
    expect(at.port.events[0]!.body).toEqual({ kind: 'text', text: 'fine' });
  });

  it('stops at once, though Telegram holds the poll', async () => {
    await at.account.start!();
    await at.chat.say(priya, 'Hi');
    await at.port.until(1);
    await at.account.stop!();
    expect(at.port.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
