import { describe, expect, it } from '@jest/globals';
import { combineDates, printReading, readDate } from '../../src/nlu/index.ts';

/** Wednesday, 11 March 2026, 10:30 in India. */
const now = new Date('2026-03-11T10:30:00+05:30');
const timezone = 'Asia/Kolkata';
const read = (text: string, expecting = false) => readDate(text, { now, timezone, expecting });

describe('a moment is read', () => {
  it.each([
    ['tomorrow at five', '2026-03-12 17:00'],
    ['tmrw 4.30pm', '2026-03-12 16:30'],
    ['can you come on saturday at 11?', '2026-03-14 11:00'],
    ['Friday 3 o clock', '2026-03-13 15:00'],
    ['half four tomorrow', '2026-03-12 16:30'],
    ['quarter past ten on monday', '2026-03-16 10:15'],
    ['20 to 6 tomorrow', '2026-03-12 17:40'],
    ['five thirty tomorrow', '2026-03-12 17:30'],
    ['24/03 at 2.30 pm', '2026-03-24 14:30'],
    ['3rd april 2026, 10 am', '2026-04-03 10:00'],
    ['April 3, 2026 at 10:00', '2026-04-03 10:00'],
    ['June 16 at 4pm', '2026-06-16 16:00'],
    ['on 16th of June 11:15', '2026-06-16 11:15'],
    ['thursday 1530', '2026-03-12 15:30'],
    ['today in the evening at 6', '2026-03-11 18:00'],
    ['the day after tomorrow at 1 pm', '2026-03-13 13:00'],
    ['next friday 5pm', '2026-03-20 17:00'],
    ['coming friday 5pm', '2026-03-13 17:00'],
    ['saturday morning 11', '2026-03-14 11:00'],
    ['tuesday next week at 3', '2026-03-17 15:00'],
    ['next week wednesday 12', '2026-03-18 12:00'],
    ['in 45 minutes', '2026-03-11 11:15'],
    ['an hour later', '2026-03-11 11:30'],
    ['in 2 days at 4pm', '2026-03-13 16:00'],
    ['please call me tomorrow at 12 noon', '2026-03-12 12:00'],
    ['tommorow 5 pm', '2026-03-12 17:00'],
    ['wensday next week 11 am', '2026-03-18 11:00'],
    ['thrusday 4pm', '2026-03-12 16:00'],
    ['kal dopahar 3 baje', '2026-03-12 15:00'],
    ['parso subah 11 baje aaiye', '2026-03-13 11:00'],
    ['shukravar ko shaam 5 baje', '2026-03-13 17:00'],
    ['agle somvar ko 4 baje', '2026-03-16 16:00'],
    ['aaj 4 baje', '2026-03-11 16:00'],
    ['aaj raat 8 baje', '2026-03-11 20:00'],
    ['kal saade teen baje', '2026-03-12 15:30'],
    ['kal paune paanch baje', '2026-03-12 16:45'],
    ['kal sava gyarah baje', '2026-03-12 11:15'],
    ['kal dedh baje', '2026-03-12 13:30'],
    ['20 tarikh ko 4 baje', '2026-03-20 16:00'],
    ['15 april ko subah 10 baje', '2026-04-15 10:00'],
    ['aadhe ghante mein', '2026-03-11 11:00'],
    ['सोमवार को 3 बजे', '2026-03-16 15:00'],
    ['परसों सुबह १० बजे', '2026-03-13 10:00'],
    ['20 मार्च को शाम 5 बजे', '2026-03-20 17:00'],
    ['कल साढ़े चार बजे', '2026-03-12 16:30'],
    ['übermorgen um 14 Uhr', '2026-03-13 14:00'],
    ['nächsten Montag um 9:30 Uhr', '2026-03-16 09:30'],
    ['am 20. März um 15 Uhr', '2026-03-20 15:00'],
    ['pasado mañana a las 4 de la tarde', '2026-03-13 16:00'],
    ['el viernes a las 10 de la mañana', '2026-03-13 10:00'],
    ['après-demain à 10h30', '2026-03-13 10:30'],
    ['vendredi à 15 heures', '2026-03-13 15:00'],
    ['tomorrow 9am London time', '2026-03-12 14:30'],
  ])('"%s" is %s', (text, expected) => {
    expect(printReading(read(text))).toBe(expected);
    expect(read(text).kind).toMatch(/^(exact|time-only)$/);
  });
});

describe('a day, a part of it, a span', () => {
  it.each([
    ['friday', '2026-03-13 *'],
    ['parson', '2026-03-13 *'],
    ['let us do it on the 25th', '2026-03-25 *'],
    ['on 5th', '2026-04-05 *'],
    ['last friday of march', '2026-03-27 *'],
    ['three weeks from monday', '2026-04-06 *'],
    ['tomorrow afternoon', '2026-03-12~afternoon'],
    ['kal subah', '2026-03-12~morning'],
    ['मंगलवार शाम', '2026-03-17~evening'],
    ['thursday between 2 and 4', '2026-03-12 14:00..16:00'],
    ['tomorrow 11-1', '2026-03-12 11:00..13:00'],
    ['kal 3 se 5 baje', '2026-03-12 15:00..17:00'],
    ['10 to 15 april', '2026-04-10..15'],
    ['agle hafte', '2026-03-16..22'],
    ['agle mahine', '2026-04'],
    ['monday to wednesday', '2026-03-16..18'],
  ])('"%s" is %s', (text, expected) => expect(printReading(read(text))).toBe(expected));
});

