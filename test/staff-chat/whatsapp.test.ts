/** Colleagues at work on WhatsApp and by SMS: the same grammar and rights as everywhere, by words and numbers. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../src/channels/emulator/index.ts';
import type { Caller } from '../../src/core/bus.ts';
import { contactTimeline } from '../../src/domain/contacts/contract.ts';
import { createLead, getLead } from '../../src/domain/leads/contract.ts';
import { updateRule } from '../../src/domain/notifications/contract.ts';
import {
  confirmLink,
  confirmTextLink,
  pendingLinks,
  startLink,
  textLink,
} from '../../src/domain/staff/contract.ts';
import { type TestApp, testApp } from '../support/app.ts';

const asha = '919845011111';
const mobile = '+919845022222';
type Colleague = Caller & { id: string };

describe('the CRM from WhatsApp and by SMS', () => {
  let app: TestApp;
  let emulator: Emulator;
  let caller: Colleague;
  let second: Colleague;
  let count = 0;

  beforeAll(async () => {
    emulator = await startEmulator({
      clock: { now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z') },
    });
    const { whatsapp, twilio } = emulator.accounts;
    const settings = {
      audience: 'staff',
      apiUrl: emulator.url,
      phoneNumberId: whatsapp.phoneNumberId,
      accessToken: whatsapp.accessToken,
      appSecrets: [whatsapp.appSecret],
      verifyToken: whatsapp.verifyToken,
      noticeTemplate: 'notice:en',
    };
    const texts = {
      audience: 'staff',
      driver: 'twilio',
      apiUrl: emulator.url,
      accountSid: twilio.accountSid,
      authTokens: [twilio.authToken],
      from: twilio.number,
    };
    app = await testApp({
      change: (config) =>
        void config.accounts.push(
          { id: 'main', channel: 'whatsapp', missing: [], settings },
          { id: 'main', channel: 'sms', missing: [], settings: texts },
        ),
    });
    const baseUrl = (await app.start())!;
    emulator.setTarget({ baseUrl, publicUrl: `http://127.0.0.1:0` });
    caller = await app.user('Asha', 'tele-caller');
    second = await app.user('Ravi', 'tele-caller');
  });
  beforeEach(() => app.clock.advance(600_000));
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
  });

  const got = () => emulator.whatsapp.messages(asha).filter(({ direction }) => direction === 'in');
  async function shown(act: () => Promise<unknown>): Promise<string> {
    const before = got().length;
    await act();
    await app.idle();
    return got()
      .slice(before)
      .map(({ text }) => text)
      .join('\n---\n');
  }
  const say = (text: string) => shown(() => emulator.whatsapp.say(asha, text));
  const press = (title: string) => shown(() => emulator.whatsapp.press(asha, title));
  const choices = () =>
    got()
      .at(-1)!
      .choices.map(({ title }) => title);
  async function lead(of: Caller = caller) {
    count++;
    const input = { name: `Customer ${count}`, phone: `98450 ${12340 + count}`, product: 'RSoft CRM' };
    const { lead: made } = await app.bus.command(createLead, input, of);
    await app.idle();
    return made!;
  }
  async function link(colleague: Colleague, how: (text: string) => Promise<unknown>) {
    const { code } = await app.bus.command(startLink, {}, colleague);
    await how(`link ${code}`);
    await app.idle();
    const { items } = await app.bus.query(pendingLinks, {}, colleague);
    await app.bus.command(confirmLink, { id: items[0]!.id }, colleague);
  }

  it('tells a stranger how to link, and makes no enquiry of what is said', async () => {
    expect(await say('today')).toContain('is not linked');
    await link(caller, say);
    expect(await say('today')).not.toContain('is not linked');
  });

  it('shows a lead with what can be done, and does it by one press [M6] [M31]', async () => {
    const { number, id } = await lead();
    expect(await say(`#${number}`)).toContain(`#${number} Customer`);
    expect(choices()).toContain('RNR');
    await press('RNR');
    expect((await app.bus.query(getLead, { leadId: id }, caller)).lastCallOutcome).toBe('rnr');
  });

  it('lists leads to open by one press, and takes a number for it', async () => {
    await lead();
    const { number } = await lead();
    expect(await say('find Customer')).toContain(`#${number} `);
    const at = choices().findIndex((title) => title.startsWith(`#${number} `));
    expect(at).toBeGreaterThanOrEqual(0);
    expect(await say(String(at + 1))).toContain(`#${number} `);
  });

  it('asks for what is missing, question by question', async () => {
    const { number, contactId } = await lead();
    expect(await say(`note #${number}`)).toContain('?');
    await say('wants the hotel module');
    const { items } = await app.bus.query(contactTimeline, { contactId }, caller);
    expect(JSON.stringify(items)).toContain('wants the hotel module');
  });

  it('links a mobile number by a code that comes to it, and tells by text message what a rule says', async () => {
    const admin = await app.user('Arun', 'administrator');
    const { to } = await app.bus.command(textLink, { phone: '98450 22222' }, second);
    expect(to).toBe(mobile);
    await app.idle();
    const texts = () => emulator.sms.seen(mobile).map(({ text }) => text);
    const [, code] = /^(\S+) links this number/.exec(texts()[0]!)!;
    expect(await app.bus.command(confirmTextLink, { code: 'AAAA-AAAA' }, second)).toEqual({ linked: false });
    // Nobody else's code.
    expect(await app.bus.command(confirmTextLink, { code: code! }, caller)).toEqual({ linked: false });
    expect(await app.bus.command(confirmTextLink, { code: code! }, second)).toEqual({ linked: true });
    // Not unless a rule says so: each one costs.
    await lead(second);
    expect(texts()).toHaveLength(1);
    await app.bus.command(updateRule, { key: 'lead-new', channels: { caller: ['app', 'sms'] } }, admin);
    const { name } = await lead(second);
    expect(texts().at(-1)).toContain(name);
  });

  it('does what a colleague says by text message', async () => {
    const before = emulator.sms.seen(mobile).length;
    await emulator.sms.say(mobile, 'today');
    await app.idle();
    expect(emulator.sms.seen(mobile)[before]!.text).toMatch(/#\d+/);
  });

  it('tells a colleague of a new lead, by the notice template when they have not written for a day [M40]', async () => {
    await app.clock.advance(25 * 3_600_000);
    await shown(() => lead(second).then(() => lead()));
    expect(emulator.whatsapp.taken().at(-1)).toMatchObject({
      type: 'template',
      template: { name: 'notice' },
    });
  });
});
