/** `node src/nlu/retrieval/measure.ts`: what each threshold gives on the labelled questions. */
import { readFileSync } from 'node:fs';
import { parseYaml } from '../../core/yaml.ts';
import { answersAt, createIndex, type Passage } from './index.ts';

export const sets = ['software', 'shop'] as const;
export type Measured = {
  /** Questions that an entry answers, and of these: answered by it, answered by another. */
  known: number;
  right: number;
  wrong: number;
  /** Questions that none answers, and of these: answered all the same. */
  unknown: number;
  invented: number;
};

type Labelled = { entries: Passage[]; questions: [string, string][] };
export const labelled = (set: (typeof sets)[number]): Labelled =>
  parseYaml(readFileSync(new URL(`data/${set}.yaml`, import.meta.url), 'utf8')) as Labelled;

export function measure({ entries, questions }: Labelled, threshold: number): Measured {
  const index = createIndex(entries);
  const counts: Measured = { known: 0, right: 0, wrong: 0, unknown: 0, invented: 0 };
  for (const [question, wanted] of questions) {
    const [best] = index.find(question, 1);
    const given = best && best.confidence >= threshold ? best.id : undefined;
    if (wanted === 'none') {
      counts.unknown++;
      if (given) counts.invented++;
      continue;
    }
    counts.known++;
    if (given === wanted) counts.right++;
    else if (given) counts.wrong++;
  }
  return counts;
}

function print(): void {
  for (const set of sets) {
    const data = labelled(set);
    const index = createIndex(data.entries);
    for (const [question, wanted] of data.questions) {
      const [best] = index.find(question, 1);
      const ok =
        wanted === 'none'
          ? !best || best.confidence < answersAt
          : best?.id === wanted && best.confidence >= answersAt;
      if (!ok) console.log(`${set}: ${question} → ${best?.id} ${best?.confidence.toFixed(2)} (${wanted})`);
    }
    for (let threshold = 0.4; threshold < 0.9; threshold += 0.05) {
      const { known, right, wrong, unknown, invented } = measure(data, threshold);
      console.log(
        set,
        threshold.toFixed(2),
        `right ${right}/${known}, wrong ${wrong}, invented ${invented}/${unknown}`,
      );
    }
  }
}

if (import.meta.main) print();
