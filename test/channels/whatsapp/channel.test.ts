import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { demoAccounts, type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { whatsapp } from '../../../src/channels/whatsapp/channel.ts';
import { settingsSchema } from '../../../src/channels/whatsapp/settings.ts';
import type { ChannelAccount } from '../../../src/core/define.ts';
import type { Content } from '../../../src/core/messaging.ts';
import { type FakePort, fakePort } from '../contract/fake-port.ts';
import { webhookServer } from '../contract/webhook-server.ts';

const mine = demoAccounts.whatsapp;
const priya = '919876543210';

describe('WhatsApp Cloud API against the emulator', () => {
  let port: FakePort;
  let emulator: Emulator;
  let account: ChannelAccount;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    port = fakePort();
    emulator = await startEmulator({ clock: port.clock });
    const settings = settingsSchema.parse(credentials());
    account = await whatsapp.open({ id: 'main', settings }, port);
    const server = await webhookServer(() => account);
    emulator.setTarget({ baseUrl: server.url });
    emulator.whatsapp.customer(priya, { name: 'Priya' });
    stop = server.close;
  });
  afterEach(async () => {
    await stop();
    await emulator.close();
  });

  const credentials = () => ({
    apiUrl: emulator.url,
    phoneNumberId: mine.phoneNumberId,
    accessToken: mine.accessToken,
    appSecrets: [mine.appSecret],
    verifyToken: mine.verifyToken,
  });
  const send = (content: Content, more: object = {}) =>
    account.send({
      id: 'out-1',
      channel: 'whatsapp',
      account: 'main',
      to: priya,
      content,
      purpose: 'reply',
      ...more,
    });

  it('answers Meta’s handshake only for the right word', async () => {
    const ask = (token: string) =>
      account.webhook!({
        method: 'GET',
        url: '/',
        query: { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '1158201444' },
        headers: {},
        body: Buffer.alloc(0),
      });
    expect(await ask(mine.verifyToken)).toMatchObject({ status: 200, body: '1158201444' });
    expect(await ask('guess')).toMatchObject({ status: 403 });
  });

  it('knows the customer by number and by business-scoped id, and by name [M2]', async () => {
    await emulator.whatsapp.say(priya, 'Hello');
    expect(port.events[0]).toMatchObject({
      thread: priya,
      name: 'Priya',
      audience: 'customer',
      at: new Date('2026-11-23T09:00:00Z'),
      body: { kind: 'text', text: 'Hello' },
      from: [{ scheme: 'phone', value: `+${priya}` }, { scheme: 'wa_bsuid' }],
      meta: { source: 'whatsapp' },
    });
  });

  it('takes and answers a customer who shows no number', async () => {
    const customer = emulator.whatsapp.customer(priya, { showsNumber: false });
    await emulator.whatsapp.say(priya, 'Hello');
    const [event] = port.events;
    expect(event).toMatchObject({
      thread: customer.userId,
      from: [{ scheme: 'wa_bsuid', value: customer.userId }],
    });
    expect(await send({ kind: 'text', text: 'Hi' }, { to: event!.thread })).toMatchObject({ ok: true });
    expect(emulator.whatsapp.taken()[0]).toMatchObject({ recipient: customer.userId });
  });

  it('understands the press of a button and of a list row', async () => {
    await emulator.whatsapp.say(priya, 'Hi');
    await send({
      kind: 'text',
      text: 'A demo?',
      choices: [
        { label: 'Yes', value: 'demo:yes' },
        { label: 'No', value: 'demo:no' },
      ],
    });
    await emulator.whatsapp.press(priya, 'Yes');
    const result = await send({
      kind: 'text',
      text: 'Which?',
      choices: ['One', 'Two', 'Three', 'Four'].map((label) => ({ label, value: `v-${label}` })),
    });
    await emulator.whatsapp.press(priya, 'Three');
    expect(port.events.slice(1).map(({ body }) => body)).toEqual([
      { kind: 'press', value: 'demo:yes', label: 'Yes' },
      { kind: 'press', value: 'v-Three', label: 'Three' },
    ]);
    expect(result).toMatchObject({ choiceMap: { 1: 'v-One', four: 'v-Four' } });
  });

  it('reads files, places, contacts, template replies and advertisements', async () => {
    await emulator.whatsapp.file(
      priya,
      { mime: 'application/pdf', filename: 'plan.pdf', body: Buffer.from('%PDF') },
      'our plan',
    );
    await emulator.whatsapp.location(priya, 18.52, 73.85);
    await emulator.whatsapp.inject(
      priya,
      {
        type: 'contacts',
        contacts: [{ name: { formatted_name: 'Ravi' }, phones: [{ phone: '+91 98222 11111' }] }],
      },
      '',
    );
    await emulator.whatsapp.inject(
      priya,
      { type: 'button', button: { payload: 'confirm', text: 'Confirm' } },
      '',
    );
    await emulator.whatsapp.inject(
      priya,
      {
        type: 'text',
        text: { body: 'Hi' },
        referral: { source_url: 'https://fb.me/x', headline: 'Diwali offer', source_id: '12' },
      },
      '',
    );
    expect(port.events.map(({ body }) => body)).toEqual([
      {
        kind: 'media',
        media: [{ type: 'document', id: expect.any(String), mime: 'application/pdf', filename: 'plan.pdf' }],
        text: 'our plan',
      },
      { kind: 'location', latitude: 18.52, longitude: 73.85 },
      { kind: 'contact', contacts: [{ name: 'Ravi', phones: ['+91 98222 11111'], emails: [] }] },
      { kind: 'press', value: 'confirm', label: 'Confirm' },
      { kind: 'text', text: 'Hi' },
    ]);
    expect(port.events[4]!.meta).toMatchObject({
      source: 'whatsapp',
      medium: 'ad',
      campaign: 'Diwali offer',
    });
  });

  it('fetches a customer’s file with the account’s token', async () => {
    await emulator.whatsapp.file(priya, {
      mime: 'application/pdf',
      filename: 'plan.pdf',
      body: Buffer.from('%PDF-1.7'),
    });
    const body = port.events[0]!.body as unknown as {
      media: [{ type: 'document'; id: string; filename: string }];
    };
    expect(await account.media!(body.media[0])).toEqual({
      body: Buffer.from('%PDF-1.7'),
      mime: 'application/pdf',
      filename: 'plan.pdf',
    });
  });

  it('reads every change of a batch', async () => {
    await emulator.whatsapp.say(priya, 'one');
    const change = (id: string) => ({
      field: 'messages',
      value: {
        metadata: { phone_number_id: mine.phoneNumberId },
        messages: [{ id, from: priya, timestamp: '1795428000', type: 'text', text: { body: id } }],
      },
    });
    const body = Buffer.from(
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [
          { id: '1', changes: [change('a'), { field: 'account_update', value: {} }] },
          { id: '1', changes: [change('b')] },
        ],
      }),
    );
    const { createHmac } = await import('node:crypto');
    const headers = {
      'x-hub-signature-256': `sha256=${createHmac('sha256', mine.appSecret).update(body).digest('hex')}`,
    };
    await account.webhook!({ method: 'POST', url: '/', query: {}, headers, body });
    expect(port.events.map(({ id }) => id)).toEqual([expect.any(String), 'a', 'b']);
  });

  it('gets each status of a message back under our own reference', async () => {
    await emulator.whatsapp.say(priya, 'Hi');
    await send({ kind: 'text', text: 'Welcome' }, { id: 'outbox-42' });
    await emulator.waitFor(() => port.received.length === 2);
    await emulator.whatsapp.read(priya);
    expect(port.received.map(({ ref, status }) => `${ref} ${status}`)).toEqual([
      'outbox-42 sent',
      'outbox-42 delivered',
      'outbox-42 read',
    ]);
  });

  it('settles a lost answer by the receipt that follows', async () => {
    await emulator.whatsapp.say(priya, 'Hi');
    emulator.fail('whatsapp', 'timeoutAfterAccept');
    expect(await send({ kind: 'text', text: 'Welcome' }, { id: 'outbox-43' })).toMatchObject({
      ok: false,
      error: 'ambiguous',
    });
    await emulator.waitFor(() => port.received.length === 2);
    expect(port.received[0]).toMatchObject({
      ref: 'outbox-43',
      status: 'sent',
      providerId: expect.stringContaining('wamid'),
    });
  });

  it('sends the brochure, the location and a template when the window is closed [M7] [M12]', async () => {
    await emulator.whatsapp.say(priya, 'Hi');
    const brochure: Content = {
      kind: 'media',
      media: { type: 'document', id: 'brochure', filename: 'RSoft.pdf', mime: 'application/pdf' },
      caption: 'Our brochure',
    };
    expect(await send(brochure)).toMatchObject({ ok: true });
    expect(await send(brochure)).toMatchObject({ ok: true });
    expect(
      await send({ kind: 'location', latitude: 18.5, longitude: 73.8, name: 'RSoft', address: 'Pune' }),
    ).toMatchObject({ ok: true });
    const [first, second, place] = emulator.whatsapp.taken();
    expect(first).toMatchObject({
      type: 'document',
      document: { filename: 'RSoft.pdf', caption: 'Our brochure', id: expect.any(String) },
    });
    expect(second!.document.id).toBe(first!.document.id);
    expect(place).toMatchObject({ type: 'location', location: { latitude: 18.5, name: 'RSoft' } });

    await emulator.advance(25 * 3600_000);
    expect(await send({ kind: 'text', text: 'Still there?' })).toMatchObject({ ok: false, error: 'window' });
    const reminder: Content = {
      kind: 'template',
      template: 'appointment_today',
      locale: 'en',
      params: ['24 Nov 2026', '5:00 PM'],
      text: 'Your Appointment …',
    };
    expect(await send(reminder)).toMatchObject({ ok: false, error: 'template' });
    emulator.whatsapp.approve('appointment_today', 'en', 2);
    expect(await send(reminder)).toMatchObject({ ok: true });
  });

  it('sends a reminder by the notice template when the window is closed, and nothing else [M48] [M49]', async () => {
    const settings = settingsSchema.parse({ ...credentials(), noticeTemplate: 'notice:en' });
    account = await whatsapp.open({ id: 'main', settings }, port);
    const reminder: Content = {
      kind: 'text',
      text: 'Your Appointment with RSOFT\nON Date: 24 Nov and Time: 4 PM',
    };
    // Known beforehand, and told by Meta.
    for (const meta of [{ lastInboundAt: '2026-11-21T09:00:00Z' }, {}])
      expect(await send(reminder, { purpose: 'utility', meta })).toMatchObject({ ok: true });
    const template = {
      name: 'notice',
      language: { code: 'en' },
      components: [
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'Your Appointment with RSOFT · ON Date: 24 Nov and Time: 4 PM' },
          ],
        },
      ],
    };
    expect(emulator.whatsapp.taken()).toMatchObject([
      { type: 'template', template },
      { type: 'template', template },
    ]);
    expect(await send(reminder, { purpose: 'marketing' })).toMatchObject({ ok: false, error: 'window' });
    expect(await send(reminder, { purpose: 'reply' })).toMatchObject({ ok: false, error: 'window' });
  });

  it('knows that the window is closed without asking Meta', async () => {
    const meta = { lastInboundAt: '2026-11-22T08:59:00Z' };
    expect(await send({ kind: 'text', text: 'Still there?' }, { meta })).toMatchObject({
      ok: false,
      error: 'window',
    });
    expect(emulator.whatsapp.taken()).toEqual([]);
  });

  it('gets a message again that we could not store, once we can', async () => {
    port.failAccept();
    expect(await emulator.whatsapp.say(priya, 'Hello')).toMatchObject({ acknowledged: false, status: 500 });
    await emulator.advance(30_000);
    expect(port.events.map(({ body }) => body)).toEqual([{ kind: 'text', text: 'Hello' }]);
  });

  it('sends a one-time code by the approved authentication template, the code behind its button, whatever the window', async () => {
    const code = (settings: object) =>
      whatsapp.open({ id: 'main', settings: settingsSchema.parse({ ...credentials(), ...settings }) }, port);
    const { wabaId } = emulator.accounts.whatsapp;
    account = await code({ codeTemplate: 'one_time_code:en', businessAccountId: wabaId });
    const out = { purpose: 'auth' as const, meta: { code: '482913' } };
    const words: Content = { kind: 'text', text: '482913 is your code for the chat with RSoft.' };
    const stateOf = async () =>
      (await account.templates!.list()).find(({ name }) => name === 'one_time_code')!.state;

    expect(await stateOf()).toBe('missing');
    await account.templates!.request('codes');
    expect(await stateOf()).toBe('waiting');
    // Not approved yet, and nobody wrote: it cannot go.
    expect(await send(words, out)).toMatchObject({ ok: false, error: 'window' });
    emulator.whatsapp.approve('one_time_code', 'en', 1);
    expect(await stateOf()).toBe('approved');
    expect(await send(words, out)).toMatchObject({ ok: true });
    // developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates/auth-otp-template-messages
    const parameters = [{ type: 'text', text: '482913' }];
    expect(emulator.whatsapp.taken().at(-1)).toMatchObject({
      type: 'template',
      template: {
        name: 'one_time_code',
        language: { code: 'en' },
        components: [
          { type: 'body', parameters },
          { type: 'button', sub_type: 'url', index: '0', parameters },
        ],
      },
    });
    await expect(account.templates!.request('codes')).rejects.toThrow('already exists');
  });

  it('says whether the account works', async () => {
    expect(await account.health!()).toEqual({ ok: true, detail: 'RSoft (emulator) 15550783881' });
  });
});
