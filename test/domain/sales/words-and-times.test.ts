import { describe, expect, it } from '@jest/globals';
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
import { fill, soon, wording } from '../../../src/domain/notifications/text.ts';

const config = loadConfig({
  PARLEY_SECRET: 'a secret of the tests, long enough to be taken',
  MONGODB_URI: undefined,
});
const zone = 'Asia/Kolkata';

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
    const policy = { rnrRetryMinutes: 120, busyRetryMinutes: 30, unreachableRetryMinutes: 240 };
    const outcomes = [
      'rnr',
      'busy',
      'unreachable',
      'callback',
      'answered',
      'wrongNumber',
      'doNotCall',
    ] as const;
    expect(outcomes.map((outcome) => retryAt(outcome, now, policy))).toEqual([
      at('2026-03-11T12:00'),
      at('2026-03-11T10:30'),
      at('2026-03-11T14:00'),
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
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
    expect(all.flatMap((text) => unknownFields(text))).toEqual([]);
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
