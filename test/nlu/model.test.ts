import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkModel, readCheck } from '../../src/nlu/check/check.ts';
import { readCorpus } from '../../src/nlu/corpus.ts';
import { unpackModel } from '../../src/nlu/model.ts';
import { DATA, hashOfData, hashOfHead, MODEL, retrainHead, weightsHash } from '../../src/nlu/train.ts';
import { INTENTS, JUNK_LABELS } from '../../src/nlu/types.ts';

const card = JSON.parse(readFileSync(join(MODEL, 'card.json'), 'utf8'));

describe('the shipped model', () => {
  it('was trained on the data that lie beside it', () => expect(card.dataHash).toBe(hashOfData()));

  it('is the file that the card describes', () => {
    const file = readFileSync(join(MODEL, 'nlu.bin'));
    for (const [name, head] of Object.entries<any>(card.heads))
      expect(weightsHash(file, name)).toBe(head.weightsHash);
  });

  it('comes out the same, byte for byte, when its language head is trained again', () => {
    expect(hashOfHead(retrainHead('language')!)).toBe(card.heads.language.weightsHash);
  }, 120_000);

  it('is smaller than 3 MB', () => expect(statSync(join(MODEL, 'nlu.bin')).size).toBeLessThan(3_000_000));
});

describe('hard sentences, written apart from the data', () => {
  const lines = readCheck();

  it('are not in the training data', () => {
    const known = new Set(
      [...readCorpus(DATA, 'intents'), ...readCorpus(DATA, 'junk')].map((l) => l.text.toLowerCase()),
    );
    const shared = lines.filter((l) => l.text.split(' ').length > 4 && known.has(l.text.toLowerCase()));
    expect(shared.map((l) => l.text)).toEqual([]);
  });

  it('come out with the shipped model as its card says, and above the marks', () => {
    const model = unpackModel(readFileSync(join(MODEL, 'nlu.bin')));
    const told = checkModel(model, card.thresholds, lines);
    expect(told).toEqual(card.check);
    expect(told.intents.macroF1).toBeGreaterThanOrEqual(0.88);
    expect(told.junk.recall).toBeGreaterThanOrEqual(0.8);
    expect(told.junk.falsePositives).toBeLessThanOrEqual(0.01);
    expect(told.language).toBeGreaterThanOrEqual(0.93);
  }, 60_000);
});

describe('the data', () => {
  const intents = readCorpus(DATA, 'intents');
  const junk = readCorpus(DATA, 'junk');

  it.each([...INTENTS])('has at least 150 sentences for %s', (label) => {
    expect(intents.filter((l) => l.label === label).length).toBeGreaterThanOrEqual(150);
  });

  it.each([...JUNK_LABELS])('has at least 400 sentences for %s', (label) => {
    expect(junk.filter((l) => l.label === label).length).toBeGreaterThanOrEqual(400);
  });

  it('is Hinglish or Hindi for about a third', () => {
    const share = intents.filter((l) => l.language !== 'en').length / intents.length;
    expect(share).toBeGreaterThan(0.25);
  });
});
