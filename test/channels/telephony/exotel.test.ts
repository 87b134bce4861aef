import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listCalls, missedCalls } from '../../../src/domain/activities/contract.ts';
import { findLeads } from '../../../src/domain/leads/contract.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import { updateUser } from '../../../src/domain/staff/contract.ts';
import { giveLine } from '../../../src/domain/telephony/contract.ts';
import { asSystem } from '../../support/app.ts';
import { exotelToken, incoming, type PhoneWorld, phoneWorld, signed } from './world.ts';

/** Fields and values after developer.exotel.com (status callback) and support.exotel.com (passthru applet). */
const passthru = (fields: Record<string, string>) => ({
  method: 'GET' as const,
  url: `/webhooks/telephony/exotel?${new URLSearchParams({ token: exotelToken, ...fields })}`,
});

describe('calls that Exotel reports', () => {
  let world: PhoneWorld;
  let priya: Awaited<ReturnType<PhoneWorld['app']['user']>>;
  beforeAll(async () => {
    world = await phoneWorld({ twilio: { forward: '' } });
    priya = await world.app.user('Priya Shah', 'tele-caller');
    await world.app.bus.command(giveLine, { line: '099000 11122', userId: priya.id }, asSystem);
  }, 60_000);
  afterAll(() => world.app.dispose());
  const callsWith = async (phone: string) => {
    const { items } = await world.app.bus.query(findLeads, { search: phone }, asSystem);
    const lead = items.find((one) => one.phone === phone);
    return lead ? (await world.app.bus.query(listCalls, { leadId: lead.id }, asSystem)).items : [];
  };
  const came = {
    CallSid: 'ex-1',
    CallFrom: '09845020001',
    CallTo: '08045671234',
    Direction: 'incoming',
    StartTime: '2026-03-11 10:20:00',
    EndTime: '1970-01-01 05:30:00',
  };

  it('a missed call that nobody can take is told to the manager [M30] [M40]', async () => {
    // Nobody takes leads: the only tele-caller is away.
    const manager = await world.app.user('Meera Iyer', 'manager');
    await world.app.bus.command(updateUser, { id: priya.id, absent: true }, asSystem);
    await world.exotel(
      passthru({ ...came, CallSid: 'ex-alone', CallFrom: '09845020777', CallType: 'incomplete' }),
    );
    await world.app.bus.command(updateUser, { id: priya.id, absent: false }, asSystem);
    const { items } = await world.app.bus.query(listNotifications, { limit: 50 }, manager);
    expect(items.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/\+919845020777.* rang, and nobody took the call\./),
    );
  });

  it('need the secret word of the address', async () => {
    const { url } = passthru({ ...came, CallType: 'completed' });
    for (const wrong of [url.replace(exotelToken, 'guess'), url.replace(/token=[^&]*&/, '')])
      expect((await world.exotel({ method: 'GET', url: wrong })).statusCode).toBe(401);
    expect(await callsWith('+919845020001')).toEqual([]);
  });

  it('a call that came in is the colleague’s who was dialled, at the time when it began [M30] [M35]', async () => {
    const report = passthru({
      ...came,
      CallType: 'completed',
      DialWhomNumber: '09900011122',
      DialCallDuration: '95',
    });
    for (let times = 0; times < 5; times++) {
      const answer = await world.exotel(report);
      expect([answer.statusCode, answer.body]).toEqual([200, 'OK']);
    }
    expect(await callsWith('+919845020001')).toMatchObject([
      {
        direction: 'in',
        outcome: 'answered',
        seconds: 95,
        by: 'Priya Shah',
        calledAt: '2026-03-11T04:50:00.000Z',
      },
    ]);
  });

  it.each([
    ['incomplete', '09845020002'],
    ['client-hangup', '09845020003'],
    ['voicemail', '09845020004'],
  ])('“%s” is a missed call [M31]', async (CallType, CallFrom) => {
    await world.exotel(passthru({ ...came, CallSid: `ex-${CallType}`, CallFrom, CallType }));
    const { items } = await world.app.bus.query(missedCalls, {}, asSystem);
    expect(items.filter(({ leadName }) => leadName === `+91${CallFrom.slice(1)}`)).toHaveLength(1);
  });

  it.each([
    ['a multipart form', { type: 'multipart/form-data; boundary=xyz', write: multipart }],
    [
      'a form',
      { type: 'application/x-www-form-urlencoded', write: (f: Fields) => new URLSearchParams(f).toString() },
    ],
  ])(
    'a call that was made is told as %s: the colleague first, the client second [M30] [M31]',
    async (kind, how) => {
      const client = kind === 'a form' ? '09845020001' : '09845020002';
      const fields = {
        CallSid: `out-${kind.length}`,
        EventType: 'terminal',
        Direction: 'outbound-api',
        Status: 'completed',
        From: '09900011122',
        To: client,
        ConversationDuration: '0',
        'Legs[0][Status]': 'completed',
        'Legs[1][Status]': 'busy',
      };
      const answer = await world.exotel({
        method: 'POST',
        url: `/webhooks/telephony/exotel?token=${exotelToken}`,
        headers: { 'content-type': how.type },
        payload: how.write(fields),
      });
      expect(answer.statusCode).toBe(200);
      expect((await callsWith(`+91${client.slice(1)}`))[0]).toMatchObject({
        direction: 'out',
        outcomeLabel: 'NUMBER BUSY',
        by: 'Priya Shah',
      });
    },
  );

  it('a call in which the colleague’s own telephone was not taken is no try with the client', async () => {
    const before = (await callsWith('+919845020001')).length;
    const fields = {
      CallSid: 'out-unrung',
      Direction: 'outbound-api',
      Status: 'no-answer',
      From: '09900011122',
      To: '09845020001',
      Legs: [{ Status: 'no-answer' }, { Status: '' }],
    };
    await world.exotel({
      method: 'POST',
      url: `/webhooks/telephony/exotel?token=${exotelToken}`,
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(fields),
    });
    expect(await callsWith('+919845020001')).toHaveLength(before);
  });

  it.each([
    ['JSON that is none', 'application/json', '{"CallSid":'],
    ['a form that is none', 'multipart/form-data; boundary=xyz', 'no boundary here'],
  ])('%s is refused in words', async (_, type, payload) => {
    const answer = await world.exotel({
      method: 'POST',
      url: `/webhooks/telephony/exotel?token=${exotelToken}`,
      headers: { 'content-type': type },
      payload,
    });
    expect([answer.statusCode, JSON.parse(answer.body).error.code]).toEqual([400, 'input.malformed']);
  });

  it('where nobody is to be rung, Twilio’s caller is told so, and waits on the list', async () => {
    const { body } = await world.app.server.inject(signed(incoming('CA1', { from: '+919845020009' }).rings));
    expect(body).toContain('<Say>Thank you for calling. We will ring you back shortly.</Say><Hangup/>');
    await world.app.idle();
    expect(await callsWith('+919845020009')).toMatchObject([{ outcome: 'missed', missed: 'open' }]);
  });
});

type Fields = Record<string, string>;
function multipart(fields: Fields): string {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--xyz\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--xyz--\r\n`;
}
