import { describe, expect, it } from '@jest/globals';
import { nextTime, repeatRule, repeatWords, ruleFor, timesBetween } from '../../src/core/recurrence.ts';

const kolkata = 'Asia/Kolkata';
const berlin = 'Europe/Berlin';
const year = (from: number) => ({
  start: new Date(Date.UTC(from, 0, 1)),
  end: new Date(Date.UTC(from + 1, 0, 1)),
});
const days = (rule: string, from: string, zone = kolkata, of = year(2026)) =>
  timesBetween({ rule, from }, of, zone, 400).map((at) => at.toISOString());

describe('what comes again', () => {
  it('comes on the last day of a month that lacks the 31st [M83]', () => {
    const from = '2026-01-31T09:00';
    expect(days(ruleFor('monthly', from), from).map((at) => at.slice(5, 16))).toEqual([
      '01-31T03:30',
      '02-28T03:30',
      '03-31T03:30',
      '04-30T03:30',
      '05-31T03:30',
      '06-30T03:30',
      '07-31T03:30',
      '08-31T03:30',
      '09-30T03:30',
      '10-31T03:30',
      '11-30T03:30',
      '12-31T03:30',
    ]);
  });

  it('keeps the 29th and 30th in every month but February [M83]', () => {
    const from = '2026-01-30T09:00';
    const found = days(ruleFor('monthly', from), from).map((at) => at.slice(5, 10));
    expect(found.slice(0, 4)).toEqual(['01-30', '02-28', '03-30', '04-30']);
  });

  it('of 29 February comes on the 28th of common years [M83]', () => {
    const from = '2024-02-29T10:00';
    const rule = ruleFor('yearly', from);
    const found = timesBetween(
      { rule, from },
      { start: new Date('2024-01-01'), end: new Date('2029-01-01') },
      kolkata,
      9,
    );
    expect(found.map((at) => at.toISOString().slice(0, 10))).toEqual([
      '2024-02-29',
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ]);
  });

  it('is at the same hour of the office on both sides of a clock change [M83]', () => {
    // Germany changes on 29 March 2026: 9:00 is 08:00 UTC before it and 07:00 UTC after.
    const of = { start: new Date('2026-03-28T00:00:00Z'), end: new Date('2026-03-31T00:00:00Z') };
    expect(days('FREQ=DAILY', '2026-03-01T09:00', berlin, of)).toEqual([
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ]);
  });

  it('at an hour that the clocks leave out comes right after it, and once at one that they repeat [M83]', () => {
    const spring = { start: new Date('2026-03-28T23:30:00Z'), end: new Date('2026-03-29T23:00:00Z') };
    expect(days('FREQ=DAILY', '2026-03-01T02:30', berlin, spring)).toEqual(['2026-03-29T01:30:00.000Z']);
    const autumn = { start: new Date('2026-10-24T22:00:00Z'), end: new Date('2026-10-25T23:00:00Z') };
    expect(days('FREQ=DAILY', '2026-10-01T02:30', berlin, autumn)).toEqual(['2026-10-25T00:30:00.000Z']);
  });

  it('by a rule of RFC 5545: every other week, the first Monday, ten times', () => {
    // RFC 5545, 3.8.5.3: "Every other week on Monday, Wednesday, and Friday"; 2 September 1997 was a Tuesday.
    const of = year(1997);
    expect(
      days(
        'FREQ=WEEKLY;INTERVAL=2;UNTIL=19971008T000000Z;WKST=SU;BYDAY=MO,WE,FR',
        '1997-09-01T09:00',
        'UTC',
        of,
      ).map((at) => at.slice(5, 10)),
    ).toEqual(['09-01', '09-03', '09-05', '09-15', '09-17', '09-19', '09-29', '10-01', '10-03']);
    // "Monthly on the first Friday for 10 occurrences"
    expect(
      days('FREQ=MONTHLY;COUNT=10;BYDAY=1FR', '1997-09-05T09:00', 'UTC', of).map((at) => at.slice(5, 10)),
    ).toEqual(['09-05', '10-03', '11-07', '12-05']);
  });

  it('by the RFC’s other examples: the last Monday, two days before the end, every 18 months, Friday the 13th, US Election Day', () => {
    const on = (rule: string, from: string, years: number[], limit = 6) =>
      timesBetween(
        { rule, from },
        { start: new Date(Date.UTC(years[0]!, 0, 1)), end: new Date(Date.UTC(years[1]!, 11, 31)) },
        'UTC',
        limit,
      ).map((at) => at.toISOString().slice(0, 10));
    expect(on('FREQ=MONTHLY;COUNT=6;BYDAY=-2MO', '1997-09-22T09:00', [1997, 1998])).toEqual([
      '1997-09-22',
      '1997-10-20',
      '1997-11-17',
      '1997-12-22',
      '1998-01-19',
      '1998-02-16',
    ]);
    expect(on('FREQ=MONTHLY;BYMONTHDAY=-3', '1997-09-28T09:00', [1997, 1998])).toEqual([
      '1997-09-28',
      '1997-10-29',
      '1997-11-28',
      '1997-12-29',
      '1998-01-29',
      '1998-02-26',
    ]);
    expect(
      on('FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11', '1997-09-10T09:00', [1997, 1999], 4),
    ).toEqual(['1997-09-10', '1997-09-11', '1999-03-10', '1999-03-11']);
    expect(on('FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '1997-09-02T09:00', [1997, 2000])).toEqual([
      '1998-02-13',
      '1998-03-13',
      '1998-11-13',
      '1999-08-13',
      '2000-10-13',
    ]);
    expect(
      on(
        'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
        '1996-11-05T09:00',
        [1996, 2006],
      ),
    ).toEqual(['1996-11-05', '2000-11-07', '2004-11-02']);
    expect(on('FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', '1997-09-04T09:00', [1997, 1998])).toEqual([
      '1997-09-04',
      '1997-10-07',
      '1997-11-06',
    ]);
    expect(
      on('FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '1997-08-05T09:00', [1997, 1998]),
    ).toEqual(['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24']);
    expect(
      on('FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '1997-08-05T09:00', [1997, 1998]),
    ).toEqual(['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31']);
  });

  it('ends when its count is used up', () => {
    const repeat = { rule: 'FREQ=DAILY;COUNT=2', from: '2026-03-11T09:00' };
    expect(nextTime(repeat, new Date('2026-03-11T00:00:00Z'), 'UTC')?.toISOString()).toBe(
      '2026-03-11T09:00:00.000Z',
    );
    expect(nextTime(repeat, new Date('2026-03-11T09:00:00Z'), 'UTC')?.toISOString()).toBe(
      '2026-03-12T09:00:00.000Z',
    );
    expect(nextTime(repeat, new Date('2026-03-12T09:00:00Z'), 'UTC')).toBeUndefined();
  });

  it.each([
    'FREQ=SECONDLY',
    'FREQ=MINUTELY;INTERVAL=1',
    'FREQ=HOURLY',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31',
    'FREQ=DAILY;FREQ=WEEKLY',
    'FREQ=DAILY;BYSETPOS=2',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=DAILY;UNTIL=20269999',
    'FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;INTERVAL=-1',
    'FREQ=DAILY;BYHOUR=1,2,3',
    'FREQ=DAILY\nDTSTART:19700101T000000Z',
    'BYDAY=MO',
    'every day',
    '',
  ])('is refused as %j', (rule) => {
    expect(repeatRule.safeParse(rule).success).toBe(false);
  });

  it('is taken as written in calendars, and said in words', () => {
    expect(repeatRule.parse(' rrule:freq=weekly;byday=mo,th ')).toBe('FREQ=WEEKLY;BYDAY=MO,TH');
    expect(repeatWords({ rule: 'FREQ=WEEKLY;BYDAY=MO,TH' })).toBe('every week on Monday, Thursday');
    expect(repeatWords({ rule: 'FREQ=MONTHLY;INTERVAL=3;COUNT=4' })).toBe('every 3 months, 4 times');
  });
});
