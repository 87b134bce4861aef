import { type TermOptions, type Terms, termsOf, weightsOf } from './terms.ts';

/** A text as a sparse vector of length 1: columns ascending in no order, and their values. */
export type Vector = { at: Uint32Array; value: Float32Array };
/** The terms that a model knows, with how rare each is. */
export type Vocabulary = { column: Map<number, number>; rarity: Float32Array; rarest: number };

/** Learns the terms of `texts` (each that stands in `least` of them or more) and makes their vectors. */
export function learnVectors(
  texts: string[],
  options: TermOptions,
  least = 1,
): { vocabulary: Vocabulary; vectors: Vector[] } {
  const all = texts.map((text) => termsOf(text, options));
  const seen = new Map<number, number>();
  for (const kinds of all)
    for (const terms of kinds) for (const term of terms.keys()) seen.set(term, (seen.get(term) ?? 0) + 1);
  const column = new Map<number, number>();
  const rarity: number[] = [];
  for (const [term, n] of seen) {
    if (n < least) continue;
    column.set(term, rarity.length);
    rarity.push(Math.log((1 + texts.length) / (1 + n)) + 1);
  }
  const vocabulary = { column, rarity: Float32Array.from(rarity), rarest: rarestOf(rarity) };
  return { vocabulary, vectors: all.map((kinds) => vectorOf(kinds, vocabulary, options)) };
}

/** How much a term that was never seen takes of the length, so that a strange text has small margins. */
const STRANGENESS = 0.3;

export const rarestOf = (rarity: ArrayLike<number>): number => {
  let most = 1;
  for (let i = 0; i < rarity.length; i++) most = Math.max(most, rarity[i]!);
  return most;
};

/** The vector of a new text; terms that were never seen count for nothing but take their share of the length. */
export function vectorOf(kinds: Terms, { column, rarity, rarest }: Vocabulary, options: TermOptions): Vector {
  const at: number[] = [];
  const value: number[] = [];
  const weights = weightsOf(options);
  let whole = 0;
  kinds.forEach((terms, kind) => {
    const from = at.length;
    let sum = 0;
    let strange = 0;
    for (const [term, n] of terms) {
      const c = column.get(term);
      if (c === undefined) {
        strange += ((1 + Math.log(n)) * rarest) ** 2;
        continue;
      }
      const v = (1 + Math.log(n)) * rarity[c]!;
      at.push(c);
      value.push(v);
      sum += v * v;
    }
    const scale = weights[kind]! / (Math.sqrt(sum + STRANGENESS * strange) || 1);
    whole += sum + strange > 0 ? weights[kind]! ** 2 : 0;
    for (let i = from; i < value.length; i++) value[i]! *= scale;
  });
  const scale = 1 / (Math.sqrt(whole) || 1);
  return { at: Uint32Array.from(at), value: Float32Array.from(value, (v) => v * scale) };
}