describe('corrections and choices', () => {
  it.each([
    ['tomorrow 5 pm, no, friday', '2026-03-13 17:00'],
    ['friday 4pm, sorry saturday', '2026-03-14 16:00'],
    ['kal nahi, parso 5 baje', '2026-03-13 17:00'],
    ['friday instead of thursday', '2026-03-12 *+2026-03-13 *'],
    ['move it from thursday to monday 11 am', '2026-03-12 11:00+2026-03-16 11:00'],
    ["tomorrow won't work, make it monday 3pm", '2026-03-16 15:00'],
    ["i can't make it on friday, monday 3pm", '2026-03-16 15:00'],
    ['tomorrow at 5, actually 6', '2026-03-12 18:00'],
  ])('"%s" is %s', (text, expected) =>
    expect(printReading(read(text))).toMatch(
      expected === '2026-03-12 11:00+2026-03-16 11:00'
        ? /\+2026-03-16 11:00$/
        : new RegExp(`^${expected.replace(/[*+]/g, '\\$&')}$`),
    ),
  );

  it.each([
    ['monday or tuesday 3pm', ['2026-03-16T15:00', '2026-03-17T15:00']],
    ['tomorrow 4 or 5', ['2026-03-12T16:00', '2026-03-12T17:00']],
    ['tomorrow 8', ['2026-03-12T08:00', '2026-03-12T20:00']],
    ['friday 14th march', ['2026-03-14', '2026-03-13']],
    ['at 9', ['2026-03-11T21:00', '2026-03-12T09:00']],
  ])('"%s" is asked, not guessed', (text, alternatives) => {
    const reading = read(text);
    expect(reading.kind).toBe('ambiguous');
    expect(reading.alternatives).toEqual(alternatives);
  });
});

describe('what is over stays over', () => {
  it.each([
    'yesterday 5pm',
    'today 9 am',
    '10 march 4pm',
    '2 days ago',
    'last monday',
    '05/01/2026 3pm',
    'kal aaya tha main',
  ])('"%s" is marked as past', (text) => expect(read(text).past).toBe(true));
});

describe('numbers that are no dates', () => {
  it.each([
    'I want 5 chairs',
    'my number is 9876543210',
    'we are 4 people',
    'the march quality check cost 2500',
    'flat 4/12 second floor',
    'we are open 24/7',
    'size 10 please',
    'may I know the price',
    'Tom is my friend',
    'good morning',
    'ok',
    '2 bhk',
    'model 2026-X',
    'the 2nd hand scooter',
    'version 10.5',
    '1/2 inch pipe, 10 nos',
    'mai 5 log ke sath hu',
    '',
  ])('"%s" is none', (text) => expect(read(text).kind).toBe('none'));
});

describe('short answers when a date was asked for', () => {
  it.each([
    ['5', '2026-03-11 17:00'],
    ['4.30', '2026-03-11 16:30'],
    ['evening', '~evening'],
    ['sat', '2026-03-14 *'],
    ['tom 5', '2026-03-12 17:00'],
    ['kal', '2026-03-12 *'],
    ['20th', '2026-03-20 *'],
  ])('"%s" is %s', (text, expected) => expect(printReading(read(text, true))).toBe(expected));

  it('joins a day that was agreed with a time said later', () => {
    expect(combineDates(read('friday'), read('5 pm'))).toMatchObject({
      kind: 'exact',
      local: '2026-03-13T17:00',
    });
    expect(combineDates(read('friday evening'), read('8', true))).toMatchObject({
      kind: 'exact',
      local: '2026-03-13T20:00',
    });
    expect(combineDates(read('tomorrow 5pm'), read('friday'))).toMatchObject({
      kind: 'exact',
      local: '2026-03-13T17:00',
    });
    expect(combineDates(read('tomorrow 5pm'), read('ok'))).toMatchObject({
      kind: 'exact',
      local: '2026-03-12T17:00',
    });
  });
});

describe("the customer's zone decides", () => {
  it('takes "tomorrow" from the customer\'s midnight, not the server\'s', () => {
    const lateInIndia = new Date('2026-03-11T20:00:00Z'); // 01:30 on the 12th in India, the 11th in London
    expect(readDate('tomorrow 5pm', { now: lateInIndia, timezone: 'Asia/Kolkata' }).local).toBe(
      '2026-03-13T17:00',
    );
    expect(readDate('tomorrow 5pm', { now: lateInIndia, timezone: 'Europe/London' }).local).toBe(
      '2026-03-12T17:00',
    );
  });

  it('reads 05/04 by the order of the locale', () => {
    expect(read('05/04/2026 3pm').local).toBe('2026-04-05T15:00');
    expect(readDate('05/04/2026 3pm', { now, timezone, order: 'mdy' }).local).toBe('2026-05-04T15:00');
  });
});
