import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Thresholds } from '../decide.ts';
import { figuresOf, recallAt } from '../figures.ts';
import { createNlu } from '../index.ts';
import type { Model } from '../model.ts';
import { INTENTS } from '../types.ts';

export type CheckLine = { set: 'intent' | 'junk'; label: string; language: string; text: string };
export type CheckFigures = {
  lines: number;
  intents: { accuracy: number; macroF1: number };
  junk: { recall: number; falsePositives: number; recallAtOnePercent: number };
  optOut: number;
  wantsHuman: number;
  language: number;
};

/** Hard sentences that nothing is trained on: `set, label, language, text`, parted by tabs. */
export function readCheck(file = join(import.meta.dirname, 'hard.tsv')): CheckLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((row) => row && !row.startsWith('#'))
    .map((row) => {
      const [set, label, language, text] = row.split('\t');
      return { set: set as CheckLine['set'], label: label!, language: language!, text: text! };
    });
}

/** Figures of the whole engine with a model over the hard sentences. */
export function checkModel(model: Model, thresholds: Thresholds, lines = readCheck()): CheckFigures {
  const nlu = createNlu({ timezone: 'Asia/Kolkata', model, thresholds });
  const now = new Date('2026-03-11T10:30:00+05:30');
  const told = lines.map((line) => ({ ...line, u: nlu.understand(line.text, { now }) }));
  const intents = told.filter((l) => l.set === 'intent');
  const at = (label: string) => (INTENTS as readonly string[]).indexOf(label);
  const { accuracy, macroF1 } = figuresOf(
    intents.map((l) => at(l.label)),
    intents.map((l) => at(l.u.intents[0]!.label)),
    INTENTS,
  );
  const bad = told.filter((l) => l.set === 'junk' && l.label !== 'ok');
  const good = told.filter((l) => l.label !== 'out_of_scope' && !bad.includes(l));
  const share = ({ u }: (typeof told)[number]) => (u.junk.label === 'ok' ? 1 - u.junk.score : u.junk.score);
  const part = (some: typeof told, is: (l: (typeof told)[number]) => boolean) =>
    Math.round((10_000 * some.filter(is).length) / (some.length || 1)) / 10_000;
  return {
    lines: lines.length,
    intents: { accuracy, macroF1 },
    junk: {
      recall: part(bad, (l) => l.u.junk.label !== 'ok'),
      falsePositives: part(good, (l) => l.u.junk.label !== 'ok'),
      recallAtOnePercent: recallAt(0.01, bad.map(share), good.map(share)).recall,
    },
    optOut: part(
      intents.filter((l) => l.label === 'opt_out'),
      (l) => l.u.optOut,
    ),
    wantsHuman: part(
      intents.filter((l) => l.label === 'talk_to_human'),
      (l) => l.u.wantsHuman,
    ),
    language: part(intents, (l) => l.u.language === l.language),
  };
}
