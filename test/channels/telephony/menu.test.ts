/** A caller who is answered by a flow: what Twilio is told, and what stands in the records afterwards. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { missedCalls } from '../../../src/domain/activities/contract.ts';
import { contactTimeline } from '../../../src/domain/contacts/contract.ts';
import {
  ledger,
  listConversations,
  listDeadLetters,
  listMessages,
  sendMessage,
} from '../../../src/domain/conversations/contract.ts';
import { listEnquiries } from '../../../src/domain/enquiries/contract.ts';
import { findLeads } from '../../../src/domain/leads/contract.ts';
import { asSystem } from '../../support/app.ts';
import { exotelToken, incoming, type Params, type PhoneWorld, phoneWorld, priyasLine } from './world.ts';

describe('the telephone menu', () => {
  let world: PhoneWorld;
  let count = 0;
  let ravi: string;
  beforeAll(async () => {
    world = await phoneWorld({
      twilio: { menu: 'telephone' },
      exotel: { menu: 'telephone', forward: [priyasLine] },
    });
  }, 60_000);
  beforeEach(() => {
    ravi = `+9198460${10_000 + ++count}`;
  });
  afterAll(() => world?.app.dispose());

  /** A call as Twilio leads it: each answer says where the next digits go. */
  function call() {
    const told = incoming(`CA-menu-${count}`, { from: ravi });
    const talking = { ...told.rings, CallStatus: 'in-progress' };
    let path = '';
    async function go(params: Params, to?: string): Promise<string> {
      const { statusCode, headers, body } = await world.twilio(params, to ? { path: to } : {});
      expect([statusCode, headers['content-type']]).toEqual([200, 'text/xml']);
      const action = /<(?:Gather|Record|Dial)[^>]* action="([^"]+)"/.exec(body)?.[1] ?? '';
      const url = action.replace(/&#38;/g, '&');
      if (url) path = new URL(url).pathname + new URL(url).search;
      return body;
    }
    return {
      told,
      rings: () => go(told.rings),
      press: (digits: string, to = path) => go({ ...talking, Digits: digits }, to),
      say: (words: string) => go({ ...talking, SpeechResult: words, Confidence: '0.9' }, path),
      silent: () => go(talking, path),
      dialEnds: (status: string, seconds = 0) => go(told.dialEnds(status, seconds), path),
      records: () =>
        go(
          {
            ...talking,
            RecordingUrl: 'https://api.twilio.com/r/RE1',
            RecordingSid: 'RE1',
            RecordingDuration: '12',
          },
          path,
        ),
      post: (params: Params) => go(params),
      path: () => path,
    };
  }
  const spokenIn = (twiml: string): string =>
    [...twiml.matchAll(/<Say[^>]*>([^<]*)<\/Say>/g)].map(([, text]) => text).join(' | ');
  const lead = async () =>
    (await world.app.bus.query(findLeads, { search: ravi }, asSystem)).items.find(
      ({ phone }) => phone === ravi,
    );
  const talk = async () =>
    (await world.app.bus.query(listConversations, { search: ravi.slice(1) }, asSystem)).items.filter(
      ({ channel }) => channel === 'telephony',
    );
  const missed = async () => {
    const { items } = await world.app.bus.query(missedCalls, { state: 'waiting', limit: 100 }, asSystem);
    const own = await lead();
    return items.filter(({ leadId }) => leadId === own?.id);
  };
  const counted = () => world.app.bus.query(ledger, {}, asSystem);

  it('greets, asks by digits, records the enquiry and puts the caller through: one lead, one conversation, one call [M3] [M30]', async () => {
    const phone = call();
    const menu = await phone.rings();
    expect(spokenIn(menu)).toMatch(
      /Welcome to RSoft\..*For a demo or prices, press 1\..*To speak to a person, press 0\./,
    );
    expect(menu).toContain('numDigits="1"');
    const products = await phone.press('1');
    expect(spokenIn(products)).toContain('For RSoft ERP, press 3.');
    const through = await phone.press('3');
    expect(spokenIn(through)).toContain('I am putting you through to a colleague.');
    expect(through).toContain(`>${priyasLine}</Number></Dial></Response>`);
    expect(await lead()).toMatchObject({ product: 'RSoft ERP', source: 'IVR', medium: 'telephone' });

    const { taken, legEnds, ends } = phone.told;
    await phone.post(taken);
    await phone.post(legEnds(40));
    expect(await phone.dialEnds('completed', 40)).toContain('<Hangup/>');
    await phone.post(ends(70));
    const items = (await world.app.bus.query(listEnquiries, { limit: 100 }, asSystem)).items;
    expect(items.filter((enquiry) => enquiry.phone === ravi)).toHaveLength(1);
    const talks = await talk();
    // A colleague has spoken with them: nobody waits in the inbox.
    expect(talks).toMatchObject([{ waitingForStaff: false }]);
    const said = await world.app.bus.query(listMessages, { conversationId: talks[0]!.id }, asSystem);
    const lines = said.items.map(({ direction, text }) => `${direction}: ${text.split('\n')[0]}`);
    expect(lines).toEqual(
      expect.arrayContaining(['out: Welcome to RSoft.', 'in: a demo or prices', 'in: RSoft ERP']),
    );
    const timeline = await world.app.bus.query(
      contactTimeline,
      { contactId: (await lead())!.contactId },
      asSystem,
    );
    expect(timeline.items.filter(({ kind }) => kind === 'call')).toHaveLength(1);
    expect(await missed()).toEqual([]);
  });

  it('each request three times over is one answer, one enquiry, the same words again [B2] [B8]', async () => {
    const before = await counted();
    const phone = call();
    const thrice = async (ask: () => Promise<string>): Promise<string> => {
      const answers = [await ask(), await ask(), await ask()];
      expect(new Set(answers).size).toBe(1);
      return answers[0]!;
    };
    await thrice(phone.rings);
    const at = phone.path();
    await thrice(() => phone.press('1', at));
    const then = phone.path();
    await thrice(() => phone.press('2', then));
    const [one] = await talk();
    const { items } = await world.app.bus.query(listMessages, { conversationId: one!.id }, asSystem);
    expect(items.filter(({ direction }) => direction === 'in')).toHaveLength(2);
    expect(items.filter(({ direction }) => direction === 'out').map(({ status }) => status)).toEqual([
      'sent',
      'sent',
      'sent',
    ]);
    expect(await lead()).toMatchObject({ product: 'RSoft Service Desk' });
    const after = await counted();
    expect(after).toMatchObject({ dead: before.dead, waiting: 0, difference: 0 });
  });

  it('0 is a person at once; nobody takes it: a message is left, and the call waits to be rung back [M30] [M32]', async () => {
    const phone = call();
    await phone.rings();
    expect(await phone.press('0')).toContain(`>${priyasLine}</Number></Dial>`);
    const mail = await phone.dialEnds('no-answer');
    expect(mail).toContain('<Record ');
    expect(spokenIn(mail)).toContain('Please leave a message after the tone');
    expect(spokenIn(await phone.records())).toContain('We have your message');
    await phone.post(phone.told.ends(60));
    expect(await missed()).toHaveLength(1);
    const [one] = await talk();
    expect(one).toMatchObject({ waitingForStaff: true });
    const { items } = await world.app.bus.query(listMessages, { conversationId: one!.id }, asSystem);
    expect(items.map(({ text }) => text)).toContain('[left a voice message, 12 s]');
  });

  it('says it again for the star and after a silence, and does not leave a silent caller alone', async () => {
    const phone = call();
    await phone.rings();
    expect(spokenIn(await phone.press('*'))).toMatch(/^Welcome to RSoft/);
    for (let times = 0; times < 2; times++)
      expect(spokenIn(await phone.silent())).toMatch(/^I did not hear anything\. \| Welcome to RSoft/);
    expect(await phone.silent()).toContain('</Number></Dial>');
  });

  it('understands what is said, and speaks Hindi where Hindi was chosen', async () => {
    const phone = call();
    await phone.rings();
    const hindi = await phone.press('4');
    expect(hindi).toContain('language="hi-IN"');
    expect(spokenIn(hindi)).toContain('डेमो या कीमत के लिए 1 दबाइए।');
    expect(spokenIn(await phone.press('1'))).toContain('किस उत्पाद के बारे में?');
    expect(spokenIn(await phone.say('ईआरपी'))).toContain('सहकर्मी');
  });

  it('a digit that stands for nothing is asked again', async () => {
    const phone = call();
    await phone.rings();
    const again = await phone.press('8');
    expect(again).toContain('<Gather ');
    expect(spokenIn(again)).toContain('press 1');
  });

  it('who hangs up in the middle is missed, and reminded of nothing', async () => {
    const phone = call();
    await phone.rings();
    await phone.press('1');
    await phone.post(phone.told.ends(20));
    expect(await missed()).toHaveLength(1);
    const before = await counted();
    for (let hour = 0; hour < 30; hour += 6) {
      world.app.clock.advance(6 * 3_600_000);
      await world.app.idle();
    }
    const after = await counted();
    expect(after).toMatchObject({ dead: before.dead, waiting: 0 });
    // Whatever comes late finds nobody on the line, and is nothing that anybody has to look at.
    expect(await phone.press('1')).toContain('<');
    const [one] = await talk();
    const text = 'Are you still there?';
    await world.app.bus.command(
      sendMessage,
      { conversationId: one!.id, content: { kind: 'text', text } },
      asSystem,
    );
    await world.app.idle();
    const letters = await world.app.bus.query(listDeadLetters, {}, asSystem);
    expect(letters.items.filter(({ thread }) => thread === one!.thread)).toEqual([]);
  });

  it('leads a call of Exotel’s applets: Gather asks, Passthru goes round or on, Connect is told whom to ring [M3]', async () => {
    const applet = (ivr: string, more: Params = {}) =>
      world.exotel({
        method: 'GET',
        url: `/webhooks/telephony/exotel?${new URLSearchParams({ token: exotelToken, ivr, CallSid: 'ex-menu', CallFrom: ravi.replace('+91', '0'), CallTo: '08045671234', Direction: 'incoming', ...more })}`,
      });
    const asked = async () => (await applet('ask')).json();
    expect(await asked()).toMatchObject({
      gather_prompt: { text: expect.stringMatching(/^Welcome to RSoft\..* For a demo or prices, press 1\./) },
      max_input_digits: 1,
      finish_on_key: '#',
    });
    expect(await asked()).toEqual(await asked());
    // The digits come between quotation marks; told twice they count once.
    for (let times = 0; times < 2; times++)
      expect((await applet('heard', { digits: '"1"' })).statusCode).toBe(200);
    expect((await asked()).gather_prompt.text).toContain('For RSoft ERP, press 3.');
    expect((await applet('heard', { digits: '"3"' })).statusCode).toBe(302);
    expect((await applet('whom')).body).toBe(priyasLine);
    expect(await lead()).toMatchObject({ product: 'RSoft ERP', source: 'IVR' });
    const [one] = await talk();
    const { items } = await world.app.bus.query(listMessages, { conversationId: one!.id }, asSystem);
    expect(items.filter(({ direction }) => direction === 'in').map(({ text }) => text)).toEqual([
      'a demo or prices',
      'RSoft ERP',
    ]);
  });

  it('at night it says when we open, rings nobody, and takes a message', async () => {
    // Eleven at night in Kolkata.
    const now = world.app.clock.now();
    const night = new Date(now);
    night.setUTCHours(17, 30, 0, 0);
    world.app.clock.advance((night.getTime() + 86_400_000 - now.getTime()) % 86_400_000);
    const mail = await call().rings();
    expect(spokenIn(mail)).toMatch(/closed just now and opens again .*9:30 AM/);
    expect(mail).toContain('<Record ');
    expect(mail).not.toContain('<Dial');
  });
});
