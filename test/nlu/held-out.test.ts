import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readCorpus } from '../../src/nlu/corpus.ts';
import { figuresOf as score } from '../../src/nlu/figures.ts';
import { createNlu, INTENTS } from '../../src/nlu/index.ts';
import { DATA } from '../../src/nlu/train.ts';

const nlu = createNlu({ timezone: 'Asia/Kolkata' });
const now = new Date('2026-03-11T10:30:00+05:30');
const lines = readFileSync(join(import.meta.dirname, 'held-out.tsv'), 'utf8')
  .split('\n')
  .filter((row) => row && !row.startsWith('#'))
  .map((row) => {
    const [set, label, language, text] = row.split('\t');
    return { set: set!, label: label!, language: language!, u: nlu.understand(text!, { now }), text: text! };
  });
const intents = lines.filter((l) => l.set === 'intent');
const junk = lines.filter((l) => l.set === 'junk');

describe('sentences that were never trained on', () => {
  it('are truly not in the training data', () => {
    const known = new Set(
      [...readCorpus(DATA, 'intents', 1), ...readCorpus(DATA, 'junk', 1)].map((l) => l.text.toLowerCase()),
    );
    const shared = lines.filter((l) => l.text.split(' ').length > 5 && known.has(l.text.toLowerCase()));
    expect(shared.map((l) => l.text)).toEqual([]);
  });

  it('give their intents at a macro F1 of 88 % or more', () => {
    const at = (label: string) => (INTENTS as readonly string[]).indexOf(label);
    const figures = score(
      intents.map((l) => at(l.label)),
      intents.map((l) => at(l.u.intents[0]!.label)),
      INTENTS,
    );
    expect(figures.macroF1).toBeGreaterThanOrEqual(0.88);
  });

  it('are known as junk four times in five, and one customer in a hundred is not mistaken', () => {
    const bad = junk.filter((l) => l.label !== 'ok');
    const good = [
      ...junk.filter((l) => l.label === 'ok'),
      ...intents.filter((l) => l.label !== 'out_of_scope'),
    ];
    expect(bad.filter((l) => l.u.junk.label !== 'ok').length / bad.length).toBeGreaterThanOrEqual(0.8);
    expect(
      good.filter((l) => l.u.junk.label !== 'ok').map((l) => l.text).length / good.length,
    ).toBeLessThanOrEqual(0.0125);
  });

  it('never miss a stop or a person wanted', () => {
    expect(intents.filter((l) => l.label === 'opt_out' && !l.u.optOut)).toEqual([]);
    expect(intents.filter((l) => l.label === 'talk_to_human' && !l.u.wantsHuman)).toEqual([]);
    expect(intents.filter((l) => l.label !== 'opt_out' && l.u.optOut)).toEqual([]);
  });

  it('give their language in 93 % or more', () => {
    const right = intents.filter((l) => l.u.language === l.language).length;
    expect(right / intents.length).toBeGreaterThanOrEqual(0.93);
  });
});
