import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listEnquiries } from '../../../src/domain/enquiries/contract.ts';
import { createForm, type FormView, listForms, updateForm } from '../../../src/domain/forms/contract.ts';
import { type TestApp, testApp } from '../../support/app.ts';

const shop = 'https://shop.example';

describe('a form on a website [M3]', () => {
  let app: TestApp;
  let admin: Awaited<ReturnType<TestApp['user']>>;
  let form: FormView;
  beforeAll(async () => {
    app = await testApp();
    await app.start();
    admin = await app.user('Ada', 'administrator');
    await app.user('Kiran', 'tele-caller');
    ({ form } = await app.bus.command(createForm, { name: 'Contact page' }, admin));
    const changes = { allowedOrigins: [shop], consent: 'RSoft may call me.', campaign: 'spring' };
    ({ form } = await app.bus.command(updateForm, { formId: form.id, ...changes }, admin));
  }, 60_000);
  afterAll(() => app?.dispose());

  const fields = { name: 'Ravi Kumar', phone: '98450 10101', product: 'RSoft CRM', message: 'For 12 users' };
  const filled = (more: object = {}) => ({ id: randomUUID(), fields, consent: true, ...more });
  const send = async (body: object, headers: Record<string, string> = { origin: shop }) => {
    const answer = await app.server.inject({
      method: 'POST',
      url: `/forms/${form.key}`,
      headers,
      payload: body,
    });
    await app.idle();
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
  };
  const enquiries = async () => (await app.bus.query(listEnquiries, {}, admin)).items;
  const counts = async () => {
    const { taken, spam } = (await app.bus.query(listForms, {}, admin)).items[0]!;
    return { taken, spam };
  };

  it('becomes an enquiry with its words, its page and what was agreed to; sent again it is the same one [B2]', async () => {
    const body = filled({
      page: 'https://shop.example/prices?utm_source=Newsletter&utm_medium=mail',
      title: 'Prices',
    });
    expect(await send(body)).toMatchObject({
      status: 202,
      body: { thanks: 'Thank you. We will come back to you soon.' },
    });
    await send(body);
    const items = await enquiries();
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      name: 'Ravi Kumar',
      phone: '+919845010101',
      product: 'RSoft CRM',
      source: 'Newsletter',
      medium: 'mail',
      campaign: 'spring',
      verdict: 'new',
    });
    for (const words of [
      'For 12 users',
      'Contact page, on https://shop.example/prices',
      'RSoft may call me.',
    ])
      expect(items[0]!.note).toContain(words);
    expect(await counts()).toEqual({ taken: 1, spam: 0 });
  });

  it('says beside each field what is wrong with it', async () => {
    const { status, body } = await send(
      filled({ fields: { phone: 'call me', product: 'A rocket' }, consent: false }),
    );
    expect(status).toBe(400);
    const faults = body.error.details.fields.map(({ path }: { path: string }) => path);
    expect(faults).toEqual(['fields.name', 'fields.product', 'fields.consent']);
    const bad = await send(filled({ fields: { name: 'Ravi', phone: 'call me' } }));
    expect(bad.body.error.details.fields).toEqual([expect.objectContaining({ path: 'fields.phone' })]);
    expect((await send({ ...filled(), id: '1' })).status).toBe(400);
  });

  it('is taken from the sites that may show it, and says so to the others', async () => {
    expect((await send(filled(), { origin: 'https://evil.example' })).status).toBe(403);
    const shown = await app.server.inject({ url: `/forms/${form.key}`, headers: { origin: shop } });
    expect(shown.headers['access-control-allow-origin']).toBe(shop);
    // Nothing of where it goes.
    const told = ['button', 'colour', 'consent', 'fields', 'thanks', 'title'];
    expect(Object.keys(shown.json()).sort()).toEqual(told);
    expect((await app.server.inject({ url: '/forms/pk_unknown' })).statusCode).toBe(404);
    const page = await app.server.inject({ url: `/forms/${form.key}/page` });
    expect(page.body).toContain(`data-form="${form.key}"`);
  });

  it('thanks machines like people and keeps nothing of theirs; a flood is told to wait', async () => {
    const before = (await enquiries()).length;
    expect((await send(filled({ website: 'https://pills.example' }))).status).toBe(202);
    expect(await enquiries()).toHaveLength(before);
    expect((await counts()).spam).toBe(1);
    const flood = await Promise.all(
      Array.from({ length: 8 }, () =>
        app.server.inject({
          method: 'POST',
          url: `/forms/${form.key}`,
          remoteAddress: '203.0.113.9',
          headers: { origin: shop },
          payload: filled({ website: 'x' }),
        }),
      ),
    );
    expect(flood.filter(({ statusCode }) => statusCode === 429)).toHaveLength(2);
    expect(flood.find(({ statusCode }) => statusCode === 429)!.headers['retry-after']).toBeDefined();
  });

  it('loses its box again when its words are taken out', async () => {
    const changed = await app.bus.command(updateForm, { formId: form.id, consent: '' }, admin);
    expect(changed.form.consent).toBeUndefined();
    expect((await send(filled({ consent: false }))).status).toBe(202);
  });

  it('that is switched off is not there', async () => {
    await app.bus.command(updateForm, { formId: form.id, isOn: false }, admin);
    expect((await send(filled())).status).toBe(404);
  });
});
