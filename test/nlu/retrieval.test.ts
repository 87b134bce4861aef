import { describe, expect, it } from '@jest/globals';
import { answersAt, createIndex, keysOf, likeness } from '../../src/nlu/retrieval/index.ts';
import { labelled, measure, sets } from '../../src/nlu/retrieval/measure.ts';

describe('finding the answer to a question', () => {
  it.each(sets)('gives the right entry, or none: %s [M126]', (set) => {
    const { known, right, wrong, unknown, invented } = measure(labelled(set), answersAt);
    expect(right / known).toBeGreaterThanOrEqual(0.8);
    expect(wrong / known).toBeLessThanOrEqual(0.03);
    expect(invented / unknown).toBeLessThanOrEqual(0.03);
  });

  const index = createIndex([
    { id: 'refund', wordings: ['Do we get our money back?'], text: 'Within 30 days of the order.' },
    { id: 'training', wordings: ['Do you train our team?'], text: 'Two sessions are included.' },
    { id: 'price', wordings: ['What does it cost?'], text: 'From ₹ 900 a month.' },
  ]);
  const answer = (question: string) => {
    const [best] = index.find(question, 1);
    return best && best.confidence >= answersAt ? best.id : undefined;
  };

  it.each([
    ['refund milega kya?', 'refund'],
    ['रिफंड मिलेगा क्या?', 'refund'],
    ['refnd possible?', 'refund'],
    ['ट्रेनिंग कौन देगा', 'training'],
    ['trainning kaun dega', 'training'],
    ['कीमत क्या है', 'price'],
    ['keemat kitni hai', 'price'],
  ])('in Hindi, Hinglish and with slips of the finger: %s [M126]', (question, id) => {
    expect(answer(question)).toBe(id);
  });

  it.each([
    '',
    '???',
    '🙂',
    'do you sell aeroplanes',
    'refund aeroplane helicopter submarine',
    'a'.repeat(20_000),
  ])('and to what nothing was written about none: %.40s [M126]', (question) => {
    expect(answer(question)).toBeUndefined();
  });

  it('knows two ways of asking the same from two questions [M126]', () => {
    const alike = (one: string, other: string) => likeness(keysOf(one), keysOf(other));
    expect(alike('Do you have an Android app?', 'android app hai kya')).toBe(1);
    expect(alike('Do you have an Android app?', 'Is the warehouse open on Sunday?')).toBe(0);
  });
});
