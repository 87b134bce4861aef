import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadConfig } from '../../../src/core/config.ts';
import {
  isHot,
  isOnline,
  resolveLost,
  resolveStage,
  searchPlan,
  searchTokens,
} from '../../../src/domain/leads/rules.ts';

const config = loadConfig({
  PARLEY_SECRET: 'a secret of the tests, long enough to be taken',
  MONGODB_URI: undefined,
});
const pipeline = config.pipelines[0]!;

describe('the pipeline', () => {
  it.each([
    ['NOT ATTEMPTED', 'not-attempted'],
    ['FOLLOW-UP', 'follow-up'],
    ['follow up', 'follow-up'],
    ['DEMO CONFIRMED', 'demo-confirmed'],
    ['PROPOSAL SENT', 'proposal-sent'],
    ['CLOSE TO WON', 'won'],
    ['CLOSE TO LOOSE', 'lost'],
    ['Won', 'won'],
    ['lost', 'lost'],
  ])('knows %s [M14]', (said, key) => expect(resolveStage(pipeline, said)).toBe(key));

  it('has the stages in the order and with the names that were asked for [M14]', () => {
    expect(pipeline.stages.map(({ label }) => label)).toEqual([
      'NOT ATTEMPTED',
      'FOLLOW-UP',
      'DEMO CONFIRMED',
      'PROPOSAL SENT',
      'CLOSE TO WON',
      'CLOSE TO LOOSE',
    ]);
  });

  it.each([
    ['price', undefined, { reason: 'price' }],
    ['Price too high', 'said so', { reason: 'price', note: 'said so' }],
    [undefined, 'price they found a cheaper one', { reason: 'price', note: 'they found a cheaper one' }],
    [undefined, 'wrong number', { reason: 'wrong-number' }],
  ])('takes the reason %s with the note %s [M14]', (reason, note, found) =>
    expect(resolveLost(pipeline, reason, note)).toEqual(found),
  );

  it('asks for a reason when none is given [M14]', () => {
    for (const note of [undefined, 'they went away'])
      expect(() => resolveLost(pipeline, undefined, note)).toThrow('Say why the lead was lost');
  });

  it('holds Website and Google to be hot, and knows online from print [M55] [M4]', () => {
    expect(['Website', 'Google Ads', 'web site', 'Referral', 'Facebook'].map(isHot)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(
      [
        { source: 'Hoarding', medium: 'offline' },
        { source: 'Manual', medium: 'manual' },
        { source: 'IVR', medium: 'call' },
      ].map(isOnline),
    ).toEqual([false, false, true]);
  });
});

describe('search', () => {
  const finds = (text: string, lead: Parameters<typeof searchTokens>[0]): boolean => {
    const tokens = searchTokens(lead);
    const holds = (condition: any): boolean =>
      condition.$and ? condition.$and.every(holds) : tokens.some((token) => condition.search.test(token));
    return searchPlan(text).some((group) => group.some(holds));
  };
  const ravi = { name: 'Ravi Kumar', phone: '+919845012345', email: 'Ravi@Example.com' };

  it('finds every beginning and every ending of four digits and more of a number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 10 }),
        (length) => finds('9845012345'.slice(0, length), ravi) && finds('9845012345'.slice(-length), ravi),
      ),
    );
  });
  it('never breaks on what is typed', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (text) => typeof searchPlan(text) === 'object'));
  });
  it.each(['ravi', 'KUM', 'kumar rav', 'ravi@ex', '+91 98450 12345', '0 98450 12345'])(
    'finds by %s',
    (text) => expect(finds(text, ravi)).toBe(true),
  );
  it.each(['vi', 'ravi menon', '7777', 'example'])('does not find by %s', (text) =>
    expect(finds(text, ravi)).toBe(false),
  );
});
