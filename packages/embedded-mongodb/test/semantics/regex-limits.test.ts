import { describe, expect, it } from '@jest/globals';
import { compilePipeline } from '../../src/aggregate/index.ts';
import type { Doc, Value } from '../../src/bson/values.ts';
import { compileFilter } from '../../src/query/index.ts';
import { toRegExp } from '../../src/query/regex.ts';
import { costOf } from '../../src/query/regex-cost.ts';

/** Each takes longer than anybody can wait for, by trying all ways to divide the text. */
const HOSTILE: [pattern: string, text: string][] = [
  ['^(a+)+$', `${'a'.repeat(60)}!`],
  ['^(a|a)*$', `${'a'.repeat(60)}!`],
  ['(x+x+)+y', 'x'.repeat(60)],
  ['^(\\w?\\s?)*$', `${'ab '.repeat(30)}!`],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(60)],
  ['(.*)*(.*)*(.*)*x', 'z'.repeat(2000)],
  ['.*.*.*.*.*.*=x', 'q'.repeat(5000)],
];

const field = (pattern: string, options = ''): Doc =>
  new Map([
    [
      'a',
      new Map<string, Value>([
        ['$regex', pattern],
        ['$options', options],
      ]),
    ],
  ]);

describe('a regular expression that would never end', () => {
  for (const [pattern, text] of HOSTILE) {
    it(`is stopped and refused: ${pattern.slice(0, 40)}`, () => {
      const matches = compileFilter(field(pattern));
      expect(() => matches(new Map([['a', text]]))).toThrow(
        expect.objectContaining({ code: 51156, message: expect.stringContaining('takes too long') }),
      );
    });
  }

  it('is refused in an expression too', async () => {
    const [pattern, text] = HOSTILE[0]!;
    const run = compilePipeline([
      new Map([
        [
          '$set',
          new Map([
            [
              'found',
              new Map([
                [
                  '$regexFindAll',
                  new Map([
                    ['input', '$a'],
                    ['regex', pattern],
                  ]),
                ],
              ]),
            ],
          ]),
        ],
      ]),
    ]);
    const results = run([new Map([['a', text]])])[Symbol.asyncIterator]();
    await expect(results.next()).rejects.toMatchObject({ code: 51156 });
  });
});

describe('an honest regular expression', () => {
  it('gives the same answers with a limit as without', () => {
    const long = `${'lorem ipsum '.repeat(100)}end`;
    for (const [pattern, text, expected] of [
      ['^[\\w.+-]+@([\\w-]+\\.)+[a-z]{2,}$', 'someone@mail.example.com', true],
      ['^[\\w.+-]+@([\\w-]+\\.)+[a-z]{2,}$', 'someone@mail.example.com ', false],
      ['lorem.*ipsum.*end', long, true],
      ['lorem.*ipsum.*END', long, false],
      ['(a|b)*c', `${'ab'.repeat(50)}c`, true],
      ['^(\\d{3}-)*\\d+$', '123-456-7', true],
    ] as const) {
      expect(compileFilter(field(pattern))(new Map([['a', text]]))).toBe(expected);
    }
  });

  it('finds all places in a text, and again', () => {
    const regex = toRegExp('(\\w+)-(\\w+)', 'i', 'g');
    for (let i = 0; i < 2; i++)
      expect(regex.execAll('a-b c-d').map((found) => found[0])).toEqual(['a-b', 'c-d']);
    expect(regex.test('a-b')).toBe(true);
    expect(regex.test('a-b')).toBe(true);
  });
});

describe('the cost of a pattern', () => {
  it('counts repetitions, choices, and repetitions within repetitions', () => {
    expect(costOf('abc')).toEqual({ isExponential: false, loops: 0, choices: 0 });
    expect(costOf('a.*b+?c{2,}')).toEqual({ isExponential: false, loops: 3, choices: 0 });
    expect(costOf('a{3}|b?')).toEqual({ isExponential: false, loops: 0, choices: 2 });
    expect(costOf('[*+?(|]\\*\\+\\(')).toEqual({ isExponential: false, loops: 0, choices: 0 });
    expect(costOf('(?:ab+)*').isExponential).toBe(true);
    expect(costOf('(?<name>a|b){2,5}').isExponential).toBe(true);
    expect(costOf('((a*)b)+').isExponential).toBe(true);
    expect(costOf('(a*)b+').isExponential).toBe(false);
    expect(costOf('(a?){20}').isExponential).toBe(true);
  });
});
