/** A model of any labelled set: a linear machine and a few networks over the same terms. */
import { type Linear, margins, softmaxOf } from './linear.ts';
import { type Network, outputs } from './network.ts';
import { type TermOptions, termsOf } from './terms.ts';
import { type Vocabulary, vectorOf } from './vectors.ts';

export type GeneralModel = {
  labels: string[];
  /** How texts are cut, and weighed for the networks; weighed for the linear machine. */
  terms: TermOptions;
  linearTerms: TermOptions;
  vocabulary: Vocabulary;
  linear: Linear;
  networks: Network[];
  /** What each learner's margins are divided by before they are added up. */
  spread: { linear: number; networks: number };
  /** Of the softmax over the margins, fitted on lines kept back. */
  temperature: number;
  /** Absent where nothing can be out of scope. */
  trust?: Trust;
};

/**
 * How signs of a familiar text become the best label's score: each sign less its mean, divided by its spread, all added
 * up; then `1 / (1 + exp(-(base + slope * sum)))`. Fitted on lines kept back: how often the best label was right.
 */
export type Trust = { mean: number[]; spread: number[]; base: number; slope: number };
export type Ranked = { label: string; score: number }[];
export type Told = { margins: Float32Array; signs: number[] };

/** How much the networks count beside the linear machine; chosen on validation lines. */
const NETWORKS = 3;
/** At this temperature the networks' certainty tells best what is strange to them. */
const CALM = 4;

/** What the learners say of a text; all that a model has but how sure it is. */
export type Learners = Omit<GeneralModel, 'labels' | 'temperature' | 'trust'>;
export function tell(model: Learners, text: string): Told {
  const { linear, networks, spread } = model;
  const terms = termsOf(text, model.terms);
  const own = margins(linear, vectorOf(terms, model.vocabulary, model.linearTerms));
  const x = vectorOf(terms, model.vocabulary, model.terms);
  const theirs = new Float32Array(own.length);
  for (const network of networks)
    outputs(network, x).forEach((v, k) => {
      theirs[k]! += v / networks.length;
    });
  const best = own.reduce((most, v) => Math.max(most, v), -Infinity);
  const calm = new Float64Array(own.length);
  softmaxOf(theirs, calm, CALM);
  const length = Math.sqrt(x.value.reduce((sum, v) => sum + v * v, 0));
  return {
    margins: own.map((v, k) => v / spread.linear + (NETWORKS * theirs[k]!) / spread.networks),
    signs: [best, Math.log(calm.reduce((most, v) => Math.max(most, v), 0)), length],
  };
}

export const familiarity = (signs: number[], { mean, spread }: Pick<Trust, 'mean' | 'spread'>): number =>
  signs.reduce((sum, sign, i) => sum + (sign - mean[i]!) / spread[i]!, 0);

/**
 * All labels, best first. A score is the label's probability. Where texts can be out of scope the best label's score
 * falls as the text is strange to the model, so that one threshold tells what is none of them.
 */
export function rank(model: GeneralModel, text: string): Ranked {
  const told = tell(model, text);
  const p = new Float64Array(told.margins.length);
  softmaxOf(told.margins, p, model.temperature);
  const ranked = model.labels.map((label, k) => ({ label, score: p[k]! })).sort((a, b) => b.score - a.score);
  const { trust } = model;
  if (!trust) return ranked;
  const [first, ...others] = ranked;
  const sure = 1 / (1 + Math.exp(-(trust.base + trust.slope * familiarity(told.signs, trust))));
  // the others share what is left, none of them before the best
  const left = (1 - sure) / (1 - first!.score || 1);
  return [
    { label: first!.label, score: sure },
    ...others.map(({ label, score }) => ({ label, score: Math.min(sure, score * left) })),
  ];
}
