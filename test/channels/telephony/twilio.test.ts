import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import twilioSdk from 'twilio';
import { twilioSignature } from '../../../src/channels/phone/signature.ts';
import { listCalls, listFollowUps, missedCalls } from '../../../src/domain/activities/contract.ts';
import { ledger } from '../../../src/domain/conversations/contract.ts';
import { listEnquiries, recordEnquiry } from '../../../src/domain/enquiries/contract.ts';
import { findLeads, moveLead } from '../../../src/domain/leads/contract.ts';
import { listNotifications } from '../../../src/domain/notifications/contract.ts';
import { undoLast } from '../../../src/domain/staff/contract.ts';
import { giveLine } from '../../../src/domain/telephony/contract.ts';
import { settleWithheld, withheldCalls } from '../../../src/domain/telephony/contract-withheld.ts';
import { asSystem } from '../../support/app.ts';
import {
  authToken,
  hoarding,
  incoming,
  nextToken,
  type PhoneWorld,
  phoneWorld,
  priyasLine,
  publicUrl,
  signed,
} from './world.ts';

type Caller = Awaited<ReturnType<PhoneWorld['app']['user']>>;

const clockIn = (moment: Date): string =>
  DateTime.fromJSDate(moment, { zone: 'Asia/Kolkata' }).toFormat('h:mm a');

