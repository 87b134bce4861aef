/**
 * One customer over channels: a comment on Facebook, the website's form, WhatsApp, a photo, a mail, a call, and STOP by SMS. One
 * contact, one timeline, and on each channel the consent that was given there. Meta, WhatsApp and Twilio are played.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../src/channels/emulator/index.ts';
import { loadConfig } from '../../src/core/config.ts';
import { contactTimeline } from '../../src/domain/contacts/contract.ts';
import { listConversations, replyAsStaff } from '../../src/domain/conversations/contract.ts';
import { listEnquiries } from '../../src/domain/enquiries/contract.ts';
import { listFiles } from '../../src/domain/files/contract.ts';
import { createForm } from '../../src/domain/forms/contract.ts';
import { listLeads } from '../../src/domain/leads/contract.ts';
import { type TestApp, testApp } from '../support/app.ts';

const publicUrl = 'https://crm.example.com';
const psid = '24680';
const phone = '+919845012399';
const waId = phone.slice(1);
const email = 'priya@shop.example';
const photo = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from('the counter of my shop'),
]);

describe('a customer who goes from channel to channel', () => {
  let app: TestApp;
  let emulator: Emulator;
  let manager: Awaited<ReturnType<TestApp['user']>>;
  beforeAll(async () => {
    emulator = await startEmulator({
      clock: { now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z') },
    });
    app = await testApp({
      env: { PUBLIC_URL: publicUrl },
      change: (config) => {
        const { accounts } = loadConfig({
          ...emulator.environment(),
          FACEBOOK_FORM_URL: 'https://rsoft.example/form',
          FACEBOOK_WHATSAPP_NUMBER: '+91 98450 00000',
          PARLEY_DATA: config.dataDir,
          PARLEY_SECRET: config.secret,
        });
        const wanted = ['facebook', 'whatsapp', 'sms', 'telephony'];
        config.accounts = accounts.filter(
          ({ channel, missing }) => wanted.includes(channel) && !missing.length,
        );
      },
    });
    emulator.setTarget({ baseUrl: (await app.start())!, publicUrl });
    manager = await app.user('Meera', 'manager');
    await app.user('Kiran', 'tele-caller');
    emulator.facebook.person(psid, { name: 'Priya Sharma' });
    emulator.whatsapp.approve('lead_form_hello', 'en', 2);
  }, 60_000);
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
  });

  const settled = async (act: () => Promise<unknown>) => {
    await act();
    await app.idle();
  };
  const talks = async () => (await app.bus.query(listConversations, { limit: 100 }, manager)).items;
  const talkOn = async (channel: string) => (await talks()).find((talk) => talk.channel === channel)!;
  const contactOf = async () => (await app.bus.query(listEnquiries, {}, manager)).items[0]!.contactId;
  /** Channel → whether they have opted out there. */
  const consent = async () =>
    Object.fromEntries((await talks()).map(({ channel, optedOut }) => [channel, optedOut]));

  it('comments on Facebook, answers in Messenger and says her number [M2] [M3]', async () => {
    await settled(() => emulator.facebook.comment(psid, 'price please'));
    for (const text of ['RSoft CRM', 'Priya Sharma', '98450 12399'])
      await settled(() => emulator.facebook.say(psid, text));
    expect((await talkOn('facebook')).contactId).toBe(await contactOf());
    expect(await consent()).toEqual({ facebook: false });
  });

  it('fills in the website’s form: the same person, written to on WhatsApp [M2]', async () => {
    const { form } = await app.bus.command(
      createForm,
      { name: 'Contact page' },
      await app.user('Ada', 'administrator'),
    );
    const filled = {
      id: randomUUID(),
      fields: { name: 'Priya Sharma', phone: '+91 98450 12399', email, product: 'RSoft CRM' },
    };
    await settled(async () => {
      const { statusCode } = await app.server.inject({
        method: 'POST',
        url: `/forms/${form.key}`,
        payload: filled,
      });
      expect(statusCode).toBe(202);
    });
    expect(emulator.whatsapp.taken().at(-1)).toMatchObject({ type: 'template', to: waId });
    expect((await app.bus.query(listLeads, {}, manager)).items).toHaveLength(1);
    expect(await consent()).toEqual({ facebook: false, whatsapp: false });
  });

  it('goes on on WhatsApp and sends a photo, which is in the same talk [M2]', async () => {
    await settled(() => emulator.whatsapp.say(waId, 'yes'));
    await settled(() => emulator.whatsapp.file(waId, { body: photo, mime: 'image/png' }, 'My shop'));
    const talk = await talkOn('whatsapp');
    expect(talk.contactId).toBe(await contactOf());
    const { items } = await app.bus.query(listFiles, { conversationId: talk.id }, manager);
    expect(items).toMatchObject([{ type: 'image', state: 'ready', bytes: photo.length }]);
  });

  it('writes a mail from the address she gave, and is known [M2] [M85]', async () => {
    const mail = {
      channel: 'email',
      account: 'main',
      thread: email,
      from: [{ scheme: 'email' as const, value: email }],
      name: 'Priya Sharma',
    };
    await app.say('Please find our needs in the photo I sent.', mail);
    expect((await talkOn('email')).contactId).toBe(await contactOf());
  });

  it('calls, and the call stands with the rest [M30] [M33]', async () => {
    await settled(() => emulator.telephone.ring(phone));
    await settled(() => emulator.telephone.hangUp(phone));
    const { items } = await app.bus.query(contactTimeline, { contactId: await contactOf() }, manager);
    expect(items.some(({ kind, channel }) => kind === 'call' || channel === 'telephony')).toBe(true);
    expect((await app.bus.query(listLeads, {}, manager)).items).toHaveLength(1);
  });

  it('says STOP by SMS: silence there within that very message, and the other channels as they were [M133]', async () => {
    const before = emulator.sms.seen(phone).length;
    await settled(() => emulator.sms.say(phone, 'STOP'));
    const sms = await talkOn('sms');
    expect(sms).toMatchObject({ optedOut: true, contactId: await contactOf() });
    expect(emulator.sms.seen(phone).length - before).toBeLessThanOrEqual(1);
    await expect(
      app.bus.command(replyAsStaff, { conversationId: sms.id, text: 'One more thing' }, manager),
    ).rejects.toMatchObject({ code: 'conversation.opted_out' });
    expect(await consent()).toMatchObject({ facebook: false, whatsapp: false, email: false, sms: true });
  });

  it('is one contact with one timeline over all of it [M1] [M2]', async () => {
    const contactId = await contactOf();
    const { items: enquiries } = await app.bus.query(listEnquiries, {}, manager);
    expect(new Set(enquiries.map((enquiry) => enquiry.contactId))).toEqual(new Set([contactId]));
    expect(new Set((await talks()).map((talk) => talk.contactId))).toEqual(new Set([contactId]));
    const { items } = await app.bus.query(contactTimeline, { contactId, limit: 100 }, manager);
    const channels = new Set(items.flatMap(({ channel }) => channel ?? []));
    for (const channel of ['facebook', 'whatsapp', 'email', 'sms']) expect(channels).toContain(channel);
    const told = items.map(({ title, text }) => `${title} ${text ?? ''}`).join('\n');
    for (const words of ['98450 12399', 'My shop', 'Please find our needs', 'STOP'])
      expect(told).toContain(words);
    const times = items.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
  });
});
