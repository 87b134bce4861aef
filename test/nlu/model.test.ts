import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readCorpus } from '../../src/nlu/corpus.ts';
import { DATA, hashOfData, MODEL, retrain, weightsHash } from '../../src/nlu/train.ts';
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
    expect(retrain('language')).toBe(card.heads.language.weightsHash);
  });

  it('is smaller than 3 MB', () => expect(statSync(join(MODEL, 'nlu.bin')).size).toBeLessThan(3_000_000));
});

describe('the data', () => {
  const intents = readCorpus(DATA, 'intents');
  const junk = readCorpus(DATA, 'junk');

  it.each([...INTENTS])('has at least 150 sentences for %s', (label) => {
    expect(intents.filter((l) => l.label === label).length).toBeGreaterThanOrEqual(150);
  });

  it.each([...JUNK_LABELS])('has at least 250 sentences for %s', (label) => {
    expect(junk.filter((l) => l.label === label).length).toBeGreaterThanOrEqual(250);
  });

  it('is Hinglish or Hindi for about a third', () => {
    const share = intents.filter((l) => l.language !== 'en').length / intents.length;
    expect(share).toBeGreaterThan(0.25);
  });
});
