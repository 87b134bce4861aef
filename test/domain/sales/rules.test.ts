import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadConfig } from '../../../src/core/config.ts';
import { unknownFields } from '../../../src/core/config-schema.ts';
import { dayOf, monthOf, readableMoment } from '../../../src/core/zone.ts';
import { callOutcome } from '../../../src/domain/activities/contract.ts';
import { reminders, retryAt } from '../../../src/domain/activities/rules.ts';
import {
  freeTimes,
  hoursText,
  isOpen,
  nextOpening,
  type Office,
} from '../../../src/domain/appointments/hours.ts';
import { reminderTimes } from '../../../src/domain/appointments/timers.ts';
import type { ContactMatch } from '../../../src/domain/contacts/contract.ts';
import {
  type Claim,
  chooseContact,
  identitiesToAdd,
  normalEmail,
  normalPhone,
} from '../../../src/domain/contacts/rules.ts';
import { decideVerdict, type Known } from '../../../src/domain/enquiries/rules.ts';
import type { LeadRef } from '../../../src/domain/leads/contract.ts';
import {
  isHot,
  isOnline,
  resolveLost,
  resolveStage,
  searchPlan,
  searchTokens,
} from '../../../src/domain/leads/rules.ts';
import { fill, soon, wording } from '../../../src/domain/notifications/text.ts';

const config = loadConfig({
  PARLEY_SECRET: 'a secret of the tests, long enough to be taken',
  MONGODB_URI: undefined,
});
const pipeline = config.pipelines[0]!;
const zone = 'Asia/Kolkata';

describe('the verdict', () => {
  const now = new Date('2026-03-11T05:00:00Z');
  const lead = (more: Partial<LeadRef> = {}): LeadRef => ({
    id: 'l1',
    number: 12,
    name: 'Ravi',
    source: 'Website',
    medium: 'webchat',
    stage: 'follow-up',
    stageLabel: 'FOLLOW-UP',
    stageKind: 'open',
    contactId: 'c1',
    teamIds: [],
    lastActivityAt: '2026-03-10T05:00:00Z',
    createdAt: '2026-03-01T05:00:00Z',
    online: true,
    ...more,
  });
  const match = (more: Partial<ContactMatch> = {}): ContactMatch => ({
    scheme: 'phone',
    value: '+919845012345',
    contactId: 'c1',
    name: 'Ravi',
    verified: true,
    conflict: false,
    ...more,
  });
  const known = (more: Partial<Known> = {}): Known => ({
    contactId: 'c1',
    matches: [],
    leads: [],
    now,
    silentDays: 90,
    junkScore: 0.8,
    ...more,
  });
  const spam = { label: 'spam', score: 0.95 };
  const lost = lead({ stageKind: 'lost', stageLabel: 'CLOSE TO LOOSE' });

  it.each([
    ['nothing known', known(), 'new'],
    ['an open lead', known({ matches: [match()], leads: [lead()] }), 'duplicate'],
    ['only a lost lead', known({ matches: [match()], leads: [lost] }), 'reengaged'],
    ['a won lead', known({ matches: [match()], leads: [lead({ stageKind: 'won' })] }), 'reengaged'],
    [
      'a newer lost and an older open lead',
      known({ leads: [lost, lead({ id: 'l0', number: 7 })] }),
      'duplicate',
    ],
    [
      'an open lead silent for exactly the limit',
      known({ leads: [lead({ lastActivityAt: '2025-12-11T05:00:00Z' })] }),
      'reengaged',
    ],
    [
      'an open lead silent for a day less',
      known({ leads: [lead({ lastActivityAt: '2025-12-12T05:00:01Z' })] }),
      'duplicate',
    ],
    ['a stranger’s spam', known({ junk: spam }), 'junk'],
    ['a stranger’s words that are perhaps spam', known({ junk: { label: 'spam', score: 0.79 } }), 'new'],
    ['a stranger’s clean words', known({ junk: { label: 'ok', score: 0.99 } }), 'new'],
    ['spam of somebody with a lead', known({ leads: [lead()], junk: spam }), 'duplicate'],
    ['spam of somebody with a lost lead', known({ leads: [lost], junk: spam }), 'reengaged'],
    ['a contact without a lead', known({ matches: [match()] }), 'new'],
  ])('of %s [M11]', (_, facts, verdict) => {
    const decided = decideVerdict(facts);
    expect(decided.verdict).toBe(verdict);
    expect(decided.evidence.length).toBeGreaterThan(0);
  });

  it('says of each piece of evidence what matched, how sure it is and why, in words [M11]', () => {
    const { evidence } = decideVerdict(known({ matches: [match({ verified: false })], leads: [lead()] }));
    expect(evidence).toEqual([
      {
        rule: 'same-phone',
        score: 0.9,
        matched: { kind: 'Contact', id: 'c1', label: 'Ravi' },
        text: 'The number +919845012345 is that of Ravi (stated in the conversation, not proved).',
      },
      {
        rule: 'open-lead',
        score: 1,
        matched: { kind: 'Lead', id: 'l1', label: '#12 Ravi' },
        text: 'Lead #12 is open (FOLLOW-UP).',
      },
    ]);
  });

  it('does not tell the name of somebody else’s contact [M61]', () => {
    const { evidence } = decideVerdict(
      known({ matches: [match({ conflict: true, contactId: 'c2', name: 'Asha Menon' })] }),
    );
    expect(JSON.stringify(evidence)).not.toContain('Asha');
  });
});

