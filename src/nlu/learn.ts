import { BUCKETS } from './features.ts';

/** One line of training: features and the index of its label. */
export type Sample = { x: Uint32Array; y: number; weight?: number };
export type Head = { weights: Float32Array; bias: Float32Array; classes: number; temperature: number };

export type LearnOptions = {
  epochs?: number;
  rate?: number;
  decay?: number;
  seed?: number;
  balance?: number;
};

/**
 * Multinomial logistic regression and a one-against-rest linear SVM over the same features, averaged in their
 * margins (each brought to unit spread), so that one matrix serves both. Deterministic for a seed.
 */
export function learn(samples: Sample[], classes: number, options: LearnOptions = {}): Head {
  const logistic = descend(samples, classes, 'logistic', options);
  const svm = descend(samples, classes, 'svm', options);
  const a = 1 / spread(samples, logistic);
  const b = 1 / spread(samples, svm);
  const weights = new Float32Array(BUCKETS * classes);
  for (let i = 0; i < weights.length; i++) weights[i] = (a * logistic.weights[i]! + b * svm.weights[i]!) / 2;
  const bias = logistic.bias.map((v, k) => (a * v + b * svm.bias[k]!) / 2);
  return { weights, bias, classes, temperature: 1 };
}

type Kind = 'logistic' | 'svm';

function descend(samples: Sample[], classes: number, kind: Kind, options: LearnOptions): Head {
  const { epochs = 12, rate = 0.08, decay = 1e-3, seed = 7, balance = 0.5 } = options;
  const weights = new Float32Array(BUCKETS * classes);
  const squares = new Float32Array(BUCKETS * classes).fill(1e-2);
  const bias = new Float32Array(classes);
  const margins = new Float32Array(classes);
  const gradient = new Float32Array(classes);
  const active: number[] = [];
  const order = samples.map((_, i) => i);
  const random = generator(seed);
  const importance = classWeights(samples, classes, balance);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const s of order) {
      const { x, y, weight = 1 } = samples[s]!;
      const norm = 1 / Math.sqrt(x.length || 1);
      marginsOf(weights, bias, x, classes, margins);
      if (kind === 'logistic') {
        softmax(margins, gradient, 1);
        gradient[y]! -= 1;
      } else
        for (let k = 0; k < classes; k++) {
          const sign = k === y ? 1 : -1;
          const slack = 1 - sign * margins[k]!;
          gradient[k] = slack > 0 ? -2 * sign * slack * (k === y ? 1 : 0.5) : 0;
        }
      const scale = weight * importance[y]!;
      for (let k = 0; k < classes; k++) gradient[k]! *= scale;
      // most classes have nothing to learn from a line: only the others are touched
      active.length = 0;
      for (let k = 0; k < classes; k++) if (Math.abs(gradient[k]!) > 1e-3) active.push(k);
      for (let f = 0; f < x.length; f++) {
        const base = x[f]! * classes;
        for (const k of active) {
          const g = gradient[k]! * norm;
          const at = base + k;
          squares[at]! += g * g;
          weights[at]! -= (rate / Math.sqrt(squares[at]!)) * (g + decay * weights[at]!);
        }
      }
      for (let k = 0; k < classes; k++) bias[k]! -= 0.01 * gradient[k]!;
    }
  }
  return { weights, bias, classes, temperature: 1 };
}

/** Margins of all classes for one text; the features are brought to unit length. */
export function marginsOf(
  weights: ArrayLike<number>,
  bias: Float32Array,
  x: Uint32Array,
  classes: number,
  out: Float32Array,
): void {
  out.fill(0);
  for (let f = 0; f < x.length; f++) {
    const base = x[f]! * classes;
    for (let k = 0; k < classes; k++) out[k]! += weights[base + k]!;
  }
  const norm = 1 / Math.sqrt(x.length || 1);
  for (let k = 0; k < classes; k++) out[k] = out[k]! * norm + bias[k]!;
}

export function softmax(margins: Float32Array, out: Float32Array, temperature: number): void {
  let top = -Infinity;
  for (const m of margins) if (m > top) top = m;
  let sum = 0;
  for (let k = 0; k < margins.length; k++) {
    out[k] = Math.exp((margins[k]! - top) / temperature);
    sum += out[k]!;
  }
  for (let k = 0; k < out.length; k++) out[k]! /= sum;
}

/** Rare classes weigh more: (mean / count) to the power of `balance`. */
function classWeights(samples: Sample[], classes: number, balance: number): Float32Array {
  const counts = new Float32Array(classes);
  for (const { y } of samples) counts[y]!++;
  const mean = samples.length / classes;
  return counts.map((n) => (n > 0 ? (mean / n) ** balance : 0));
}

function spread(samples: Sample[], head: Head): number {
  const margins = new Float32Array(head.classes);
  let sum = 0;
  let n = 0;
  for (let i = 0; i < samples.length; i += 7) {
    marginsOf(head.weights, head.bias, samples[i]!.x, head.classes, margins);
    const mean = margins.reduce((t, m) => t + m, 0) / margins.length;
    for (const m of margins) sum += (m - mean) ** 2;
    n += margins.length;
  }
  return Math.sqrt(sum / n) || 1;
}

/** The temperature at which held-out margins give the truest probabilities. */
export function fitTemperature(margins: Float32Array[], labels: number[]): number {
  let best = 1;
  let least = Infinity;
  for (let t = 0.05; t <= 3; t *= 1.06) {
    let loss = 0;
    margins.forEach((m, i) => {
      const p = new Float32Array(m.length);
      softmax(m, p, t);
      loss -= Math.log(Math.max(p[labels[i]!]!, 1e-6));
    });
    if (loss < least) [least, best] = [loss, t];
  }
  return best;
}

/** mulberry32: the same sequence on every machine. */
export function generator(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffle<T>(list: T[], random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
}
