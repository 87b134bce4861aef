/** The played Cloud API keeps Meta's rules. Codes after developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. */

import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { demoAccounts, type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { fakeClock } from '../../../src/core/clock.ts';

const account = demoAccounts.whatsapp;
const priya = '919876543210';
type Hook = { body: any; signed: boolean };

describe('WhatsApp Cloud API, played', () => {
  let emulator: Emulator;
  let server: Server;
  let hooks: Hook[];
  let answerWith: number;

  beforeEach(async () => {
    hooks = [];
    answerWith = 200;
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const raw = Buffer.concat(chunks);
      const signature = `sha256=${createHmac('sha256', account.appSecret).update(raw).digest('hex')}`;
      hooks.push({
        body: JSON.parse(raw.toString()).entry[0].changes[0].value,
        signed: request.headers['x-hub-signature-256'] === signature,
      });
      response.writeHead(answerWith).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    emulator = await startEmulator({
      clock: fakeClock('2026-11-23T09:00:00Z'),
      target: { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
      autoStatuses: false,
    });
  });
  afterEach(async () => {
    await emulator.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const post = async (body: object, token = account.accessToken) => {
    const response = await fetch(`${emulator.url}/v23.0/${account.phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', to: priya, ...body }),
    });
    return { status: response.status, body: (await response.json()) as any };
  };
  const text = (body: string) => ({ type: 'text', text: { body } });
  const button = (title: string) => ({ type: 'reply', reply: { id: title, title } });
  const texts = () => hooks.map(({ body }) => body.messages[0].text.body);

  it('signs its webhooks and names the customer', async () => {
    emulator.whatsapp.customer(priya, { name: 'Priya' });
    await emulator.whatsapp.say(priya, 'Hello');
    expect(hooks).toMatchObject([
      {
        signed: true,
        body: {
          metadata: { phone_number_id: account.phoneNumberId },
          contacts: [{ wa_id: priya, profile: { name: 'Priya' } }],
          messages: [{ from: priya, type: 'text', timestamp: '1795424400' }],
        },
      },
    ]);
  });

  it('refuses a wrong token with 190', async () => {
    expect(await post(text('x'), 'wrong')).toMatchObject({ status: 401, body: { error: { code: 190 } } });
  });

  it.each([
    ['131047', 'free text to whom nobody wrote in 24 hours', text('x'), false],
    ['131009', 'a text of 4097 characters', text('x'.repeat(4097)), true],
    ['131008', 'an empty text', text(''), true],
    [
      '131009',
      'four buttons',
      {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'x' },
          action: { buttons: ['a', 'b', 'c', 'd'].map(button) },
        },
      },
      true,
    ],
    [
      '131009',
      'a button of 21 characters',
      {
        type: 'interactive',
        interactive: { type: 'button', body: { text: 'x' }, action: { buttons: [button('x'.repeat(21))] } },
      },
      true,
    ],
    [
      '131009',
      'eleven rows',
      {
        type: 'interactive',
        interactive: {
          type: 'list',
          body: { text: 'x' },
          action: {
            button: 'Choose',
            sections: [{ rows: Array.from({ length: 11 }, (_, n) => ({ id: `${n}`, title: `${n}` })) }],
          },
        },
      },
      true,
    ],
    ['131051', 'an unknown type', { type: 'hologram' }, true],
    [
      '132001',
      'a template that nobody approved',
      { type: 'template', template: { name: 'x', language: { code: 'en' } } },
      false,
    ],
  ])('refuses with %s %s', async (code, _, body, wrote) => {
    if (wrote) await emulator.whatsapp.say(priya, 'Hi');
    expect((await post(body)).body.error.code).toBe(Number(code));
    expect(emulator.whatsapp.taken()).toEqual([]);
  });

  it('closes the window 24 hours after the customer’s last message', async () => {
    await emulator.whatsapp.say(priya, 'Hi');
    await emulator.advance(24 * 3600_000);
    expect((await post(text('still open'))).status).toBe(200);
    await emulator.advance(1);
    expect((await post(text('closed'))).body.error.code).toBe(131047);
  });

  it('lets 45 messages to one customer pass at once, then one every 6 seconds', async () => {
    await emulator.whatsapp.say(priya, 'Hi');
    for (let n = 0; n < 45; n++) expect((await post(text(`${n}`))).status).toBe(200);
    expect((await post(text('too many'))).body.error.code).toBe(131056);
    await emulator.advance(6000);
    expect((await post(text('again'))).status).toBe(200);
    expect((await post(text('too many'))).body.error.code).toBe(131056);
  });

  it('wants as many parameters as the template has', async () => {
    emulator.whatsapp.approve('reminder', 'en', 2);
    const template = (count: number) => ({
      type: 'template',
      template: {
        name: 'reminder',
        language: { code: 'en' },
        components: [
          { type: 'body', parameters: Array.from({ length: count }, () => ({ type: 'text', text: 'x' })) },
        ],
      },
    });
    expect((await post(template(1))).body.error.code).toBe(132000);
    expect((await post(template(2))).status).toBe(200);
  });

  it('reports what became of a message, with the sender’s reference', async () => {
    await emulator.whatsapp.say(priya, 'Hi');
    const { body } = await post({ ...text('Welcome'), biz_opaque_callback_data: 'ref-1' });
    await emulator.whatsapp.read(priya);
    await emulator.whatsapp.failed(priya, body.messages[0].id, {
      code: 131026,
      title: 'Message undeliverable',
    });
    expect(hooks.slice(1).map((hook) => hook.body.statuses[0])).toMatchObject([
      { id: body.messages[0].id, status: 'read', biz_opaque_callback_data: 'ref-1' },
      { status: 'failed', errors: [{ code: 131026 }] },
    ]);
  });

  it('sends again what was not taken, later each time', async () => {
    answerWith = 500;
    expect(await emulator.whatsapp.say(priya, 'Hi')).toMatchObject({ acknowledged: false, status: 500 });
    await emulator.advance(29_000);
    expect(hooks).toHaveLength(1);
    await emulator.advance(1000);
    expect(hooks).toHaveLength(2);
    answerWith = 200;
    await emulator.advance(120_000);
    await emulator.advance(24 * 3600_000);
    expect(hooks).toHaveLength(3);
    expect(emulator.whatsapp.pending()).toBe(0);
  });

  it('doubles, swaps and loses webhooks when told to', async () => {
    emulator.fail('whatsapp', 'duplicate');
    await emulator.whatsapp.say(priya, 'twice');
    emulator.fail('whatsapp', 'reorder');
    await emulator.whatsapp.say(priya, 'first');
    await emulator.whatsapp.say(priya, 'second');
    emulator.fail('whatsapp', 'drop');
    await emulator.whatsapp.say(priya, 'lost');
    expect(texts()).toEqual(['twice', 'twice', 'second', 'first']);
    await emulator.advance(30_000);
    expect(texts().at(-1)).toBe('lost');
  });

  it('is played from outside by HTTP, too', async () => {
    const control = async (path: string, body?: object) => {
      const response = await fetch(
        `${emulator.url}/_control/${path}`,
        body
          ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
          : {},
      );
      return { status: response.status, body: (await response.json()) as any };
    };
    expect((await control('whatsapp/say', { args: [priya, 'Hello'] })).body.result).toMatchObject({
      acknowledged: true,
    });
    const { headers } = await fetch(`${emulator.url}/_control/state`);
    expect(headers.get('access-control-allow-origin')).toBe(emulator.target()!.baseUrl);
    const state = await control('state');
    expect(state.body.whatsapp[0]).toMatchObject({
      waId: priya,
      messages: [{ text: 'Hello', direction: 'out' }],
    });
    expect(state.body.slack.map(({ id }: { id: string }) => id)).toContain('U0CALLER');
    const change = control('changes?waitMs=5000');
    await control('whatsapp/say', { args: [priya, 'Again'] });
    expect((await change).body).toEqual({ changed: true });
    expect((await control('whatsapp/press', { args: [priya, 'Nothing'] })).status).toBe(409);
    expect((await control('whatsapp/close', { args: [] })).status).toBe(404);
    await control('fail', { provider: 'whatsapp', fault: 'rate' });
    expect((await post(text('x'))).status).toBe(429);
  });
});
