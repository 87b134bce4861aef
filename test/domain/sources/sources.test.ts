/** Leads that others send: Google's forms and whoever signs; over HTTP, as the senders document it. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../src/core/bus.ts';
import { listConversations, takeOver } from '../../../src/domain/conversations/contract.ts';
import { listEnquiries } from '../../../src/domain/enquiries/contract.ts';
import { listLeads } from '../../../src/domain/leads/contract.ts';
import {
  createSource,
  getSource,
  listDeliveries,
  listSources,
  renewSecret,
  replayDelivery,
  testSource,
  updateSource,
  withdrawSecret,
} from '../../../src/domain/sources/contract.ts';
import { type TestApp, testApp } from '../../support/app.ts';

/** The scheme of standardwebhooks.com, written down here once more. */
function signed(secret: string, id: string, at: Date, body: string) {
  const seconds = Math.floor(at.getTime() / 1000);
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const hash = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${hash}`,
  };
}

describe('leads that others send', () => {
  let app: TestApp;
  let admin: Caller;
  beforeAll(async () => {
    app = await testApp({
      // WhatsApp is set up, so that whoever left a number is written to there.
      change: (config) => {
        config.accounts.push({ id: 'main', channel: 'whatsapp', settings: {}, missing: [] });
      },
    });
    await app.start();
    admin = await app.user('Anita Rao', 'administrator');
    await app.user('Priya Shah', 'tele-caller');
  });
  afterAll(() => app.dispose());

  const post = async (address: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await app.server.inject({
      method: 'POST',
      url: new URL(address).pathname,
      headers: { 'content-type': 'application/json', ...headers },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    });
    await app.idle();
    return { status: answer.statusCode, body: answer.json() };
  };
  const leads = async () => (await app.bus.query(listLeads, { limit: 50 }, admin)).items;
  const deliveries = async (sourceId: string) =>
    (await app.bus.query(listDeliveries, { sourceId }, admin)).items;

  describe('Google’s lead forms', () => {
    let address: string;
    let key: string;
    let id: string;
    beforeAll(async () => {
      const made = await app.bus.command(createSource, { name: 'Spring search ads', kind: 'google' }, admin);
      ({ address, id } = made.source);
      key = made.secret;
    });

    /** developers.google.com/google-ads/webhook/docs/implementation */
    const lead = (over: object = {}) => ({
      lead_id: 'TeSter-123-abc',
      user_column_data: [
        { column_name: 'Full Name', string_value: 'Asha Menon', column_id: 'FULL_NAME' },
        { column_name: 'User Email', string_value: 'asha@example.com', column_id: 'EMAIL' },
        { column_name: 'User Phone', string_value: '+919845077001', column_id: 'PHONE_NUMBER' },
        { column_name: 'How many users?', string_value: '25' },
      ],
      api_version: '1.0',
      form_id: 40000000000,
      campaign_id: 123456789,
      google_key: key,
      is_test: false,
      gcl_id: 'abc',
      ...over,
    });

    it('become leads with source, medium and campaign, and are written to on WhatsApp at once [M3] [M4] [M10]', async () => {
      expect(await post(address, lead())).toMatchObject({ status: 200, body: { accepted: 1 } });
      const [made] = await leads();
      expect(made).toMatchObject({ name: 'Asha Menon', phone: '+919845077001', source: 'Google' });
      const { items } = await app.bus.query(listEnquiries, {}, admin);
      expect(items[0]).toMatchObject({
        verdict: 'new',
        medium: 'lead form',
        campaign: 'Google campaign 123456789',
        note: 'How many users?: 25',
      });
      const [hello] = app.sent.filter(({ channel, to }) => channel === 'whatsapp' && to === '919845077001');
      expect(JSON.stringify(hello?.content)).toContain('RSoft');
      expect(made!.assigneeName ?? made!.assigneeId).toBeTruthy();
    });

    it('are one lead, however often Google sends it [B2]', async () => {
      const before = await leads();
      for (let n = 0; n < 3; n++)
        expect(await post(address, lead({ gcl_id: `again ${n}` }))).toMatchObject({ status: 200 });
      expect(await leads()).toHaveLength(before.length);
    });

    it('say what became of each in the console: the verdict and the lead [B4]', async () => {
      expect((await deliveries(id))[0]).toMatchObject({
        outcome: 'accepted',
        rows: [{ outcome: 'accepted', verdictLabel: 'New', lead: { number: expect.any(Number) } }],
      });
    });

    it('are recorded also while a colleague answers that person, who is not spoken over [M10]', async () => {
      const { items } = await app.bus.query(listConversations, { search: '9845077001' }, admin);
      await app.bus.command(takeOver, { conversationId: items[0]!.id }, admin);
      const before = app.sent.filter(({ to }) => to === '919845077001').length;
      await post(address, lead({ lead_id: 'second form' }));
      expect((await deliveries(id))[0]!.rows[0]).toMatchObject({ verdictLabel: 'Duplicate' });
      expect(app.sent.filter(({ to }) => to === '919845077001')).toHaveLength(before);
    });

    it('leave no lead when Google sends test data', async () => {
      const before = await leads();
      expect(await post(address, lead({ lead_id: 'a test', is_test: true }))).toMatchObject({ status: 200 });
      expect(await leads()).toHaveLength(before.length);
      expect((await deliveries(id))[0]).toMatchObject({ outcome: 'test', rows: [{ outcome: 'test' }] });
    });

    it('are refused with a wrong key, which the console tells, too', async () => {
      const answer = await post(address, lead({ lead_id: 'other', google_key: 'guessed' }));
      expect(answer).toMatchObject({ status: 401, body: { error: { code: 'auth.bad_signature' } } });
      const { items } = await app.bus.query(listSources, {}, admin);
      expect(items.find((one) => one.id === id)!.fault!.words).toContain('google_key');
    });
  });

  describe('a portal that signs', () => {
    let address: string;
    let secret: string;
    let id: string;
    let count = 0;
    beforeAll(async () => {
      const made = await app.bus.command(createSource, { name: 'TradePort', kind: 'api' }, admin);
      ({ address, id } = made.source);
      secret = made.secret;
    });
    const send = (body: unknown, how: { id?: string; at?: Date; secret?: string } = {}) => {
      const text = JSON.stringify(body);
      const name = how.id ?? `delivery-${++count}`;
      return post(address, text, signed(how.secret ?? secret, name, how.at ?? app.clock.now(), text));
    };

    it('gets an answer for each of several leads, and a clear word on each field that is wrong [M11]', async () => {
      const answer = await send({
        leads: [
          { id: 'p1', customer: { name: 'Ravi Iyer', mobile: '98450 77011' }, city: 'Pune' },
          { id: 'p2', customer: { name: 'No Number', mobile: '12' } },
          { id: 'p3', customer: { name: 'Nobody' } },
          { id: 'p1', customer: { name: 'Ravi Iyer', mobile: '98450 77011' } },
        ],
      });
      expect(answer.status).toBe(207);
      expect(answer.body).toMatchObject({ accepted: 1, repeated: 1, refused: 2 });
      expect(answer.body.results).toEqual([
        { row: 1, outcome: 'accepted' },
        {
          row: 2,
          outcome: 'refused',
          errors: [{ field: 'customer.mobile', message: '“12” is not a telephone number.' }],
        },
        {
          row: 3,
          outcome: 'refused',
          errors: [{ field: 'Phone', message: 'A phone or an e-mail is needed.' }],
        },
        { row: 4, outcome: 'repeated' },
      ]);
      const made = (await leads()).filter(({ source }) => source === 'TradePort');
      expect(made).toMatchObject([{ name: 'Ravi Iyer', phone: '+919845077011' }]);
    });

    it('gets the same answer when it sends the same again, and a refusal when the id names something else [B2]', async () => {
      const body = { name: 'Once Only', phone: '+919845077012' };
      const first = await send(body, { id: 'same' });
      expect(await send(body, { id: 'same' })).toEqual(first);
      expect(await send({ ...body, name: 'Other' }, { id: 'same' })).toMatchObject({
        status: 400,
        body: { error: { code: 'input.invalid' } },
      });
      expect((await leads()).filter(({ phone }) => phone === '+919845077012')).toHaveLength(1);
    });

    it.each([
      ['a signature over another body', { 'webhook-signature': 'v1,bm90IHRoZSBvbmU=' }, 'fits none'],
      ['no signature', { 'webhook-signature': '' }, 'missing'],
      ['no id', { 'webhook-id': '' }, 'webhook-id'],
      ['a time six minutes ago', { 'webhook-timestamp': '1773204800' }, 'five minutes'],
    ])('is refused with %s', async (_, over, words) => {
      const text = JSON.stringify({ name: 'Stranger', phone: '+919845077099' });
      const answer = await post(address, text, {
        ...signed(secret, 'strange', app.clock.now(), text),
        ...(over as unknown as Record<string, string>),
      });
      expect(answer.status).toBe(401);
      const { items } = await app.bus.query(listSources, {}, admin);
      expect(items.find((one) => one.id === id)!.fault!.words).toContain(words);
      expect((await leads()).filter(({ phone }) => phone === '+919845077099')).toEqual([]);
    });

    it('may sign with the old secret or the new one until the old one is withdrawn', async () => {
      const old = secret;
      const renewed = await app.bus.command(renewSecret, { sourceId: id }, admin);
      const body = (phone: string) => ({ name: 'Rotation', phone });
      expect((await send(body('+919845077021'), { secret: old })).status).toBe(200);
      expect((await send(body('+919845077022'), { secret: renewed.secret })).status).toBe(200);
      await app.bus.command(withdrawSecret, { sourceId: id }, admin);
      expect((await send(body('+919845077023'), { secret: old })).status).toBe(401);
      secret = renewed.secret;
      expect((await send(body('+919845077023'))).status).toBe(200);
    });

    it('has its fields read as the console says; what was refused is read again and becomes one lead [M13]', async () => {
      await app.bus.command(updateSource, { sourceId: id, mapping: [{ from: 'ring', to: null }] }, admin);
      const refused = await send({ who: 'Meena Pillai', ring: '98450 77031', wants: 'RSoft ERP', junk: 'x' });
      expect(refused.status).toBe(422);
      const { fields } = await app.bus.query(getSource, { sourceId: id }, admin);
      expect(fields.find(({ from }) => from === 'ring')).toMatchObject({ to: null, out: true });
      await app.bus.command(
        updateSource,
        {
          sourceId: id,
          mapping: [
            { from: 'who', to: 'name' },
            { from: 'ring', to: 'phone' },
            { from: 'wants', to: 'product' },
            { from: 'junk', to: null },
          ],
        },
        admin,
      );
      const [last] = await deliveries(id);
      for (let n = 0; n < 2; n++) {
        await app.bus.command(replayDelivery, { deliveryId: last!.id }, admin);
        await app.idle();
      }
      const made = (await leads()).filter(({ phone }) => phone === '+919845077031');
      expect(made).toMatchObject([{ name: 'Meena Pillai', product: 'RSoft ERP' }]);
      expect((await deliveries(id))[0]).toMatchObject({ outcome: 'accepted', rows: [{ verdict: 'new' }] });
    });

    it('knows people again: the second enquiry of an open lead is a duplicate, told with its evidence [M11]', async () => {
      await send({ name: 'Meena Pillai', phone: '98450 77031' });
      expect((await deliveries(id))[0]!.rows[0]).toMatchObject({ verdictLabel: 'Duplicate' });
    });

    it('leaves those whom nobody can write to for a colleague to ring, without a message that fails', async () => {
      await app.bus.command(updateSource, { sourceId: id, answers: false }, admin);
      const before = app.sent.length;
      await send({ name: 'Quiet One', phone: '+919845077041' });
      expect((await leads()).filter(({ phone }) => phone === '+919845077041')).toHaveLength(1);
      for (let day = 0; day < 4; day++) {
        app.clock.advance(24 * 3600_000);
        await app.idle();
      }
      const out = app.sent.slice(before);
      expect(out.filter(({ channel, to }) => channel === 'leads' || to === '919845077041')).toEqual([]);
    });

    it('can be tried without recording anything, and switched off', async () => {
      const before = (await leads()).length;
      const { delivery } = await app.bus.command(testSource, { sourceId: id }, admin);
      expect(delivery).toMatchObject({
        outcome: 'test',
        rows: [{ read: expect.arrayContaining([{ label: 'Name', value: 'Sample Lead' }]) }],
      });
      await app.bus.command(updateSource, { sourceId: id, isOn: false }, admin);
      expect((await send({ name: 'Off', phone: '+919845077051' })).status).toBe(404);
      expect(await leads()).toHaveLength(before);
    });

    it('shows its secret once: no list, no answer, no record holds it', async () => {
      const { default: mongoose } = await import('mongoose');
      const said = [
        await app.bus.query(listSources, {}, admin),
        await app.bus.query(getSource, { sourceId: id }, admin),
        ...(await Promise.all(
          ['lead_sources', 'audit', 'requests', 'events', 'lead_deliveries'].map((name) =>
            mongoose.connection.collection(name).find().toArray(),
          ),
        )),
      ];
      expect(JSON.stringify(said)).not.toContain(secret.slice('whsec_'.length));
    });
  });
});