describe('who somebody is', () => {
  const contact = (_id: string, ...identities: [string, string][]) => ({
    _id,
    name: _id,
    identities: identities.map(([scheme, value]) => ({ scheme: scheme as 'phone', value })),
  });
  const claim = (scheme: string, value: string, verified: boolean): Claim => ({
    scheme: scheme as 'phone',
    value,
    verified,
  });
  const ravi = contact('ravi', ['phone', '+911']);
  const asha = contact('asha', ['email', 'a@x.in']);
  const browser = contact('browser', ['visitor', 'v1']);

  it('is whoever the channel proves, whatever is said [M2]', () => {
    expect(chooseContact([claim('phone', '+911', true), claim('email', 'a@x.in', false)], [ravi, asha])).toBe(
      ravi,
    );
  });
  it('is whoever a stated address belongs to, when the channel proves nobody [M2]', () => {
    expect(
      chooseContact(
        [claim('visitor', 'v1', true), claim('email', 'a@x.in', false)],
        [browser, asha],
        'browser',
      ),
    ).toBe(asha);
  });
  it('stays with the linked contact that has an address of its own [M2]', () => {
    expect(chooseContact([claim('email', 'a@x.in', false)], [ravi, asha], 'ravi')).toBe(ravi);
  });
  it('is nobody when nothing is known', () => {
    expect(chooseContact([claim('phone', '+919', true)], [])).toBeUndefined();
  });
  it('takes nothing over from what a browser merely says', () => {
    const claims = [
      claim('visitor', 'v1', true),
      claim('phone', '+911', false),
      claim('email', 'new@x.in', false),
    ];
    expect(identitiesToAdd(claims, ravi, [ravi])).toEqual([]);
  });
  it('takes over what a proved person tells, never what belongs to another', () => {
    const claims = [
      claim('phone', '+911', true),
      claim('email', 'new@x.in', false),
      claim('email', 'a@x.in', false),
    ];
    expect(identitiesToAdd(claims, ravi, [ravi, asha])).toEqual([{ scheme: 'email', value: 'new@x.in' }]);
  });
  it.each([
    ['98450 12345', '+919845012345'],
    ['098450-12345', '+919845012345'],
    ['+91 (98450) 12345', '+919845012345'],
    ['+49 30 901820', '+4930901820'],
    ['12', undefined],
    ['call me', undefined],
  ])('reads the number %s', (text, phone) => expect(normalPhone(text, 'IN')).toBe(phone));
  it.each([
    [' Ravi@Example.COM ', 'ravi@example.com'],
    ['ravi@', undefined],
    ['a b@c.in', undefined],
  ])('reads the address %s', (text, email) => expect(normalEmail(text)).toBe(email));
});

