/** From a comment under a post to the talk on WhatsApp: a stranger becomes one customer; Meta and WhatsApp are played. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { loadConfig } from '../../../src/core/config.ts';
import { listConversations, listMessages } from '../../../src/domain/conversations/contract.ts';
import { listEnquiries } from '../../../src/domain/enquiries/contract.ts';
import { listLeads } from '../../../src/domain/leads/contract.ts';
import { type TestApp, testApp } from '../../support/app.ts';

const priya = '24680';
const phone = '919845012399';

describe('from Facebook to WhatsApp', () => {
  let app: TestApp;
  let emulator: Emulator;
  let manager: Awaited<ReturnType<TestApp['user']>>;
  beforeAll(async () => {
    emulator = await startEmulator({
      clock: { now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z') },
    });
    app = await testApp({
      // The very settings that ship in config/channels.yaml, filled by the emulator's variables.
      change: (config) => {
        const { accounts } = loadConfig({
          ...emulator.environment(),
          FACEBOOK_FORM_URL: 'https://rsoft.example/form',
          FACEBOOK_WHATSAPP_NUMBER: '+91 98450 00000',
          PARLEY_DATA: config.dataDir,
          PARLEY_SECRET: config.secret,
        });
        config.accounts = accounts.filter(({ channel }) =>
          ['facebook', 'instagram', 'whatsapp'].includes(channel),
        );
      },
    });
    emulator.setTarget({ baseUrl: (await app.start())! });
    manager = await app.user('Meera', 'manager');
    emulator.facebook.person(priya, { name: 'Priya Sharma' });
    emulator.whatsapp.approve('lead_form_hello', 'en', 2);
  });
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
  });

  const settled = async (act: () => Promise<unknown>) => {
    await act();
    await app.idle();
  };
  const seen = () => emulator.facebook.seen(priya).map(({ text }) => text);

  it('replies to a comment in private, once, with the form and the number [M3]', async () => {
    await settled(() => emulator.facebook.comment(priya, 'price please'));
    expect(seen()).toHaveLength(1);
    expect(seen()[0]).toContain('Hello Priya, thank you for your comment!');
    expect(seen()[0]).toContain('https://rsoft.example/form');
    expect(seen()[0]).toContain('https://wa.me/919845000000');
  });

  it('goes on in Messenger when the author answers, in the same conversation [M2]', async () => {
    await settled(() => emulator.facebook.say(priya, 'What does RSoft CRM cost?'));
    expect(seen().length).toBeGreaterThan(1);
    const { items } = await app.bus.query(listConversations, {}, manager);
    expect(items.filter(({ channel }) => channel === 'facebook')).toHaveLength(1);
    const { items: said } = await app.bus.query(listMessages, { conversationId: items[0]!.id }, manager);
    expect(said.map(({ text }) => text).join('\n')).toContain('What does RSoft CRM cost?');
  });

  it('makes a lead with where it came from [M4] [M10]', async () => {
    for (const text of ['Priya Sharma', '98450 12399'])
      await settled(() => emulator.facebook.say(priya, text));
    const { items } = await app.bus.query(listLeads, {}, manager);
    expect(items).toMatchObject([{ name: expect.stringContaining('Priya'), source: 'Facebook' }]);
    const enquiries = await app.bus.query(listEnquiries, {}, manager);
    expect(enquiries.items.map(({ source }) => source)).toEqual(['Facebook']);
  });

  it('writes to who fills in the page’s form on WhatsApp, and knows them as the same customer [M2] [M7]', async () => {
    await settled(() =>
      emulator.facebook.fillForm({
        full_name: 'Priya Sharma',
        phone_number: `+${phone}`,
        product: 'RSoft CRM',
      }),
    );
    expect(emulator.whatsapp.taken().at(-1)).toMatchObject({
      type: 'template',
      template: { name: 'lead_form_hello' },
    });
    const enquiries = await app.bus.query(listEnquiries, {}, manager);
    expect(enquiries.items).toHaveLength(2);
    expect(enquiries.items[0]).toMatchObject({ medium: 'lead ad', campaign: 'Spring campaign' });
    expect(new Set(enquiries.items.map(({ contactId }) => contactId)).size).toBe(1);
    const leads = await app.bus.query(listLeads, {}, manager);
    expect(leads.items).toHaveLength(1);
  });

  it('goes on on WhatsApp when they answer there [M3]', async () => {
    const before = emulator.whatsapp.messages(phone).length;
    await settled(() => emulator.whatsapp.say(phone, 'yes'));
    const answers = emulator.whatsapp
      .messages(phone)
      .slice(before)
      .filter(({ direction }) => direction === 'in');
    expect(answers.length).toBeGreaterThan(0);
  });

  it('takes a form whose webhook never came at the next look, once [B8]', async () => {
    await emulator.facebook.fillForm(
      { full_name: 'Ravi Kumar', phone_number: '+919845055555' },
      { told: false },
    );
    const account = app.accounts.get('facebook', 'main')!.account;
    for (let n = 0; n < 2; n++) {
      await account.stop!();
      await account.start!();
      await app.idle();
    }
    const { items } = await app.bus.query(listEnquiries, {}, manager);
    expect(items.filter(({ name }) => name === 'Ravi Kumar')).toHaveLength(1);
  });
});
