import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readCheck } from '../../src/nlu/check/check.ts';
import { type Correction, trainWithCorrections } from '../../src/nlu/corrections.ts';
import { createNlu } from '../../src/nlu/index.ts';
import { retrainInBackground } from '../../src/nlu/retrain.ts';

const now = new Date('2026-03-11T10:30:00+05:30');

describe("the organisation's own corrections", () => {
  const inFolder = async (work: (out: string) => unknown) => {
    const folder = mkdtempSync(join(tmpdir(), 'nlu-'));
    try {
      await work(join(folder, 'model'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  // "Ahlan wa sahlan" is no language that the data know by its words.
  const corrections: Correction[] = [
    'ahlan wa sahlan ya sadiqi',
    'kam as siir min fadlak ya sadiqi',
    'shukran jazilan ya sadiqi',
  ].map((text) => ({ text, head: 'language', label: 'other' }));

  it('are learnt in a thread of their own, and the model in the folder holds them [M11]', async () => {
    await inFolder(async (out) => {
      const told = await retrainInBackground({ list: async () => corrections }, { out });
      expect(told).toMatchObject({ accepted: true, used: 3, learnt: 3, refused: [] });
      const nlu = createNlu({ timezone: 'Asia/Kolkata', modelDir: out });
      expect(nlu.understand(corrections[0]!.text, { now }).language).toBe('other');
    });
  }, 180_000);

  it('are refused as a whole when they make the engine worse, and nothing is written', async () => {
    await inFolder((out) => {
      const wrong = readCheck()
        .filter((line) => line.language === 'en' && line.set === 'intent')
        .map(({ text }) => ({ text, head: 'language', label: 'fr' }));
      const told = trainWithCorrections(wrong, { out });
      expect(told.accepted).toBe(false);
      expect(told.report).toContain('worse in language');
      expect(existsSync(out)).toBe(false);
    });
  }, 180_000);

  it('that nobody could learn from are named by their line, and change nothing', async () => {
    await inFolder((out) => {
      const told = trainWithCorrections(
        [
          { text: '', head: 'intent', label: 'greet' },
          { text: 'x', head: 'mood', label: 'sad' },
          { text: 'x', head: 'intent', label: 'sad' },
          null,
        ],
        { out },
      );
      expect(told.refused.map((r) => r.line)).toEqual([1, 2, 3, 4]);
      expect(told.accepted).toBe(false);
    });
  }, 60_000);
});