describe('the pipeline', () => {
  it.each([
    ['NOT ATTEMPTED', 'not-attempted'],
    ['FOLLOW-UP', 'follow-up'],
    ['follow up', 'follow-up'],
    ['DEMO CONFIRMED', 'demo-confirmed'],
    ['PROPOSAL SENT', 'proposal-sent'],
    ['CLOSE TO WON', 'won'],
    ['CLOSE TO LOOSE', 'lost'],
    ['Won', 'won'],
    ['lost', 'lost'],
  ])('knows %s [M14]', (said, key) => expect(resolveStage(pipeline, said)).toBe(key));

  it('has the stages in the order and with the names that were asked for [M14]', () => {
    expect(pipeline.stages.map(({ label }) => label)).toEqual([
      'NOT ATTEMPTED',
      'FOLLOW-UP',
      'DEMO CONFIRMED',
      'PROPOSAL SENT',
      'CLOSE TO WON',
      'CLOSE TO LOOSE',
    ]);
  });

  it.each([
    ['price', undefined, { reason: 'price' }],
    ['Price too high', 'said so', { reason: 'price', note: 'said so' }],
    [undefined, 'price they found a cheaper one', { reason: 'price', note: 'they found a cheaper one' }],
    [undefined, 'wrong number', { reason: 'wrong-number' }],
  ])('takes the reason %s with the note %s [M14]', (reason, note, found) =>
    expect(resolveLost(pipeline, reason, note)).toEqual(found),
  );

  it('asks for a reason when none is given [M14]', () => {
    for (const note of [undefined, 'they went away'])
      expect(() => resolveLost(pipeline, undefined, note)).toThrow('Say why the lead was lost');
  });

  it('holds Website and Google to be hot, and knows online from print [M55] [M4]', () => {
    expect(['Website', 'Google Ads', 'web site', 'Referral', 'Facebook'].map(isHot)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(
      [
        { source: 'Hoarding', medium: 'offline' },
        { source: 'Manual', medium: 'manual' },
        { source: 'IVR', medium: 'call' },
      ].map(isOnline),
    ).toEqual([false, false, true]);
  });
});

describe('search', () => {
  const finds = (text: string, lead: Parameters<typeof searchTokens>[0]): boolean => {
    const tokens = searchTokens(lead);
    const holds = (condition: any): boolean =>
      condition.$and ? condition.$and.every(holds) : tokens.some((token) => condition.search.test(token));
    return searchPlan(text).some((group) => group.some(holds));
  };
  const ravi = { name: 'Ravi Kumar', phone: '+919845012345', email: 'Ravi@Example.com' };

  it('finds every beginning and every ending of four digits and more of a number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 10 }),
        (length) => finds('9845012345'.slice(0, length), ravi) && finds('9845012345'.slice(-length), ravi),
      ),
    );
  });
  it('never breaks on what is typed', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (text) => typeof searchPlan(text) === 'object'));
  });
  it.each(['ravi', 'KUM', 'kumar rav', 'ravi@ex', '+91 98450 12345', '0 98450 12345'])(
    'finds by %s',
    (text) => expect(finds(text, ravi)).toBe(true),
  );
  it.each(['vi', 'ravi menon', '7777', 'example'])('does not find by %s', (text) =>
    expect(finds(text, ravi)).toBe(false),
  );
});