describe('calls that Twilio reports', () => {
  let world: PhoneWorld;
  let priya: Caller;
  /** Each test has a client of its own, and ids of its own. */
  let count = 0;
  let ravi: string;
  beforeAll(async () => {
    world = await phoneWorld();
    priya = await world.app.user('Priya Shah', 'tele-caller');
    await world.app.bus.command(giveLine, { line: priyasLine, userId: priya.id }, asSystem);
  }, 60_000);
  beforeEach(() => {
    ravi = `+9198450${10_000 + ++count}`;
  });
  afterAll(() => world.app.dispose());
  const sid = (name: string): string => `CA${count}-${name}`;
  const rings = (name = '1', more: { to?: string } = {}) => incoming(sid(name), { from: ravi, ...more });
  const leads = async () =>
    (await world.app.bus.query(findLeads, { search: ravi }, asSystem)).items.filter(
      ({ phone }) => phone === ravi,
    );
  const calls = async () => {
    const [lead] = await leads();
    return lead ? (await world.app.bus.query(listCalls, { leadId: lead.id }, asSystem)).items : [];
  };
  const enquiries = async () =>
    (await world.app.bus.query(listEnquiries, { limit: 100 }, asSystem)).items.filter(
      ({ phone }) => phone === ravi,
    );
  const ofLead = async <T extends { leadId: string }>(items: T[]): Promise<T[]> => {
    const [lead] = await leads();
    return items.filter(({ leadId }) => leadId === lead?.id);
  };
  const missed = async (state: 'waiting' | 'rungBack' = 'waiting') =>
    ofLead((await world.app.bus.query(missedCalls, { state, limit: 100 }, priya)).items);
  const planned = async () => ofLead((await world.app.bus.query(listFollowUps, { limit: 200 }, priya)).items);
  const counted = () => world.app.bus.query(ledger, {}, asSystem);
  /** So many minutes after now, as an answer gives it. */
  const minutesOn = (minutes: number): string =>
    new Date(world.app.clock.now().getTime() + minutes * 60_000).toISOString();

  it('are signed as Twilio’s own library expects; what is not is refused and leaves nothing', async () => {
    const params = { CallSid: 'CA1', From: ravi, 'Weird Name': 'a&b=c ü', CallStatus: 'ringing' };
    const address = `${publicUrl}/webhooks/telephony/main?x=1`;
    expect(
      twilioSdk.validateRequest(
        authToken,
        twilioSignature(authToken, address, Object.entries(params)),
        address,
        params,
      ),
    ).toBe(true);

    const first = rings().rings;
    const before = await counted();
    const good = signed(first);
    const tampered = { ...good, payload: good.payload.replace(ravi.slice(1), '919845099999') };
    const unsigned = { ...good, headers: { 'content-type': good.headers['content-type'] } };
    for (const request of [tampered, unsigned, signed(first, { token: 'somebody-else' })])
      expect((await world.app.server.inject(request)).statusCode).toBe(401);
    await world.app.idle();
    expect((await counted()).inbound).toBe(before.inbound);
    // While the token is being changed, Twilio may sign with either.
    expect((await world.twilio(first, { token: nextToken })).statusCode).toBe(200);
    expect((await counted()).inbound).toBe(before.inbound + 1);
  });

  it('a stranger’s call rings the colleagues, is taken, and becomes a new lead with the call on it [M30] [M33] [M35]', async () => {
    const call = rings('1');
    const twiml = await world.twilio(call.rings);
    expect(twiml.headers['content-type']).toContain('text/xml');
    expect(twiml.body).toContain(`>${priyasLine}</Number></Dial></Response>`);
    expect(twiml.body).toContain('action="https://crm.example.com/webhooks/telephony/main"');
    await world.twilio(call.taken);
    expect(await calls()).toEqual([]);
    await world.twilio(call.legEnds(125));
    await world.twilio(call.dialEnds('completed', 125));
    await world.twilio(call.ends(131));

    expect(await enquiries()).toMatchObject([
      { verdict: 'new', source: 'IVR', medium: 'telephone', phone: ravi },
    ]);
    const [lead] = await leads();
    // An answered call is an attempt that reached the client.
    expect(lead).toMatchObject({ phone: ravi, stageLabel: 'FOLLOW-UP', assigneeId: priya.id });
    expect(await calls()).toEqual([
      expect.objectContaining({
        leadId: lead!.id,
        direction: 'in',
        outcomeLabel: 'Answered',
        seconds: 125,
        by: 'Priya Shah',
        automatic: true,
      }),
    ]);
    expect(await missed()).toEqual([]);
  });

  it('each report five times and in the wrong order is one enquiry, one lead, one call [B2] [B8]', async () => {
    const call = rings('1');
    const before = await counted();
    const reports = [call.rings, call.taken, call.legEnds(60), call.dialEnds('completed', 60), call.ends(66)];
    for (const report of reports.toReversed())
      for (let times = 0; times < 5; times++) expect((await world.twilio(report)).statusCode).toBe(200);
    expect(await enquiries()).toHaveLength(1);
    expect(await leads()).toHaveLength(1);
    expect(await calls()).toMatchObject([{ outcome: 'answered', seconds: 60, by: 'Priya Shah' }]);
    expect((await calls())[0]).not.toHaveProperty('missed');
    expect(await counted()).toMatchObject({
      inbound: before.inbound + 5,
      dead: 0,
      waiting: 0,
      difference: 0,
    });
  });

  it('a missed call waits on the list, is a follow-up of the owner within the half hour, and is rung back [M30] [M31]', async () => {
    const call = rings('1');
    for (const report of [call.rings, call.legUntaken, call.dialEnds('no-answer'), call.ends(30)])
      await world.twilio(report);
    const [lead] = await leads();
    expect(await missed()).toMatchObject([{ leadId: lead!.id, outcomeLabel: 'Missed', missed: 'open' }]);
    // The office is open: at the latest in half an hour.
    expect(await planned()).toMatchObject([
      { at: minutesOn(30), note: `Missed call at ${clockIn(world.app.clock.now())}` },
    ]);
    const told = await world.app.bus.query(listNotifications, { limit: 50 }, priya);
    expect(told.items.map(({ text }) => text)).toContainEqual(
      expect.stringContaining(`Missed call at ${clockIn(world.app.clock.now())}`),
    );

    world.app.clock.advance(600_000);
    const back = { CallSid: sid('2'), From: priyasLine, To: ravi, Direction: 'outbound-api' };
    await world.twilio({ ...back, CallStatus: 'no-answer', CallDuration: '0' });
    expect(await missed()).toMatchObject([{ missed: 'tried', rungBackBy: 'Priya Shah' }]);
    world.app.clock.advance(600_000);
    await world.twilio({ ...back, CallSid: sid('3'), CallStatus: 'completed', CallDuration: '40' });
    expect(await missed()).toEqual([]);
    expect(await missed('rungBack')).toMatchObject([
      { leadId: lead!.id, missed: 'rungBack', rungBackBy: 'Priya Shah' },
    ]);
    expect((await calls()).map(({ outcomeLabel, direction }) => `${direction} ${outcomeLabel}`)).toEqual([
      'out Answered',
      'out RNR',
      'in Missed',
    ]);
  });

  it('a call held to be missed that was taken after all is put right, its follow-up taken back', async () => {
    const call = rings('1');
    await world.twilio(call.rings);
    await world.twilio(call.ends(70));
    expect(await missed()).toHaveLength(1);
    await world.twilio(call.taken);
    await world.twilio(call.legEnds(64));
    expect(await missed()).toEqual([]);
    expect(await calls()).toMatchObject([{ outcome: 'answered', seconds: 64 }]);
    expect(await planned()).toEqual([]);
  });

  it('a call whose end is never told is missed after five minutes, not forgotten [B8]', async () => {
    await world.twilio(rings('1').rings);
    expect(await missed()).toEqual([]);
    world.app.clock.advance(300_000);
    await world.app.idle();
    expect(await missed()).toHaveLength(1);
  });

  it('the number on the hoarding says where the caller came from [M4]', async () => {
    const call = rings('1', { to: hoarding });
    await world.twilio(call.rings);
    await world.twilio(call.dialEnds('no-answer'));
    expect(await enquiries()).toMatchObject([{ source: 'Hoarding', campaign: 'Anna Salai' }]);
  });

  it('who rings again is the same lead, with no second enquiry; who was lost comes back as re-engaged [M11] [M33]', async () => {
    const first = rings('1');
    for (const report of [first.rings, first.taken, first.legEnds(20), first.ends(25)])
      await world.twilio(report);
    const second = rings('2');
    for (const report of [second.rings, second.dialEnds('busy')]) await world.twilio(report);
    expect(await enquiries()).toHaveLength(1);
    expect(await leads()).toHaveLength(1);
    expect(await calls()).toHaveLength(2);
    await world.app.bus.command(
      moveLead,
      { leadId: (await leads())[0]!.id, stage: 'lost', lostReason: 'price' },
      asSystem,
    );
    const third = rings('3');
    for (const report of [third.rings, third.dialEnds('no-answer')]) await world.twilio(report);
    expect((await enquiries()).map(({ verdict }) => verdict)).toEqual(['reengaged', 'new']);
    expect(await leads()).toHaveLength(1);
    expect(await missed()).toHaveLength(2);
  });

  it('a withheld number makes no lead, waits on the list and is told to the manager, until somebody has dealt with it [M30]', async () => {
    const manager = await world.app.user('Meera Iyer', 'manager');
    const before = (await world.app.bus.query(listEnquiries, {}, asSystem)).total;
    for (const from of ['anonymous', '+266696687', '']) {
      const call = incoming(sid(from), { from });
      for (const report of [call.rings, call.dialEnds('no-answer'), call.ends(20)])
        expect((await world.twilio(report)).statusCode).toBe(200);
    }
    expect((await world.app.bus.query(listEnquiries, {}, asSystem)).total).toBe(before);
    const list = async (state: 'waiting' | 'settled') =>
      (await world.app.bus.query(withheldCalls, { state }, manager)).items;
    const waiting = await list('waiting');
    expect(waiting).toHaveLength(3);
    const told = (await world.app.bus.query(listNotifications, { limit: 50 }, manager)).items;
    const ours = told.filter(({ rule }) => rule === 'call-missed-unassigned');
    expect(ours).toHaveLength(3);
    expect(ours[0]!.text).toMatch(/Somebody with a withheld number rang/);
    const { id } = waiting[0]!;
    await world.app.bus.command(settleWithheld, { id, note: 'It was the courier' }, manager);
    expect(await list('settled')).toMatchObject([{ id, by: 'Meera Iyer', note: 'It was the courier' }]);
    await world.app.bus.command(undoLast, {}, manager);
    expect(await list('waiting')).toHaveLength(3);
    expect((await world.app.bus.query(withheldCalls, {}, priya)).items).toEqual([]);
    expect(await counted()).toMatchObject({
      dead: 0,
      waiting: 0,
      difference: 0,
    });
  });

  it('a call from a softphone logs itself with its outcome and the policy’s next try [M30] [M31] [M35]', async () => {
    const call = rings('1');
    for (const report of [call.rings, call.taken, call.legEnds(20), call.ends(25)])
      await world.twilio(report);
    await world.app.bus.command(giveLine, { line: 'client:priya', userId: priya.id }, asSystem);
    world.app.clock.advance(60_000);
    // The browser's call comes in at Twilio from the client, and a leg goes out to the customer.
    await world.twilio({
      CallSid: sid('9'),
      From: 'client:priya',
      To: '',
      Direction: 'inbound',
      CallStatus: 'in-progress',
      CallbackSource: 'call-progress-events',
    });
    await world.twilio({
      CallSid: sid('10'),
      ParentCallSid: sid('9'),
      From: '+918045671234',
      To: ravi,
      Direction: 'outbound-dial',
      CallStatus: 'busy',
      CallDuration: '0',
    });
    expect((await calls())[0]).toMatchObject({
      direction: 'out',
      outcomeLabel: 'NUMBER BUSY',
      by: 'Priya Shah',
    });
    expect(await planned()).toMatchObject([{ at: minutesOn(30), note: 'NUMBER BUSY' }]);
  });

  it('a call to another number of the same client is logged with their lead [M2] [M35]', async () => {
    const mobile = `+9198459${10_000 + count}`;
    const { leadId } = await world.app.bus.command(
      recordEnquiry,
      {
        identities: [{ scheme: 'phone', value: mobile }],
        phone: ravi,
        source: 'WhatsApp',
        medium: 'whatsapp',
      },
      asSystem,
    );
    await world.twilio({
      CallSid: sid('1'),
      From: priyasLine,
      To: mobile,
      Direction: 'outbound-api',
      CallStatus: 'completed',
      CallDuration: '30',
    });
    expect(await calls()).toMatchObject([{ leadId, outcome: 'answered', by: 'Priya Shah' }]);
  });

  it('a colleague’s private call is nobody’s business', async () => {
    await world.twilio({
      CallSid: sid('1'),
      From: priyasLine,
      To: ravi,
      Direction: 'outbound-api',
      CallStatus: 'completed',
      CallDuration: '300',
    });
    expect(await leads()).toEqual([]);
    expect(await enquiries()).toEqual([]);
  });
});
