import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { evaluate, predict, predictWith, trainOn } from '../../src/nlu/cli.ts';

describe('predictions of the shipped model', () => {
  const now = new Date('2026-03-11T10:30:00+05:30');

  it('prints a date in one line, and nothing where none was said', () => {
    expect(
      predict('dates', [{ text: 'tomorrow 5' }, { text: 'hello' }], { now, timezone: 'Asia/Kolkata' }),
    ).toMatchObject([{ value: '2026-03-12 17:00' }, { value: null }]);
  });

  it('lets a line bring its own reference time and zone', () => {
    const line = { text: 'tomorrow 5pm', ref: '2026-06-01T09:00:00Z', tz: 'Europe/London' };
    expect(predict('dates', [line])).toMatchObject([{ value: '2026-06-02 17:00' }]);
  });

  it('gives intents with the best three, junk with reasons, languages and facts', () => {
    expect(predict('intents', [{ text: 'please send quotation' }])[0]).toMatchObject({
      label: 'request_quote',
      top3: [{}, {}, {}],
    });
    expect(predict('junk', [{ text: 'asdfgh' }])[0]).toMatchObject({ label: 'gibberish' });
    expect(predict('language', [{ text: 'mujhe jankari chahiye' }])[0]).toMatchObject({ label: 'hinglish' });
    expect(predict('entities', [{ text: 'I am Asha, 98111 22333' }])[0]).toMatchObject({
      value: { person: 'Asha', phone: '+919811122333' },
    });
  });
});

describe("a labelled set of one's own", () => {
  it('is learnt, kept and measured', () => {
    const dir = mkdtempSync(join(tmpdir(), 'nlu-'));
    try {
      const fruits = ['apple', 'banana', 'mango', 'orange', 'cherry'];
      const tools = ['hammer', 'spanner', 'drill', 'chisel', 'pliers'];
      const lines = [...fruits, ...tools].flatMap((word) =>
        ['I like a {}', 'bring the {}', 'where is my {}', 'two {}s please'].map((t) => ({
          text: t.replace('{}', word),
          label: fruits.includes(word) ? 'fruit' : 'tool',
        })),
      );
      expect(trainOn(lines, dir).labels).toEqual(['fruit', 'tool']);
      const tests = [
        { text: 'give me an apple', label: 'fruit' },
        { text: 'the drill broke', label: 'tool' },
      ];
      expect(evaluate(tests, predictWith(dir, tests)).accuracy).toBe(1);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
