import { describe, expect, it } from '@jest/globals';
import { combineDates, printReading, readDate } from '../../src/nlu/index.ts';

/** Wednesday, 11 March 2026, 10:30 in India; a demo is agreed for Friday, 15:00. */
const now = new Date('2026-03-11T10:30:00+05:30');
const timezone = 'Asia/Kolkata';
const agreed = '2026-03-13T15:00';

describe('moved by so much from the appointment that stands', () => {
  it.each([
    ['one hour later', '2026-03-13 16:00'],
    ['can we do it an hour later', '2026-03-13 16:00'],
    ['half an hour later please', '2026-03-13 15:30'],
    ['an hour earlier', '2026-03-13 14:00'],
    ['30 min earlier', '2026-03-13 14:30'],
    ['ek ghanta baad', '2026-03-13 16:00'],
    ['aadha ghanta baad', '2026-03-13 15:30'],
    ['ek ghanta pehle', '2026-03-13 14:00'],
    ['एक घंटे बाद', '2026-03-13 16:00'],
    ['two days later', '2026-03-15 15:00'],
    ['a week later', '2026-03-20 15:00'],
    ['ek din baad', '2026-03-14 15:00'],
    ['eine Stunde später', '2026-03-13 16:00'],
    ['eine halbe Stunde früher', '2026-03-13 14:30'],
    ['una hora más tarde', '2026-03-13 16:00'],
    ['une heure plus tard', '2026-03-13 16:00'],
    ['deux jours plus tard', '2026-03-15 15:00'],
    ['push it by 2 hours', '2026-03-13 17:00'],
    ['postpone by one day', '2026-03-14 15:00'],
    ['prepone by 1 hour', '2026-03-13 14:00'],
  ])('"%s" is %s', (text, expected) =>
    expect(printReading(readDate(text, { now, timezone, agreed }))).toBe(expected),
  );

  it.each([
    ['in 2 hours', '2026-03-11 12:30'],
    ['call me after 2 hours', '2026-03-11 12:30'],
    ['tomorrow 4pm', '2026-03-12 16:00'],
  ])('"%s" is still counted from now: %s', (text, expected) =>
    expect(printReading(readDate(text, { now, timezone, agreed }))).toBe(expected),
  );

  it('counts from now where nothing is agreed', () =>
    expect(printReading(readDate('one hour later', { now, timezone }))).toBe('2026-03-11 11:30'));
});

describe('said over two messages', () => {
  it.each([
    ['tomorrow 5pm', 'no, friday', '2026-03-13 17:00'],
    ['tomorrow 5pm', 'nahi, friday ko', '2026-03-13 17:00'],
    ['tomorrow 5pm', 'sorry, 6', '2026-03-12 18:00'],
    ['kal 5 baje', 'nahi 6 baje', '2026-03-12 18:00'],
    ['friday', 'at 4', '2026-03-13 16:00'],
    ['friday', 'shaam 5 baje', '2026-03-13 17:00'],
    ['कल', 'शाम 5 बजे', '2026-03-12 17:00'],
    ['tomorrow evening', '7', '2026-03-12 19:00'],
    ['tomorrow morning', '9.30', '2026-03-12 09:30'],
    ['friday 4pm', 'actually monday 11', '2026-03-16 11:00'],
    ['next week', 'tuesday at 3', '2026-03-17 15:00'],
    ['tomorrow 5pm', 'ok', '2026-03-12 17:00'],
    ['am Freitag', 'um 15 Uhr', '2026-03-13 15:00'],
    ['el viernes', 'a las 4', '2026-03-13 16:00'],
    ['vendredi', 'à 16h', '2026-03-13 16:00'],
    ['friday 4pm', 'morning', '2026-03-13~morning'],
  ])('"%s" then "%s" is %s', (first, second, expected) => {
    const before = readDate(first, { now, timezone, expecting: true });
    const after = readDate(second, { now, timezone, expecting: true });
    expect(printReading(combineDates(before, after))).toBe(expected);
  });
});

describe('when a date was asked for, short answers count', () => {
  it.each([
    ['14', null],
    ['15 ko', '2026-03-15 *'],
    ['sat', '2026-03-14 *'],
    ['sun 11', '2026-03-15 11:00'],
    ['10-11', '2026-03-12 10:00..11:00'],
    ['afternoon', '~afternoon'],
    ['शाम', '~evening'],
    ['morgen', '2026-03-12 *'],
    ['mañana', '2026-03-12 *'],
    ['demain', '2026-03-12 *'],
    ['any weekday', null],
    ['diwali', null],
    ['32', null],
  ])('"%s" is %s', (text, expected) =>
    expect(printReading(readDate(text, { now, timezone, expecting: true }))).toBe(expected),
  );
});

it('counts hours on the world clock when a night is an hour short', () => {
  // In New York clocks go from 02:00 to 03:00 on 8 March 2026.
  const night = new Date('2026-03-08T01:30:00-05:00');
  expect(printReading(readDate('in 2 hours', { now: night, timezone: 'America/New_York' }))).toBe(
    '2026-03-08 04:30',
  );
});

describe('at the edges of months and years', () => {
  const at = (iso: string, text: string) => printReading(readDate(text, { now: new Date(iso), timezone }));
  it.each([
    ['2026-12-30T18:00:00+05:30', '2 jan 11am', '2027-01-02 11:00'],
    ['2026-12-30T18:00:00+05:30', 'friday 5pm', '2027-01-01 17:00'],
    ['2026-12-30T18:00:00+05:30', 'next week', '2027-01-04..10'],
    ['2026-12-30T18:00:00+05:30', 'next month', '2027-01'],
    ['2026-01-31T12:00:00+05:30', 'tomorrow', '2026-02-01 *'],
    ['2026-01-31T12:00:00+05:30', 'in a month', '2026-02-28 *'],
    ['2028-02-27T12:00:00+05:30', 'in 2 days', '2028-02-29 *'],
    ['2028-02-01T12:00:00+05:30', '29 feb 11 am', '2028-02-29 11:00'],
    ['2026-01-31T12:00:00+05:30', 'on the 30th', '2026-03-30 *'],
    ['2026-03-11T23:50:00+05:30', 'in 20 minutes', '2026-03-12 00:10'],
    ['2026-03-15T10:00:00+05:30', 'sunday 4pm', '2026-03-15 16:00'],
    ['2026-03-15T10:00:00+05:30', 'next sunday', '2026-03-22 *'],
    ['2026-03-15T10:00:00+05:30', 'next monday', '2026-03-16 *'],
  ])('on %s "%s" is %s', (iso, text, expected) => expect(at(iso, text)).toBe(expected));
});
