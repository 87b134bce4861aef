import { fitTemperature } from '../learn.ts';
import { type Linear, learnLogistic, learnSvm, margins } from './linear.ts';
import { familiarity, type GeneralModel } from './model.ts';
import { TERMS, termsOf } from './terms.ts';
import { learnVectors, type Vector, vectorOf } from './vectors.ts';

export type Labelled = { text: string; label: string };

/**
 * Learns any labelled set: words, pairs of words and runs of letters weighed by rarity; one-against-rest SVMs and
 * multinomial logistic regression averaged in their margins. The same lines in the same order give the same model.
 */
export function trainGeneral(lines: Labelled[]): GeneralModel {
  const labels = [...new Set(lines.map((l) => l.label))].sort();
  const y = lines.map((l) => labels.indexOf(l.label));
  const { vocabulary, vectors } = learnVectors(
    lines.map((l) => l.text),
    TERMS,
  );
  const linear = learnBoth(vectors, y, labels.length, vocabulary.rarity.length);
  return { labels, terms: TERMS, vocabulary, linear, ...certaintyOf(lines, y, labels) };
}

/** How much the logistic regression counts beside the SVMs; chosen on validation lines. */
const LOGISTIC = 1.5;

/** Both learners' margins, each brought to unit spread, added up: one matrix serves both. */
function learnBoth(x: Vector[], y: number[], classes: number, columns: number): Linear {
  const svm = learnSvm(x, y, classes, columns, 3);
  const logistic = learnLogistic(x, y, classes, columns);
  const a = 1 / spread(x, svm);
  const b = 1 / spread(x, logistic);
  return {
    classes,
    weights: svm.weights.map((w, i) => a * w + LOGISTIC * b * logistic.weights[i]!),
    bias: svm.bias.map((w, k) => a * w + LOGISTIC * b * logistic.bias[k]!),
  };
}

/** Every tenth line kept back from a model made only for this. */
function certaintyOf(
  lines: Labelled[],
  y: number[],
  labels: string[],
): Pick<GeneralModel, 'temperature' | 'trust'> {
  // of a large set a part is enough to know how sure the model may be
  const step = Math.max(1, Math.floor(lines.length / 6_000));
  const some = lines.map((_, i) => i).filter((i) => i % step === 0);
  const kept = some.filter((_, i) => i % 10 === 9);
  const rest = some.filter((_, i) => i % 10 !== 9);
  if (kept.length < 10) return { temperature: 1 };
  const { vocabulary, vectors } = learnVectors(
    rest.map((i) => lines[i]!.text),
    TERMS,
  );
  const linear = learnBoth(
    vectors,
    rest.map((i) => y[i]!),
    labels.length,
    vocabulary.rarity.length,
  );
  const terms = kept.map((i) => termsOf(lines[i]!.text, TERMS));
  const told = terms.map((t) => margins(linear, vectorOf(t, vocabulary, TERMS)));
  const temperature = fitTemperature(
    told,
    kept.map((i) => y[i]!),
  );
  if (labels.length < SCOPED) return { temperature };
  const near = told.map((m, i) => familiarity(m, terms[i]!, { vocabulary })).sort((a, b) => a - b);
  const at = near[Math.floor(near.length / 10)]!;
  return { temperature, trust: { at, width: Math.max(0.1, (near[near.length >> 1]! - at) / 3) } };
}

/** With fewer labels than this every text is one of them: nothing is out of scope. */
const SCOPED = 5;

function spread(x: Vector[], linear: Linear): number {
  let sum = 0;
  let n = 0;
  for (let i = 0; i < x.length; i += Math.max(1, Math.floor(x.length / 1_000))) {
    const m = margins(linear, x[i]!);
    const mean = m.reduce((s, v) => s + v, 0) / m.length;
    for (const v of m) sum += (v - mean) ** 2;
    n += m.length;
  }
  return Math.sqrt(sum / n) || 1;
}
