import { fitTemperature } from '../learn.ts';
import { learnSvm, margins } from './linear.ts';
import { familiarity, type GeneralModel, type Learners, type Told, type Trust, tell } from './model.ts';
import { learnNetwork, type Network, outputs } from './network.ts';
import { LINEAR_TERMS, TERMS, termsOf } from './terms.ts';
import { learnVectors, type Vector, vectorOf } from './vectors.ts';

export type Labelled = { text: string; label: string };

/**
 * Learns any labelled set: words, pairs of words and runs of letters weighed by rarity; one-against-rest SVMs and small
 * networks averaged in their margins. The same lines in the same order give the same model.
 */
export function trainGeneral(lines: Labelled[]): GeneralModel {
  const labels = [...new Set(lines.map((l) => l.label))].sort();
  const y = lines.map((l) => labels.indexOf(l.label));
  return {
    labels,
    ...learn(lines, y, labels.length, labels.length < FEW ? [] : [1, 2, 3]),
    ...certaintyOf(lines, y, labels),
  };
}

function learn(lines: Labelled[], y: number[], classes: number, seeds: number[]): Learners {
  // in a large set a term that stands in one line alone tells little and costs as much as the others
  const { vocabulary, vectors } = learnVectors(
    lines.map((l) => l.text),
    TERMS,
    lines.length < LARGE || classes < FEW ? 1 : 2,
  );
  const columns = vocabulary.rarity.length;
  const weighed = lines.map(({ text }) => vectorOf(termsOf(text, TERMS), vocabulary, LINEAR_TERMS));
  const linear = learnSvm(weighed, y, classes, columns, 3);
  const networks = seeds.map((seed) => learnNetwork(vectors, y, classes, columns, { seed }));
  return {
    terms: TERMS,
    linearTerms: LINEAR_TERMS,
    vocabulary,
    linear,
    networks,
    spread: { linear: spreadOf(weighed, (x) => margins(linear, x)), networks: spreadsOf(vectors, networks) },
  };
}

const LARGE = 1_000;

/** How sure it may be: what a model without every tenth line says of these. */
function certaintyOf(
  lines: Labelled[],
  y: number[],
  labels: string[],
): Pick<GeneralModel, 'temperature' | 'trust'> {
  // of a large set a part is enough
  const step = Math.max(1, Math.floor(lines.length / 6_000));
  const some = lines.map((_, i) => i).filter((i) => i % step === 0);
  const kept = some.filter((_, i) => i % 10 === 9);
  const rest = some.filter((_, i) => i % 10 !== 9);
  if (kept.length < 10) return { temperature: 1 };
  const learnt = learn(
    rest.map((i) => lines[i]!),
    rest.map((i) => y[i]!),
    labels.length,
    labels.length < FEW ? [] : [1],
  );
  const told = kept.map((i) => tell(learnt, lines[i]!.text));
  const right = kept.map((i) => y[i]!);
  const temperature = fitTemperature(
    told.map((t) => t.margins),
    right,
  );
  return labels.length < FEW ? { temperature } : { temperature, trust: trustOf(told, right) };
}

/**
 * With fewer labels than this every text is one of them: nothing is out of scope. What counts then is the order at the
 * tail, spam before the few good messages that look like it, and networks, sure of everything, only spoil that.
 */
const FEW = 5;

/** Logistic regression of "the best label was right" on how familiar the text was. */
function trustOf(told: Told[], right: number[]): Trust {
  const of = (i: number) => told.map(({ signs }) => signs[i]!);
  const mean = told[0]!.signs.map((_, i) => average(of(i)));
  const spread = mean.map((m, i) => Math.sqrt(average(of(i).map((v) => (v - m) ** 2))) || 1);
  const near = told.map(({ signs }) => familiarity(signs, { mean, spread }));
  const hit = told.map(({ margins: m }, i) => (m.indexOf(Math.max(...m)) === right[i] ? 1 : 0));
  let base = 0;
  let slope = 1;
  for (let step = 0; step < 2_000; step++) {
    const errors = near.map((v, i) => 1 / (1 + Math.exp(-(base + slope * v))) - hit[i]!);
    base -= 0.5 * average(errors);
    slope -= 0.1 * average(errors.map((e, i) => e * near[i]!));
  }
  // never flat, never falling: what is stranger is never surer
  return { mean, spread, base, slope: Math.max(0.2, slope) };
}

const average = (list: number[]): number => list.reduce((sum, v) => sum + v, 0) / (list.length || 1);

/** Of all networks' margins on a thousand lines, one with the other. */
const spreadsOf = (x: Vector[], networks: Network[]): number =>
  average(networks.map((network) => spreadOf(x, (v) => outputs(network, v)))) || 1;

function spreadOf(x: Vector[], tellOf: (v: Vector) => Float32Array): number {
  const some = x.filter((_, i) => i % Math.max(1, Math.floor(x.length / 1_000)) === 0);
  const squares = some.map(tellOf).map((m) => {
    const mean = m.reduce((s, v) => s + v, 0) / m.length;
    return m.reduce((s, v) => s + (v - mean) ** 2, 0) / m.length;
  });
  return Math.sqrt(average(squares)) || 1;
}
