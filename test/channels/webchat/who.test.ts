/** A visitor sends files, shows who they are by a code, and goes on elsewhere: the whole app behind the widget's calls. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { loadConfig } from '../../../src/core/config.ts';
import { contactTimeline, getContact } from '../../../src/domain/contacts/contract.ts';
import {
  getConversation,
  listConversations,
  listMessages,
} from '../../../src/domain/conversations/contract.ts';
import { listFiles } from '../../../src/domain/files/contract.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';

const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from('a photo'),
]);
const ravi = '919845010101';

describe('a visitor of the web chat', () => {
  let app: TestApp;
  let emulator: Emulator;
  let manager: Awaited<ReturnType<TestApp['user']>>;
  beforeAll(async () => {
    emulator = await startEmulator({
      clock: { now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z') },
    });
    app = await testApp({
      change: (config) => {
        const { accounts } = loadConfig({
          ...emulator.environment(),
          PARLEY_DATA: config.dataDir,
          PARLEY_SECRET: config.secret,
        });
        config.accounts = accounts.filter(({ channel }) => ['webchat', 'whatsapp'].includes(channel));
        config.accounts.find(({ channel }) => channel === 'webchat')!.settings.whatsapp = '+919845000000';
      },
    });
    emulator.setTarget({ baseUrl: (await app.start())! });
    manager = await app.user('Meera', 'manager');
  }, 60_000);
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
  });

  const call = async (
    method: 'GET' | 'POST',
    url: string,
    token?: string,
    payload?: object | Buffer,
    type?: string,
  ) => {
    const answer = await app.server.inject({
      method,
      url,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...(type && { 'content-type': type }) },
      ...(payload && { payload }),
    });
    return { status: answer.statusCode, body: answer.body ? answer.json() : undefined };
  };
  const visitor = async (
    page = 'https://rsoft.example/pricing?utm_source=newsletter&utm_campaign=diwali',
  ): Promise<string> =>
    (
      await call('POST', '/webchat/sessions', undefined, {
        page,
        title: 'Prices – RSoft',
        referrer: 'https://www.google.com/',
      })
    ).body.token;
  let count = 0;
  const say = async (token: string, message: object) => {
    const answer = await call('POST', '/webchat/messages', token, {
      clientMessageId: `c${++count}`,
      ...message,
    });
    await app.idle();
    return answer;
  };
  const newest = async () =>
    (await app.bus.query(listConversations, { channel: 'webchat' }, asSystem)).items[0]!;
  const codeSeen = (phone: string): string =>
    emulator.whatsapp
      .messages(phone)
      .flatMap(({ text }) => /^(\d{6}) is your code/.exec(text)?.[1] ?? [])
      .at(-1)!;

  it('sends a photo, which a colleague sees; nobody else may name it in theirs', async () => {
    const token = await visitor();
    const { status, body } = await call('POST', '/webchat/files?filename=meter.png', token, png, 'image/png');
    expect(status).toBe(201);
    const stranger = await visitor();
    expect((await say(stranger, { files: [body.fileId] })).status).toBe(404);
    expect((await say(token, { text: 'This one', files: [body.fileId] })).status).toBe(202);
    const { id: conversationId } = await newest();
    const { items } = await app.bus.query(listFiles, { conversationId }, manager);
    expect(items).toMatchObject([{ filename: 'meter.png', type: 'image', state: 'ready', direction: 'in' }]);
    const seen = (await call('GET', '/webchat/messages', token)).body.items[0];
    expect(seen).toMatchObject({
      direction: 'in',
      text: 'This one',
      files: [{ type: 'image', filename: 'meter.png' }],
    });
    const own = new URL(seen.files[0].url);
    expect((await app.server.inject({ url: own.pathname })).rawPayload.equals(png)).toBe(true);
  });

  it('is told in words what is not taken', async () => {
    const token = await visitor();
    const program = await call(
      'POST',
      '/webchat/files?filename=setup.exe',
      token,
      Buffer.from('MZ program'),
      'application/octet-stream',
    );
    expect(program).toMatchObject({ status: 415, body: { error: { code: 'file.type' } } });
    expect((await call('POST', '/webchat/files?filename=a.png', undefined, png, 'image/png')).status).toBe(
      401,
    );
  });

  it('comes with where they came from and where they are', async () => {
    const token = await visitor();
    await say(token, { text: 'Hello', page: 'https://rsoft.example/contact', title: 'Contact' });
    const talk = await app.bus.query(getConversation, { conversationId: (await newest()).id }, manager);
    expect(talk.origin).toEqual({
      page: 'https://rsoft.example/pricing?utm_source=newsletter&utm_campaign=diwali',
      title: 'Prices – RSoft',
      referrer: 'https://www.google.com/',
      campaign: 'diwali',
      onPage: 'https://rsoft.example/contact',
      onTitle: 'Contact',
    });
  });

  it('shows by a code that a number is theirs: one contact with the talk on WhatsApp [M2]', async () => {
    await emulator.whatsapp.say(ravi, 'Hello, Ravi here');
    await app.idle();
    const [onWhatsapp] = (await app.bus.query(listConversations, { channel: 'whatsapp' }, asSystem)).items;
    const token = await visitor();
    await say(token, { text: 'Hello' });
    const before = await newest();
    expect(before.contactId).not.toBe(onWhatsapp!.contactId);

    const sent = await call('POST', '/webchat/identity', token, { phone: '98450 10101' });
    await app.idle();
    expect(sent).toEqual({
      status: 202,
      body: { to: '+91••••••0101', by: 'whatsapp' },
    });
    const code = codeSeen(ravi);
    const wrong = code === '000000' ? '111111' : '000000';
    expect(await call('POST', '/webchat/identity/code', token, { code: wrong })).toMatchObject({
      status: 400,
      body: { error: { code: 'identity.wrong_code', details: { left: 4 } } },
    });
    const proved = await call('POST', '/webchat/identity/code', token, { code });
    expect(proved.status).toBe(200);
    expect((await newest()).contactId).toBe(onWhatsapp!.contactId);
    const { items } = await app.bus.query(contactTimeline, { contactId: onWhatsapp!.contactId! }, manager);
    expect(items.map(({ channel }) => channel)).toEqual(expect.arrayContaining(['whatsapp', 'webchat']));
    expect(items.some(({ title }) => title === 'Proved by a one-time code: +919845010101')).toBe(true);
    // Good once.
    expect((await call('POST', '/webchat/identity/code', token, { code })).status).toBe(400);
  });

  it('guesses five times at most, asks for four codes an hour, and learns nobody’s number', async () => {
    const token = await visitor();
    const ask = () => call('POST', '/webchat/identity', token, { phone: '+91 98450 20202' });
    // WhatsApp carries it only to who wrote within 24 hours.
    await emulator.whatsapp.say('919845020202', 'Hi');
    await app.idle();
    await ask();
    await app.idle();
    const code = codeSeen('919845020202');
    for (let left = 4; left >= 0; left--)
      expect(
        (await call('POST', '/webchat/identity/code', token, { code: '12345' })).body.error.details.left,
      ).toBe(left);
    expect((await call('POST', '/webchat/identity/code', token, { code })).status).toBe(400);
    await ask();
    await ask();
    await ask();
    expect((await ask()).status).toBe(429);
    expect((await call('POST', '/webchat/identity', await visitor(), { phone: 'no number' })).status).toBe(
      400,
    );
  });

  it('goes on on WhatsApp with a code of theirs, and is not asked again what they have said [M2]', async () => {
    const token = await visitor();
    const phone = '919845030303';
    await say(token, { text: 'I want RSoft ERP for my shop' });
    const { body } = await call('POST', '/webchat/pass', token);
    expect(body.url).toMatch(/^https:\/\/wa\.me\/919845000000\?text=Continue%20/);
    const web = await newest();
    await emulator.whatsapp.say(phone, body.text);
    await app.idle();
    const [there] = (await app.bus.query(listConversations, { channel: 'whatsapp' }, asSystem)).items;
    const here = await app.bus.query(getConversation, { conversationId: web.id }, manager);
    expect(there!.contactId).toBeDefined();
    expect(here.contactId).toBe(there!.contactId);
    const contact = await app.bus.query(getContact, { contactId: there!.contactId! }, manager);
    expect(contact.phone).toBe('+919845030303');
    const answers = (await app.bus.query(listMessages, { conversationId: there!.id }, manager)).items.filter(
      ({ direction }) => direction === 'out',
    );
    expect(answers.map(({ text }) => text).join('\n')).not.toMatch(/what are you looking for/i);
    // Good once: somebody who saw it on the screen is nobody.
    await emulator.whatsapp.say('919845040404', body.text);
    await app.idle();
    const [other] = (await app.bus.query(listConversations, { channel: 'whatsapp' }, asSystem)).items;
    expect(other!.contactId).not.toBe(there!.contactId);
  });
});
