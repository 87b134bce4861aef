/** A customer's text messages in the whole product, by Twilio as it ships in config/channels.yaml. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/channels/emulator/index.ts';
import { loadConfig } from '../../../src/core/config.ts';
import {
  listConversations,
  listMessages,
  replyAsStaff,
  takeOver,
} from '../../../src/domain/conversations/contract.ts';
import { listLeads } from '../../../src/domain/leads/contract.ts';
import { type TestApp, testApp } from '../../support/app.ts';

const publicUrl = 'https://crm.example.com';
const priya = '+919845012399';

describe('a customer by text message', () => {
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
          PARLEY_DATA: config.dataDir,
          PARLEY_SECRET: config.secret,
        });
        config.accounts = accounts.filter(({ channel, id }) => channel === 'sms' && id === 'main');
      },
    });
    emulator.setTarget({ baseUrl: (await app.start())!, publicUrl });
    manager = await app.user('Meera', 'manager');
  });
  afterAll(async () => {
    await app?.dispose();
    await emulator?.close();
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
    const outgoing = async () =>
      (await app.bus.query(listMessages, { conversationId }, manager)).items.filter(
        ({ direction }) => direction === 'out',
      );
    for (
      const end = Date.now() + 60_000;
      (await outgoing()).some(({ status }) => status === 'sent') && Date.now() < end;
    )
      await new Promise((resolve) => setTimeout(resolve, 10));
    const statuses = (await outgoing()).map(({ status, error }) => (error ? `${status}: ${error}` : status));
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
});
