/** A model of any labelled set, as kept in one file: terms, weights in eight bits, labels. */
import { type Linear, margins, softmaxOf } from './linear.ts';
import { TERMS, type TermOptions, type Terms, termsOf } from './terms.ts';
import { rarestOf, type Vocabulary, vectorOf } from './vectors.ts';

export type GeneralModel = {
  labels: string[];
  terms: TermOptions;
  vocabulary: Vocabulary;
  linear: Linear;
  /** Of the softmax over the margins, fitted on lines kept back. */
  temperature: number;
  /** Where kept-back lines' familiarity begins and how wide it spreads; absent where nothing can be out of scope. */
  trust?: { at: number; width: number };
};
export type Ranked = { label: string; score: number }[];

/**
 * All labels, best first. A score is the label's probability, lowered for all alike where the text is strange to the
 * model: what is left is that it is none of them.
 */
export function rank(model: GeneralModel, text: string): Ranked {
  const terms = termsOf(text, model.terms);
  const m = margins(model.linear, vectorOf(terms, model.vocabulary, model.terms));
  const p = new Float64Array(m.length);
  softmaxOf(m, p, model.temperature);
  const { trust } = model;
  const sure = trust ? 1 / (1 + Math.exp((trust.at - familiarity(m, terms, model)) / trust.width)) : 1;
  return model.labels.map((label, k) => ({ label, score: p[k]! * sure })).sort((a, b) => b.score - a.score);
}

/** The best margin, and how many of the words were ever seen. */
export function familiarity(
  m: Float32Array,
  [words]: Terms,
  { vocabulary }: Pick<GeneralModel, 'vocabulary'>,
): number {
  let known = 0;
  for (const term of words!.keys()) if (vocabulary.column.has(term)) known++;
  return m.reduce((most, v) => Math.max(most, v), -Infinity) + (2 * known) / (words!.size || 1);
}

const MAGIC = 'PNLG1\n';

/** Magic, length of the JSON header, header; then per column its term, its rarity and a byte per class. */
export function packGeneral({
  labels,
  terms,
  vocabulary,
  linear,
  temperature,
  trust,
}: GeneralModel): Uint8Array {
  const { weights, bias, classes } = linear;
  const columns = vocabulary.rarity.length;
  const scales = new Float32Array(classes);
  for (let i = 0; i < weights.length; i++)
    scales[i % classes] = Math.max(scales[i % classes]!, Math.abs(weights[i]!));
  for (let k = 0; k < classes; k++) scales[k] = Math.fround(Math.max(scales[k]! / 127, 1e-9));
  const bytes = Int8Array.from(weights, (w, i) => Math.round(w / scales[i % classes]!));
  const keys = new Uint32Array(columns);
  for (const [term, column] of vocabulary.column) keys[column] = term;
  const header = { labels, terms, temperature, trust, columns, bias: [...bias], scales: [...scales] };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const head = Buffer.concat([Buffer.from(MAGIC), Buffer.alloc(4), json]);
  head.writeUInt32LE(json.length, MAGIC.length);
  // numbers begin at a multiple of four
  const pad = Buffer.alloc((4 - (head.length % 4)) % 4);
  return Buffer.concat([
    head,
    pad,
    Buffer.from(keys.buffer),
    Buffer.from(vocabulary.rarity.buffer),
    Buffer.from(bytes.buffer),
  ]);
}

export function unpackGeneral(file: Uint8Array): GeneralModel {
  const text = new TextDecoder();
  if (text.decode(file.subarray(0, MAGIC.length)) !== MAGIC)
    throw new Error('not a model of `nlu train --data`, or of another version');
  const own = new Uint8Array(file); // from the start of a buffer of its own
  const length = new DataView(own.buffer).getUint32(MAGIC.length, true);
  const start = MAGIC.length + 4;
  const h = JSON.parse(text.decode(own.subarray(start, start + length)));
  let at = Math.ceil((start + length) / 4) * 4;
  const classes = h.labels.length;
  const keys = new Uint32Array(own.buffer, at, h.columns);
  at += 4 * h.columns;
  const rarity = new Float32Array(own.buffer, at, h.columns);
  at += 4 * h.columns;
  const bytes = new Int8Array(own.buffer, at, h.columns * classes);
  const column = new Map<number, number>();
  keys.forEach((term, c) => {
    column.set(term, c);
  });
  return {
    labels: h.labels,
    terms: { ...TERMS, ...h.terms },
    vocabulary: { column, rarity, rarest: rarestOf(rarity) },
    linear: {
      weights: Float32Array.from(bytes, (b, i) => b * h.scales[i % classes]),
      bias: Float32Array.from(h.bias),
      classes,
    },
    temperature: h.temperature,
    trust: h.trust,
  };
}
