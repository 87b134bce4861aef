import { describe, expect, it } from '@jest/globals';
import { beginsWith, fieldsSchema, keepsAsMuch, maskFor } from '../../src/core/fields.ts';

const hiding = maskFor({ Lead: { phone: 'hidden', email: 'hidden', value: 'hidden', source: 'hidden' } })!;

describe('what is hidden from a role', () => {
  it.each([
    ['Call +91 98400 10001 now', 'Call ••• now'],
    ['+919840010001', '•••'],
    ['98400-10001 or 044 2345 6789', '••• or •••'],
    ['(098400) 10001.', '•••.'],
    ['ravi.k+crm@mail.example.co.in, Ravi', '•••, Ravi'],
    ['Mail to <ravi@example.com>', 'Mail to <•••>'],
    ['on 2026-03-11 98400 10001', 'on 2026-03-11 •••'],
  ])('is not in a text: %s [M60]', (text, shown) => expect(hiding.shown(text)).toBe(shown));

  it.each([
    '2026-03-11T05:00:00.000Z',
    '2026-03-11, 10:30',
    'T-2026-00012',
    '01JPKZ8N5Q3R7T9V2X4B6D8F0H',
    '#12345',
    'Tue, 24 Nov 2026, 4:00 PM',
    '₹ 1,50,000',
    'Room 12, 600002 Chennai',
    '/leads/01JPKZ8N5Q3R7T9V2X4B6D8F0H',
  ])('leaves alone what is none: %s', (text) => expect(hiding.shown(text)).toBe(text));

  it('is left out of records, however deep, and of changes told by field [M60]', () => {
    const lead = {
      name: 'Ravi',
      phone: '9',
      value: { amount: 1, currency: 'INR' },
      source: 'Google',
      city: 'Pune',
    };
    expect(hiding.shown({ items: [lead] })).toEqual({
      items: [{ name: 'Ravi', source: '•••', city: 'Pune' }],
    });
    expect(hiding.shown({ field: 'source', before: 'Google', after: 'Web' })).toEqual({
      field: 'source',
      before: '•••',
      after: '•••',
    });
    expect(hiding.shown('Name: Ravi\nSource: Google Ads\nNote: soon')).toBe(
      'Name: Ravi\nSource: •••\nNote: soon',
    );
    expect(hiding.shown({ field: 'source', label: 'Source', keep: 'Google', same: true })).toEqual({
      field: 'source',
      label: 'Source',
      keep: '•••',
      same: true,
    });
    expect(hiding.shown([{ scheme: 'phone', value: '12345' }])).toEqual([{ scheme: 'phone', value: '•••' }]);
  });

  it('is not found by what one types [M60]', () => {
    const finds = (word: string, token: string) => beginsWith(word, hiding.hides)?.test(token) ?? false;
    expect(finds('98400', '9840010001')).toBe(false);
    expect(finds('98', '9840010001')).toBe(false);
    expect(finds('+91', '+919840010001')).toBe(false);
    expect(finds('<1000', '<10001004819')).toBe(false);
    expect(finds('ravi@', 'ravi@example.com')).toBe(false);
    expect(finds('ravi', 'ravi@example.com')).toBe(false);
    expect(finds('ravi', 'ravindra')).toBe(true);
    expect(finds('24', '24')).toBe(true);
    expect(beginsWith('98400', () => false)!.test('9840010001')).toBe(true);
  });

  it('is kept from whoever it is kept from by those who give roles', () => {
    const hidden = { Lead: { phone: 'hidden' as const } };
    expect(keepsAsMuch(hidden, undefined)).toBe(false);
    expect(keepsAsMuch(hidden, { Lead: { phone: 'readonly' } })).toBe(false);
    expect(keepsAsMuch({ Lead: { phone: 'readonly' } }, hidden)).toBe(true);
    expect(keepsAsMuch(undefined, hidden)).toBe(true);
  });

  it('is one of the fields that there are', () => {
    expect(fieldsSchema.safeParse({ Lead: { shoeSize: 'hidden' } }).success).toBe(false);
    expect(fieldsSchema.safeParse({ Contact: { value: 'hidden' } }).success).toBe(false);
    expect(maskFor({})).toBeUndefined();
  });
});
