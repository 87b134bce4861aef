import { generator, shuffle } from '../learn.ts';
import type { Vector } from './vectors.ts';

/** A margin per class: weights column by column (`column * classes + class`), and a bias each. */
export type Linear = { weights: Float32Array; bias: Float32Array; classes: number };

export function margins(model: Linear, x: Vector, out = new Float32Array(model.classes)): Float32Array {
  const { weights, classes } = model;
  out.set(model.bias);
  for (let f = 0; f < x.at.length; f++) {
    const base = x.at[f]! * classes;
    const v = x.value[f]!;
    for (let k = 0; k < classes; k++) out[k]! += v * weights[base + k]!;
  }
  return out;
}

/** One-against-rest linear SVMs with squared hinge loss, by dual coordinate descent (Hsieh et al. 2008). */
export function learnSvm(
  x: Vector[],
  y: number[],
  classes: number,
  columns: number,
  cost = 1,
  rounds = 12,
): Linear {
  const model: Linear = {
    weights: new Float32Array(columns * classes),
    bias: new Float32Array(classes),
    classes,
  };
  const random = generator(11);
  const diagonal = 0.5 / cost;
  // the bias is one more feature, always 1
  const q = x.map(({ value }) => value.reduce((s, v) => s + v * v, 0) + 1 + diagonal);
  const w = new Float32Array(columns);
  const alpha = new Float64Array(x.length);
  for (let k = 0; k < classes; k++) {
    w.fill(0);
    alpha.fill(0);
    let b = 0;
    let active = x.map((_, i) => i);
    for (let round = 0; round < rounds; round++) {
      shuffle(active, random);
      const next: number[] = [];
      let worst = 0;
      for (const i of active) {
        const sign = y[i] === k ? 1 : -1;
        const { at, value } = x[i]!;
        let dot = b;
        for (let f = 0; f < at.length; f++) dot += w[at[f]!]! * value[f]!;
        const gradient = sign * dot - 1 + diagonal * alpha[i]!;
        const old = alpha[i]!;
        // far on the right side and not needed: looked at again only in the last rounds
        if (old === 0 && gradient > 0.3 && round < rounds - 3) continue;
        next.push(i);
        const projected = old === 0 ? Math.min(gradient, 0) : gradient;
        if (Math.abs(projected) < 1e-4) continue;
        worst = Math.max(worst, Math.abs(projected));
        const now = Math.max(old - gradient / q[i]!, 0);
        alpha[i] = now;
        const step = (now - old) * sign;
        b += step;
        for (let f = 0; f < at.length; f++) w[at[f]!]! += step * value[f]!;
      }
      if (round === rounds - 4) active = x.map((_, i) => i);
      else active = next;
      if (worst < 0.02 && round >= rounds - 3) break;
    }
    for (let c = 0; c < columns; c++) model.weights[c * classes + k] = w[c]!;
    model.bias[k] = b;
  }
  return model;
}

export function softmaxOf(m: ArrayLike<number>, out: Float32Array | Float64Array, temperature = 1): void {
  let top = -Infinity;
  for (let k = 0; k < m.length; k++) if (m[k]! > top) top = m[k]!;
  let sum = 0;
  for (let k = 0; k < m.length; k++) {
    out[k] = Math.exp((m[k]! - top) / temperature);
    sum += out[k]!;
  }
  for (let k = 0; k < m.length; k++) out[k]! /= sum;
}
