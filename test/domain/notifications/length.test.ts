import { describe, expect, it } from '@jest/globals';
import { fitsOf, smsParts } from '../../../src/domain/notifications/length.ts';

describe('a text as SMS', () => {
  // 3GPP TS 23.038 and 23.040: 160 alone or 153 each in the GSM alphabet, 70 alone or 67 each otherwise.
  it.each([
    ['a'.repeat(160), 1, 160],
    ['a'.repeat(161), 2, 161],
    ['a'.repeat(306), 2, 306],
    ['a'.repeat(307), 3, 307],
    ['€'.repeat(80), 1, 160],
    [`${'a'.repeat(159)}€`, 2, 161],
    ['आ'.repeat(70), 1, 70],
    ['आ'.repeat(71), 2, 71],
    ['आ'.repeat(135), 3, 135],
    ['😀'.repeat(35), 1, 70],
    ['😀'.repeat(36), 2, 72],
  ])('%# is counted in parts', (text, parts, units) => {
    expect(smsParts(text)).toMatchObject({ parts, units });
  });

  it('is said to be too long for SMS or WhatsApp where it is', () => {
    expect(fitsOf('Hello').map(({ level }) => level)).toEqual(['ok', 'ok']);
    expect(fitsOf('a'.repeat(200))[0]).toMatchObject({
      level: 'long',
      says: 'SMS: 2 parts (200 characters)',
    });
    expect(fitsOf('आ'.repeat(671))[0]).toMatchObject({ level: 'toolong' });
    expect(fitsOf('a'.repeat(4097))[1]).toMatchObject({
      level: 'toolong',
      says: 'Too long for WhatsApp: 4097 characters, 4096 are the most',
    });
  });
});