describe('times', () => {
  const office: Office = config.app.organisation;
  const at = (text: string) => new Date(`${text}+05:30`);

  it('of the office are said in words', () => {
    expect(hoursText(office)).toBe('Mon–Sat 09:30–18:30');
    const split = {
      ...office,
      businessHours: { ...office.businessHours, sat: ['10:00', '13:00'] as [string, string] },
    };
    expect(hoursText(split)).toBe('Mon–Fri 09:30–18:30, Sat 10:00–13:00');
  });
  it.each([
    ['2026-03-11T09:30', true],
    ['2026-03-11T09:29', false],
    ['2026-03-11T18:29', true],
    ['2026-03-11T18:30', false],
    ['2026-03-15T11:00', false],
    ['2026-10-02T11:00', false],
  ])('%s: open is %s', (time, open) => expect(isOpen(at(time), office)).toBe(open));
  it('after hours lead to the next opening, over Sunday and holidays', () => {
    expect(nextOpening(at('2026-03-14T19:00'), office)).toEqual(at('2026-03-16T09:30'));
    expect(nextOpening(at('2026-03-11T07:00'), office)).toEqual(at('2026-03-11T09:30'));
  });
  it('that are free lie in business hours, after the earliest, and are nobody’s', () => {
    const busy = at('2026-03-11T17:00');
    const found = freeTimes(at('2026-03-11T16:40'), {
      office,
      minutes: 45,
      earliest: at('2026-03-11T10:00'),
      isBusy: (start) => start.getTime() === busy.getTime(),
    });
    expect(found).toEqual([at('2026-03-11T17:30'), at('2026-03-12T09:30'), at('2026-03-12T10:00')]);
  });
  it('of reminders: 7 A.M. on the day and an hour before, as far as they lie ahead [M48] [M49]', () => {
    const demo = at('2026-03-12T16:00');
    const times = (now: string) =>
      reminderTimes(demo, { at: '07:00', leadMinutes: [60], zone, now: at(now) }).map(({ which, dueAt }) => [
        which,
        dueAt,
      ]);
    expect(times('2026-03-11T10:00')).toEqual([
      ['appointment-day', at('2026-03-12T07:00')],
      ['appointment-hour', at('2026-03-12T15:00')],
    ]);
    expect(times('2026-03-12T07:00')).toEqual([['appointment-hour', at('2026-03-12T15:00')]]);
    expect(times('2026-03-12T15:30')).toEqual([]);
  });
  it('of an appointment before 7 A.M. need no reminder after it [M48]', () => {
    expect(
      reminderTimes(at('2026-03-12T06:00'), { zone, now: at('2026-03-11T10:00') }).map(({ which }) => which),
    ).toEqual(['appointment-hour']);
  });
  it('of 7 A.M. hold where the clock is put forward that night', () => {
    const [day] = reminderTimes(new Date('2026-03-29T14:00:00Z'), {
      zone: 'Europe/Berlin',
      now: new Date('2026-03-28T10:00:00Z'),
    });
    expect(day!.dueAt.toISOString()).toBe('2026-03-29T05:00:00.000Z');
  });
  it('of follow-ups: each lead-time ahead, and the moment itself [M44]', () => {
    const now = at('2026-03-11T10:00');
    expect(reminders(at('2026-03-11T10:30'), [15, 60, 1440], now).map(({ minutes }) => minutes)).toEqual([
      15, 0,
    ]);
    expect(reminders(at('2026-03-20T10:30'), [15, 60, 1440, 60], now).map(({ minutes }) => minutes)).toEqual([
      1440, 60, 15, 0,
    ]);
  });
  it('of retries come from the policy [M31]', () => {
    const now = at('2026-03-11T10:00');
    const policy = { rnrRetryMinutes: 120, busyRetryMinutes: 30 };
    expect(
      (['rnr', 'busy', 'callback', 'answered'] as const).map((outcome) => retryAt(outcome, now, policy)),
    ).toEqual([at('2026-03-11T12:00'), at('2026-03-11T10:30'), undefined, undefined]);
  });
  it('are days and months of the zone, not of UTC [M55]', () => {
    const late = new Date('2026-03-31T20:00:00Z'); // 1 April, 01:30 in Kolkata
    expect(dayOf(late, zone).start).toEqual(at('2026-04-01T00:00'));
    expect(monthOf(late, zone, -1)).toEqual({ start: at('2026-03-01T00:00'), end: at('2026-04-01T00:00') });
    expect(readableMoment(late, zone)).toBe('Wed, 1 Apr 2026, 1:30 AM (Asia/Kolkata)');
  });
});

describe('words', () => {
  it.each([
    ['RNR', 'rnr'],
    ['CALL BACK', 'callback'],
    ['NUMBER BUSY', 'busy'],
    ['call back', 'callback'],
    ['Answered', 'answered'],
  ])('of a caller: %s [M31]', (said, key) => expect(callOutcome.parse(said)).toBe(key));
  it('fill the fields; unknown values are a dash, an empty note is nothing [M50]', () => {
    expect(fill('{name} wants {product}. {note}', { name: 'Ravi' })).toBe('Ravi wants —.');
  });
  it('as shipped use only fields that exist, and are the agreed ones [M46] [M47] [M48] [M49]', () => {
    const all = config.notifications.flatMap(({ text, staffText }) => [
      ...Object.values(text),
      ...Object.values(staffText ?? {}),
    ]);
    expect(all.flatMap(unknownFields)).toEqual([]);
    const said = (key: string) =>
      fill(wording(config.notifications.find((rule) => rule.key === key)!, 'client', 'en'), {
        brand: 'RSoft',
        BRAND: 'RSOFT',
        date: '_____',
        time: '_____',
      });
    expect(said('demo-confirmed')).toBe(
      'Thank you for confirming the demo with RSoft ON Date: _____ and Time: _____',
    );
    expect(said('demo-completed')).toBe(
      'Thank you for completing the demo with RSoft ON Date: _____ and Time: _____',
    );
    expect(said('appointment-day')).toBe('Your Appointment with RSOFT ON Date: _____ and Time: _____');
    expect(said('appointment-hour')).toBe(said('appointment-day'));
  });
  it('say how soon [M44]', () =>
    expect([15, 60, 1440, 90, 0].map(soon)).toEqual([
      'in 15 minutes',
      'in 1 hour',
      'in 1 day',
      'in 90 minutes',
      '',
    ]));
  it('are the client’s for the client and staff’s for staff, in the language there is [M50]', () => {
    const rule = { text: { en: 'to you', hi: 'आपको' }, staffText: { en: 'to us' } };
    expect([
      wording(rule, 'client', 'hi'),
      wording(rule, 'caller', 'en'),
      wording(rule, 'client', 'de'),
    ]).toEqual(['आपको', 'to us', 'to you']);
  });
});
