import { describe, expect, it } from '@jest/globals';
import type { Office } from '../../../src/core/office.ts';
import { afterWorkingMinutes, workingMinutes } from '../../../src/domain/tickets/deadline.ts';
import { counted, dated, numberIn } from '../../../src/domain/tickets/number.ts';
import { subjectOf } from '../../../src/domain/tickets/rules.ts';

const now = new Date('2026-03-11T05:00:00Z');
const zone = 'Asia/Kolkata';

describe('the ID of a ticket', () => {
  it.each([
    ['T-{yyyy}-{seq:5}', 12, 'T-2026-00012'],
    ['T-{yyyy}-{seq:5}', 123456, 'T-2026-123456'],
    ['{yy}{mm}/{seq:3}', 7, '2603/007'],
    ['SR{seq}', 7, 'SR7'],
  ])('by %s for %i is %s', (pattern, value, id) => {
    expect(counted(dated(pattern, now, zone), value)).toBe(id);
  });

  it.each([
    'T-2026-00012',
    't 2026 12',
    'T202600012',
    'T/2026/00012',
    'status of my ticket T-2026-00012 please?',
    '#T-2026-00012.',
    'T–2026–00012'.replaceAll('–', '-'),
    'टिकट T-२०२६-०००१२',
    '12',
    'ticket no 12',
    '# 00012',
  ])('is read in “%s”', (text) => {
    expect(numberIn(text, 'T-{yyyy}-{seq:5}', now, zone)).toBe('T-2026-00012');
  });

  it.each([
    'my printer is broken',
    'call me on 98450 12345',
    'at 2026',
    '',
    'T-2026',
    'BT-2026-00012x1',
    '2 printers',
  ])('is not read in “%s”', (text) => {
    expect(numberIn(text, 'T-{yyyy}-{seq:5}', now, zone)).toBeUndefined();
  });

  it('keeps the year that was written', () => {
    expect(numberIn('T-2025-00012', 'T-{yyyy}-{seq:5}', now, zone)).toBe('T-2025-00012');
  });
});

describe('a deadline in business hours [M125]', () => {
  const office: Office = {
    timezone: zone,
    businessHours: {
      mon: ['09:30', '18:30'],
      tue: ['09:30', '18:30'],
      wed: ['09:30', '18:30'],
      thu: ['09:30', '18:30'],
      fri: ['09:30', '18:30'],
      sat: ['09:30', '13:30'],
      sun: null,
    },
    holidays: ['2026-03-12'],
  };
  it.each([
    // [from, minutes, until], in Kolkata (+05:30); the 11th is a Wednesday, the 12th a holiday.
    ['2026-03-11T10:00:00+05:30', 60, '2026-03-11T11:00:00+05:30'],
    ['2026-03-11T18:00:00+05:30', 60, '2026-03-13T10:00:00+05:30'],
    ['2026-03-11T20:00:00+05:30', 60, '2026-03-13T10:30:00+05:30'],
    ['2026-03-14T13:00:00+05:30', 60, '2026-03-16T10:00:00+05:30'],
    ['2026-03-15T12:00:00+05:30', 1, '2026-03-16T09:31:00+05:30'],
  ])('from %s for %i minutes is %s', (from, minutes, until) => {
    const due = afterWorkingMinutes(new Date(from), minutes, office);
    expect(due).toEqual(new Date(until));
    expect(workingMinutes(new Date(from), due, office)).toBe(minutes);
  });

  it('is plain time where no hours are kept', () => {
    const never = {
      ...office,
      businessHours: Object.fromEntries(Object.keys(office.businessHours).map((day) => [day, null])),
    };
    expect(afterWorkingMinutes(now, 60, never as unknown as Office)).toEqual(
      new Date('2026-03-11T06:00:00Z'),
    );
  });
});

describe('the subject of a ticket', () => {
  it('is the first sentence, or the words that fit', () => {
    expect(subjectOf('The printer beeps all day. Please help!')).toBe('The printer beeps all day.');
    expect(subjectOf('मशीन बंद पड़ी है। जल्दी कीजिए')).toBe('मशीन बंद पड़ी है।');
    expect([...subjectOf(`${'word '.repeat(100)}`)].length).toBeLessThan(121);
    expect(subjectOf(`\n\n${'x'.repeat(5000)}`)).toMatch(/^x{100,}…$/);
  });
});
