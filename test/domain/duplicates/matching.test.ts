import { describe, expect, it } from '@jest/globals';
import { normalPhone, sameLine, sameMailbox } from '../../../src/domain/contacts/addresses.ts';
import { blockKeys, nameLikeness, suspect } from '../../../src/domain/contacts/likeness.ts';

const line = (text: string, country: string) => sameLine(normalPhone(text, country) ?? text);

describe('numbers that ring one telephone', () => {
  it.each([
    [
      'India: with and without code, trunk zero, 00',
      'IN',
      [
        '98450 12345',
        '098450 12345',
        '+91 98450-12345',
        '0091 98450 12345',
        '919845012345',
        '+91 (0) 98450 12345',
        '+0091 98450 12345',
        '+९१ ९८४५० १२३४५',
      ],
    ],
    ['Britain: the zero in brackets', 'IN', ['+44 20 7946 0018', '+44 (0)20 7946 0018', '0044 20 7946 0018']],
    [
      'Brazil: the ninth digit, the carrier’s number',
      'BR',
      ['+55 11 98765-4321', '+55 11 8765-4321', '(11) 98765-4321', '11 8765-4321', '0 11 98765 4321'],
    ],
    [
      'Argentina: 9 from abroad, 15 at home',
      'AR',
      ['+54 9 11 2345-6789', '+54 11 2345-6789', '011 15 2345-6789', '11 2345 6789'],
    ],
    [
      'Mexico: the 1 of before',
      'MX',
      ['+52 55 1234 5678', '+52 1 55 1234 5678', '0052 1 55 1234 5678', '55 1234 5678', '044 55 1234 5678'],
    ],
  ])('%s [M11]', (_, country, spellings) => {
    expect(new Set(spellings.map((text) => line(text, country))).size).toBe(1);
  });

  it.each([
    ['a landline of São Paulo gets no ninth digit', '+551123456789', '+5511923456789'],
    ['another subscriber', '+5511987654321', '+5511987654322'],
    ['the same digits in another country', '+919845012345', '+19845012345'],
    ['Italy keeps its zero', '+390612345678', '+39612345678'],
  ])('but not: %s [M11]', (_, one, other) => {
    expect(sameLine(one)).not.toBe(sameLine(other));
  });
});

describe('mailboxes', () => {
  it.each([
    ['in capitals', 'Ravi@Example.com', 'ravi@example.com'],
    ['with a tag behind a plus', 'ravi+crm@example.com', 'ravi@example.com'],
    ['with dots where Google delivers', 'r.a.vi@gmail.com', 'ravi@googlemail.com'],
  ])('are one %s [M11]', (_, one, other) => {
    expect(sameMailbox(one)).toBe(sameMailbox(other));
  });

  it('are two where dots are told apart [M11]', () => {
    expect(sameMailbox('r.avi@example.com')).not.toBe(sameMailbox('ravi@example.com'));
  });
});

describe('names', () => {
  it.each([
    ['Ravi Kumar', 'Kumar Ravi'],
    ['Ravi Kumar', 'Mr. Ravee Kumaar'],
    ['Mohammed Rafi', 'Muhammad Rafi'],
    ['José García', 'Jose Garcia'],
    ['Sunita Rao', 'S. Rao'],
  ])('%s and %s are alike [M11]', (one, other) => {
    expect(nameLikeness(one, other)).toBeGreaterThanOrEqual(0.8);
  });

  it.each([
    ['Ravi Kumar', 'Sunil Kumar'],
    ['Asha Menon', 'Binu Thomas'],
    ['', 'Ravi'],
  ])('%s and %s are not [M11]', (one, other) => {
    expect(nameLikeness(one, other)).toBeLessThan(0.8);
  });

  it('and company together never reach what an address proves [M11]', () => {
    const score = suspect(
      { name: 'Ravi Kumar', company: 'Acme', city: 'Chennai', email: 'ravi@acme.example' },
      { name: 'Ravi Kumar', company: 'Acme', city: 'Chennai', email: 'rk@acme.example' },
    )!.score;
    expect(score).toBeGreaterThan(0.6);
    expect(score).toBeLessThan(0.9);
    expect(suspect({ name: 'A', phone: '+919845012345' }, { name: 'B', phone: '+919845012345' })!.score).toBe(
      0.9,
    );
  });

  it('lead to those that sound alike, whatever the order of the words [M11]', () => {
    expect(blockKeys({ name: 'Ravi Kumar' })).toEqual(blockKeys({ name: 'Kumar Ravee' }));
    expect(blockKeys({ name: 'Ravi' })).toEqual([]);
  });

  it('however long and strange are read in no time [M11]', () => {
    for (const name of ['x'.repeat(120), '𝕽𝖆𝖛𝖎 '.repeat(20), '‮', '    ', '$ne'])
      expect(nameLikeness(name, 'Ravi Kumar')).toBeLessThan(0.8);
  });
});
