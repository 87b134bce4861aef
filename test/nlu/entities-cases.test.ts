import { describe, expect, it } from '@jest/globals';
import { readPerson } from '../../src/nlu/index.ts';
import { answer, cases, TABLES } from './entities-cases/run.ts';

/** What people write into a chat, and beside each what must be taken from it; `-` is nothing. */
describe.each(TABLES)('%s in messages', (table) => {
  it.each(cases(table))('"%s" holds %s', (text, expected) => expect(answer(table, text)).toBe(expected));
});

it('keeps telephone numbers apart from all that looks like them: F1 of 97 and more', () => {
  let [right, wrong, missed] = [0, 0, 0];
  for (const [text, expected] of cases('phones')) {
    const got = answer('phones', text);
    if (got === expected) right += got === '-' ? 0 : 1;
    else {
      if (got !== '-') wrong++;
      if (expected !== '-') missed++;
    }
  }
  expect((2 * right) / (2 * right + wrong + missed)).toBeGreaterThanOrEqual(0.97);
});

it('ends a name with the line of a signature', () => {
  expect(readPerson('Please call.\n\nRegards,\nHarpreet Singh Gill\nSandhu Auto Parts\nLudhiana')).toBe(
    'Harpreet Singh Gill',
  );
});
