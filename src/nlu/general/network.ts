import { generator, shuffle } from '../learn.ts';
import { softmaxOf } from './linear.ts';
import type { Vector } from './vectors.ts';

/**
 * One hidden layer of rectifiers. `hidden` column by column (`column * units + unit`), to be multiplied by its unit's
 * `scale`; `out` class by class.
 */
export type Network = {
  units: number;
  classes: number;
  hidden: Float32Array | Int8Array;
  scale: Float32Array;
  hiddenBias: Float32Array;
  out: Float32Array;
  outBias: Float32Array;
};

/** How a network is taught; what is best was chosen on validation lines. */
const UNITS = 192;
const RATE = 0.1;
/** Shares of a text's terms, and of the hidden units, that are left out of each step: no term is relied on alone. */
const TERMS_OUT = 0.4;
const UNITS_OUT = 0.5;
/** Small, so that what is not learnt stays silent. */
const SPREAD = 0.05;

/** Adaptive gradient descent, a line at a time. The same lines and seed give the same network. */
export function learnNetwork(
  x: Vector[],
  y: number[],
  classes: number,
  columns: number,
  { seed = 1, rounds = roundsFor(x.length) } = {},
): Network {
  const random = generator(seed);
  const network = begin(columns, classes, random);
  const { hiddenBias, out, outBias, units } = network;
  const hidden = network.hidden as Float32Array;
  const hiddenSquares = new Float32Array(hidden.length).fill(1e-4);
  const outSquares = new Float32Array(out.length).fill(1e-2);
  const hiddenBiasSquares = new Float32Array(units).fill(1e-2);
  const outBiasSquares = new Float32Array(classes).fill(1e-2);
  const sum = new Float32Array(units);
  const gradient = new Float32Array(units);
  const p = new Float32Array(classes);
  const order = x.map((_, i) => i);
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random);
    const rate = RATE * (1 - (0.9 * round) / rounds);
    for (const i of order) {
      const { at, value } = thinned(x[i]!, random);
      forward(network, at, value, sum);
      // only the units that fire and are not left out have anything to do
      const active: number[] = [];
      for (let j = 0; j < units; j++) if (sum[j]! > 0 && random() >= UNITS_OUT) active.push(j);
      for (const j of active) sum[j]! /= 1 - UNITS_OUT;
      for (let k = 0; k < classes; k++) {
        let margin = outBias[k]!;
        const base = k * units;
        for (let a = 0; a < active.length; a++) margin += out[base + active[a]!]! * sum[active[a]!]!;
        p[k] = margin;
      }
      softmaxOf(p, p);
      p[y[i]!]! -= 1;
      gradient.fill(0);
      for (let k = 0; k < classes; k++) {
        const error = p[k]!;
        if (Math.abs(error) < 5e-4) continue;
        const base = k * units;
        for (let a = 0; a < active.length; a++) {
          const j = active[a]!;
          gradient[j]! += error * out[base + j]!;
          const g = error * sum[j]!;
          outSquares[base + j]! += g * g;
          out[base + j]! -= (rate * g) / Math.sqrt(outSquares[base + j]!);
        }
        outBiasSquares[k]! += error * error;
        outBias[k]! -= (0.1 * rate * error) / Math.sqrt(outBiasSquares[k]!);
      }
      for (const j of active) {
        gradient[j]! /= 1 - UNITS_OUT;
        hiddenBiasSquares[j]! += gradient[j]! ** 2;
        hiddenBias[j]! -= (0.1 * rate * gradient[j]!) / Math.sqrt(hiddenBiasSquares[j]!);
      }
      for (let f = 0; f < at.length; f++) {
        const base = at[f]! * units;
        const v = value[f]!;
        for (let a = 0; a < active.length; a++) {
          const j = active[a]!;
          const g = v * gradient[j]!;
          hiddenSquares[base + j]! += g * g;
          hidden[base + j]! -= (rate * g) / Math.sqrt(hiddenSquares[base + j]!);
        }
      }
    }
  }
  return network;
}

/** Small sets are gone through more often. */
const roundsFor = (lines: number): number => Math.min(40, Math.max(10, Math.round(45_000 / (lines || 1))));

/** The margin of every class. */
export function outputs(network: Network, { at, value }: Vector): Float32Array {
  const { units, classes, out, outBias } = network;
  const sum = new Float32Array(units);
  forward(network, at, value, sum);
  const told = Float32Array.from(outBias);
  for (let k = 0; k < classes; k++)
    for (let j = 0; j < units; j++) if (sum[j]! > 0) told[k]! += out[k * units + j]! * sum[j]!;
  return told;
}

function forward(
  { hidden, scale, hiddenBias, units }: Network,
  at: ArrayLike<number>,
  value: ArrayLike<number>,
  sum: Float32Array,
): void {
  sum.fill(0);
  for (let f = 0; f < at.length; f++) {
    const base = at[f]! * units;
    const v = value[f]!;
    for (let j = 0; j < units; j++) sum[j]! += v * hidden[base + j]!;
  }
  for (let j = 0; j < units; j++) sum[j] = sum[j]! * scale[j]! + hiddenBias[j]!;
}

/** The same network with eight bits a weight. */
export function lightened(network: Network): Network {
  const { units } = network;
  const scale = new Float32Array(units);
  network.hidden.forEach((w, i) => {
    scale[i % units] = Math.max(scale[i % units]!, Math.abs(w));
  });
  for (let j = 0; j < units; j++) scale[j] = Math.max(scale[j]! / 127, 1e-9);
  const hidden = new Int8Array(network.hidden.length);
  for (let i = 0; i < hidden.length; i++) hidden[i] = Math.round(network.hidden[i]! / scale[i % units]!);
  return { ...network, hidden, scale };
}

/** The vector without a part of its terms, as long as before. */
function thinned(x: Vector, random: () => number): Vector {
  const kept: number[] = [];
  let before = 0;
  let after = 0;
  for (let f = 0; f < x.at.length; f++) {
    const square = x.value[f]! ** 2;
    before += square;
    if (random() < TERMS_OUT) continue;
    after += square;
    kept.push(f);
  }
  const scale = after > 0 ? Math.sqrt(before / after) : 0;
  return {
    at: Uint32Array.from(kept, (f) => x.at[f]!),
    value: Float32Array.from(kept, (f) => x.value[f]! * scale),
  };
}

function begin(columns: number, classes: number, random: () => number): Network {
  const normal = () => Math.sqrt(-2 * Math.log(random() + 1e-9)) * Math.cos(2 * Math.PI * random());
  return {
    units: UNITS,
    classes,
    hidden: new Float32Array(columns * UNITS).map(() => SPREAD * normal()),
    scale: new Float32Array(UNITS).fill(1),
    hiddenBias: new Float32Array(UNITS),
    out: new Float32Array(classes * UNITS).map(() => normal() / Math.sqrt(UNITS)),
    outBias: new Float32Array(classes),
  };
}
