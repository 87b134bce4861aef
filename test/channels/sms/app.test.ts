/** A customer's text messages in the whole product, by Twilio and by an SMSC, as they ship in config/channels.yaml. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { type Smsc, startSmsc } from '../../../src/channels/emulator/sms/smsc.ts';
import { loadConfig } from '../../../src/core/config.ts';
import {
  listConversations,
  listDeadLetters,
  listMessages,
  replyAsStaff,
  takeOver,
} from '../../../src/domain/conversations/contract.ts';
import { listLeads } from '../../../src/domain/leads/contract.ts';
import { checkChannels, testChannel, testedChannel } from '../../../src/domain/settings/contract.ts';
import { asSystem, type TestApp, testApp } from '../../support/app.ts';

const publicUrl = 'https://crm.example.com';
const priya = '+919845012399';

describe('a customer by text message', () => {
  let app: TestApp;
  let emulator: Emulator;
  let smsc: Smsc;
  let manager: Awaited<ReturnType<TestApp['user']>>;
  beforeAll(async () => {
    emulator = await startEmulator({
      clock: { now: () => app?.clock.now() ?? new Date('2026-03-11T05:00:00Z') },
    });
    smsc = await startSmsc({ password: 'pa55w0rd', receipts: true });
    app = await testApp({
      env: { PUBLIC_URL: publicUrl },
      change: (config) => {
        const { accounts } = loadConfig({
          ...emulator.environment(),
          SMPP_HOST: '127.0.0.1',
          SMPP_PORT: String(smsc.port),
          SMPP_SYSTEM_ID: 'parley',
          SMPP_PASSWORD: 'pa55w0rd',
          SMPP_SENDER: 'RSOFTT',
          PARLEY_DATA: config.dataDir,
          PARLEY_SECRET: config.secret,
        });
        config.accounts = accounts.filter(({ channel }) => channel === 'sms');
      },
    });
    emulator.setTarget({ baseUrl: (await app.start())!, publicUrl });
    manager = await app.user('Meera', 'manager');
  });
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
    await smsc?.close();
  });

  async function says(text: string, phone = priya): Promise<string[]> {
    const before = emulator.sms.seen(phone).length;
    expect(await emulator.sms.say(phone, text)).toMatchObject({ acknowledged: true });
    await app.idle();
    return emulator.sms
      .seen(phone)
      .slice(before)
      .map(({ text: said }) => said);
  }
  const talk = async (phone = priya) =>
    (await app.bus.query(listConversations, { search: phone.slice(1) }, manager)).items[0]!;

  const outgoing = async (conversationId: string) =>
    (await app.bus.query(listMessages, { conversationId }, manager)).items
      .filter(({ direction }) => direction === 'out')
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  async function until(is: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 60_000; !(await is()); ) {
      if (Date.now() > end) throw new Error('it did not happen in a minute');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('is answered, chooses by number, and is a lead known by the number they wrote from [M3] [M10]', async () => {
    const first = (await says('Hello')).join('\n');
    expect(first).toContain('RSoft');
    expect(first).toMatch(/1\. RSoft CRM/);
    await says('1');
    await says('My name is Priya Sharma');
    const { items } = await app.bus.query(listLeads, {}, manager);
    expect(items).toMatchObject([
      { phone: priya, product: 'RSoft CRM', name: 'Priya Sharma', source: 'SMS' },
    ]);
  });

  it('is written to in few segments: no sign that the GSM alphabet lacks, where it can be helped', () => {
    for (const { text, segments } of emulator.sms.seen(priya)) {
      expect(text).not.toMatch(/[’–…]/);
      expect(segments).toBeLessThanOrEqual(3);
    }
  });

  it('is delivered to, and the transcript says so; a telephone that is off is named as the reason', async () => {
    const { id: conversationId } = await talk();
    await emulator.waitFor(() => emulator.sms.seen(priya).every(({ status }) => status === 'delivered'));
    emulator.sms.switchOff(priya);
    await app.bus.command(takeOver, { conversationId }, manager);
    await app.bus.command(replyAsStaff, { conversationId, text: 'Shall I ring you?' }, manager);
    await app.idle();
    await emulator.waitFor(() => emulator.sms.seen(priya).at(-1)!.status === 'undelivered');
    await until(async () => !(await outgoing(conversationId)).some(({ status }) => status === 'sent'));
    const statuses = (await outgoing(conversationId)).map(({ status, error }) =>
      error ? `${status}: ${error}` : status,
    );
    expect(statuses.toSorted().at(-1)).toBe('failed: The telephone is off or out of reach.');
    expect(new Set(statuses.slice(0, -1).filter((one) => !one.startsWith('failed')))).toEqual(
      new Set(['delivered']),
    );
  });

  it('is left alone after STOP, within the same message, and welcome again after START [M133]', async () => {
    const ravi = '+919845012300';
    await says('Hello', ravi);
    await says('STOP', ravi);
    expect((await talk(ravi)).optedOut).toBe(true);
    // Twilio confirms a STOP itself and lets ours through no more: nothing that anybody has to look at.
    const { items } = await app.bus.query(listDeadLetters, {}, manager);
    expect(items.filter(({ thread }) => thread === ravi)).toEqual([]);
    expect(await says('what is the price?', ravi)).toEqual([]);
    expect((await says('START', ravi)).length).toBeGreaterThan(0);
    expect((await talk(ravi)).optedOut).toBe(false);
  });

  it('who told Twilio to stop is not written to any more here, and the proof stands there [M133]', async () => {
    const asha = '+919845012301';
    await says('Hello', asha);
    emulator.sms.stopElsewhere(asha);
    expect(await says('what does it cost?', asha)).toEqual([]);
    expect((await talk(asha)).optedOut).toBe(true);
  });

  describe('by an SMSC', () => {
    const to = (phone: string) => smsc.taken().filter((one) => `+${one.to}` === phone);
    async function writes(phone: string, text: string): Promise<void> {
      await smsc.say(phone, text);
      await app.idle();
    }

    it('is answered from the registered header, and every part is told to be delivered', async () => {
      const imran = '+919845012302';
      await writes(imran, 'Hello');
      expect(to(imran)[0]).toMatchObject({ from: 'RSOFTT', text: expect.stringContaining('1. RSoft CRM') });
      await writes(imran, '2');
      expect(to(imran).at(-1)!.text).not.toContain('1. RSoft CRM');
      const { id: conversationId } = await talk(imran);
      await until(async () => (await outgoing(conversationId)).every(({ status }) => status === 'delivered'));
    });

    it('says on the channels page whether the line is bound, and sends a test that can be looked at', async () => {
      const { items } = await app.bus.query(checkChannels, {}, asSystem);
      expect(items.find(({ account }) => account === 'smsc')).toMatchObject({
        ok: true,
        detail: `bound to 127.0.0.1:${smsc.port} as parley`,
      });
      const to = '+919845012305';
      const { testId } = await app.bus.command(
        testChannel,
        { channel: 'sms', account: 'smsc', to },
        asSystem,
      );
      await until(
        async () => (await app.bus.query(testedChannel, { testId }, asSystem)).status === 'delivered',
      );
    });

    it('loses nothing and says nothing twice while the SMSC is away for ten minutes; the order holds [B2]', async () => {
      const neha = '+919845012303';
      await writes(neha, 'Hello');
      const before = to(neha).length;
      // It lets nobody in any more.
      smsc.changePassword('closed');
      const { id: conversationId } = await talk(neha);
      await app.bus.command(takeOver, { conversationId }, manager);
      for (const text of ['one', 'two', 'three']) {
        await app.bus.command(replyAsStaff, { conversationId, text }, manager);
        await app.idle();
        app.clock.advance(200_000);
        await app.idle();
      }
      expect(to(neha)).toHaveLength(before);
      smsc.changePassword('pa55w0rd');
      await smsc.until(() => smsc.lines().length > 0, 'the line');
      for (let minute = 0; minute < 20 && to(neha).length < before + 3; minute++) {
        app.clock.advance(60_000);
        await app.idle();
      }
      expect(
        to(neha)
          .slice(before)
          .map(({ text }) => text),
      ).toEqual(['one', 'two', 'three']);
    });

    it('a message whose answer was lost waits for a person, goes out once, and is settled by its receipt', async () => {
      const arjun = '+919845012304';
      await writes(arjun, 'Hello');
      const { id: conversationId } = await talk(arjun);
      await app.bus.command(takeOver, { conversationId }, manager);
      smsc.fail('timeoutAfterAccept');
      await app.bus.command(replyAsStaff, { conversationId, text: 'Your demo is on Friday' }, manager);
      await app.idle();
      const last = () => to(arjun).at(-1)!;
      const letters = async () =>
        (await app.bus.query(listDeadLetters, {}, manager)).items.filter((one) =>
          JSON.stringify(one).includes('Friday'),
        );
      await until(async () => (await letters()).length === 1);
      app.clock.advance(3_600_000);
      await app.idle();
      expect(to(arjun).filter(({ text }) => text.includes('Friday'))).toHaveLength(1);
      await smsc.until(() => smsc.lines().length > 0, 'the line');
      await smsc.report(last().id);
      await until(async () => (await outgoing(conversationId)).at(-1)!.status === 'delivered');
      expect(await letters()).toEqual([]);
    });
  });
});
