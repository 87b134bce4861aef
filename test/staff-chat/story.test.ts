/** A stranger writes on WhatsApp; a tele-caller works the lead from Slack, over Socket Mode. Both providers are played. */

import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../src/channels/emulator/index.ts';
import { loadConfig } from '../../src/core/config.ts';
import { listLeads } from '../../src/domain/leads/contract.ts';
import { confirmLink, pendingLinks, startLink } from '../../src/domain/staff/contract.ts';
import { type TestApp, testApp } from '../support/app.ts';

const priya = '919845012399';
const asha = 'U0CALLER';
const meera = 'U0MANAGER';

describe('from a customer’s phone to a tele-caller’s Slack', () => {
  let app: TestApp;
  let emulator: Emulator;
  let caller: Awaited<ReturnType<TestApp['user']>>;

  beforeAll(async () => {
    emulator = await startEmulator({
      clock: { now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z') },
    });
    app = await testApp({
      // The very settings that ship in config/channels.yaml, filled by the emulator's variables.
      change: (config) => {
        const { accounts } = loadConfig({
          ...emulator.environment({ socket: true }),
          PARLEY_DATA: config.dataDir,
          PARLEY_SECRET: config.secret,
        });
        config.accounts = accounts.filter(({ channel }) => channel === 'whatsapp' || channel === 'slack');
      },
    });
    emulator.setTarget({ baseUrl: (await app.start())! });
    await emulator.waitFor(() => emulator.slack.connections() === 1, 'the Socket Mode connection');
    const manager = await app.user('Meera', 'manager');
    caller = await app.user('Asha', 'tele-caller', { managerId: manager.id });
    await link(asha, caller);
    await link(meera, manager);
    emulator.whatsapp.customer(priya, { name: 'Priya' });
  });
  afterAll(async () => {
    await app?.dispose();
    await emulator.close();
  });

  async function link(chatUser: string, who: typeof caller): Promise<void> {
    const { code } = await app.bus.command(startLink, {}, who);
    await settled(() => emulator.slack.slash(chatUser, `link ${code}`));
    const { items } = await app.bus.query(pendingLinks, {}, who);
    await app.bus.command(confirmLink, { id: items[0]!.id }, who);
  }
  const settled = async (act: () => Promise<unknown>) => {
    await act();
    await app.idle();
  };
  const say = (text: string) => settled(() => emulator.whatsapp.say(priya, text));
  const phone = () => emulator.whatsapp.messages(priya).filter(({ direction }) => direction === 'in');

  it('answers the customer at once [M10] [M12]', async () => {
    await say('Hi, I am looking for a CRM');
    expect(phone().length).toBeGreaterThan(0);
    expect(phone().map(({ status }) => status)).not.toContain('failed');
  });

  it('makes a lead of the talk and tells the tele-caller in a direct message [M40]', async () => {
    for (const text of ['Priya Sharma', '98450 12399']) await say(text);
    const { items } = await app.bus.query(listLeads, {}, caller);
    expect(items).toMatchObject([
      {
        name: expect.stringContaining('Priya'),
        source: expect.stringMatching(/whatsapp/i),
        assigneeId: caller.id,
      },
    ]);
    const notice = emulator.slack
      .seen(asha)
      .find(({ ephemeral, text }) => !ephemeral && text.includes('Priya'));
    expect(notice!.buttons.map(({ text }) => text)).toContain('RNR');
  });

  it('is worked by a press on that message, which then shows how the lead stands [M6] [M31]', async () => {
    const { ts } = emulator.slack
      .seen(asha)
      .find(({ buttons }) => buttons.some(({ text }) => text === 'RNR'))!;
    await settled(() => emulator.slack.press(asha, 'RNR'));
    const now = emulator.slack.seen(asha).find((message) => message.ts === ts)!;
    expect(now).toMatchObject({ edited: true, text: expect.stringContaining('RNR logged') });
    expect((await app.bus.query(listLeads, {}, caller)).items[0]).toMatchObject({ lastCallOutcome: 'rnr' });
  });

  it('confirms the demo from Slack: customer, caller and manager get the agreed words once [M46]', async () => {
    await say('tomorrow 4 pm');
    const [yes] = phone().at(-1)!.choices;
    await settled(() => emulator.whatsapp.press(priya, yes!.title));
    await settled(() => emulator.slack.press(asha, 'Confirm demo'));
    const words = 'Thank you for confirming the demo with RSoft ON Date: Thu, 12 Mar 2026 and Time: 4:00 PM';
    const having = (texts: string[]) => texts.filter((text) => text.includes(words)).length;
    expect(having(phone().map(({ text }) => text))).toBe(1);
    expect(having(emulator.slack.seen(asha).map(({ text }) => text))).toBe(1);
    expect(having(emulator.slack.seen(meera).map(({ text }) => text))).toBe(1);
  });

  it('sends the brochure as a file [M12]', () => {
    expect(emulator.whatsapp.taken()).toContainEqual(
      expect.objectContaining({
        type: 'document',
        document: expect.objectContaining({ filename: expect.stringMatching(/brochure\.pdf$/) }),
      }),
    );
  });

  it('answers Meta’s handshake and refuses what is not signed, not readable or too large', async () => {
    const { verifyToken, appSecret, phoneNumberId } = emulator.accounts.whatsapp;
    const hook = `${emulator.target()!.baseUrl}/webhooks/whatsapp/main`;
    const handshake = await fetch(
      `${hook}?hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.challenge=1158201444`,
    );
    expect([handshake.status, await handshake.text()]).toEqual([200, '1158201444']);
    const post = async (body: string, secret: string) => {
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      const response = await fetch(hook, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
        body,
      });
      return { status: response.status, body: await response.text() };
    };
    const payload = (message: object) =>
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [
          {
            id: '1',
            changes: [
              {
                field: 'messages',
                value: { metadata: { phone_number_id: phoneNumberId }, messages: [message] },
              },
            ],
          },
        ],
      });
    expect(await post(payload({}), 'wrong')).toMatchObject({
      status: 401,
      body: expect.stringContaining('auth.bad_signature'),
    });
    expect(await post(payload({ type: 'text' }), appSecret)).toMatchObject({
      status: 400,
      body: expect.stringContaining('entry.0.changes.0.value.messages.0.id'),
    });
    expect(await post(payload({ text: 'x'.repeat(4_000_000) }), appSecret)).toMatchObject({ status: 413 });
  });

  it('sends the customer each answer once, whatever Meta repeats [B2]', async () => {
    const before = phone().length;
    emulator.fail('whatsapp', 'duplicate');
    await say('What is the price?');
    const answers = phone().slice(before);
    expect(answers.length).toBeGreaterThan(0);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(answers.length);
  });

  it('reminds at 7 A.M. and an hour before, though the window has closed meanwhile [M48] [M49]', async () => {
    const before = phone().length;
    const reminders = () =>
      phone()
        .slice(before)
        .filter(({ text }) =>
          text.includes('Your Appointment with RSOFT ON Date: Thu, 12 Mar 2026 and Time: 4:00 PM'),
        );
    app.clock.set('2026-03-12T01:29:59Z');
    await app.idle();
    expect(reminders()).toHaveLength(0);
    app.clock.set('2026-03-12T01:30:00Z');
    await app.idle();
    expect(reminders()).toHaveLength(1);
    // 3 P.M. in Kolkata: the customer last wrote more than 24 hours ago.
    app.clock.set('2026-03-12T09:30:00Z');
    await app.idle();
    expect(reminders()).toHaveLength(2);
    expect(emulator.whatsapp.taken().at(-1)).toMatchObject({
      type: 'template',
      template: { name: 'notice' },
    });
  });
});
