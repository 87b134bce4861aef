import { type Numeric, toNumber } from '../../bson/numbers.ts';
import type { Value } from '../../bson/values.ts';

/** Preferred number series within one decade (or octave), as `$bucketAuto`'s `granularity` names them. */
export const GRANULARITIES: ReadonlyMap<string, readonly number[]> = new Map([
  ['R5', [10, 16, 25, 40, 63]],
  ['R10', [100, 125, 160, 200, 250, 315, 400, 500, 630, 800]],
  [
    'R20',
    [100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710, 800, 900],
  ],
  [
    'R40',
    [
      100, 106, 112, 118, 125, 132, 140, 150, 160, 170, 180, 190, 200, 212, 224, 236, 250, 265, 280, 300, 315,
      335, 355, 375, 400, 425, 450, 475, 500, 530, 560, 600, 630, 670, 710, 750, 800, 850, 900, 950,
    ],
  ],
  ['1-2-5', [10, 20, 50]],
  ['E6', [10, 15, 22, 33, 47, 68]],
  ['E12', [10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82]],
  ['E24', [10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91]],
  ['POWERSOF2', [1]],
]);

/** The next number of the series above the value. */
export function roundUp(name: string, value: Value): Value {
  const n = toNumber(value as Numeric);
  if (n === 0) return 0;
  return search(name, n, (all) => all.find((x) => x > n)!);
}

/** The next number of the series below the value. */
export function roundDown(name: string, value: Value): Value {
  const n = toNumber(value as Numeric);
  if (n === 0) return 0;
  return search(name, n, (all) => all.findLast((x) => x < n)!);
}

function search(name: string, n: number, pick: (all: number[]) => number): number {
  const base = name === 'POWERSOF2' ? 2 : 10;
  const series = GRANULARITIES.get(name)!;
  const power = Math.floor(Math.log(n / series[0]!) / Math.log(base));
  const all: number[] = [];
  for (let p = power - 1; p <= power + 2; p++)
    for (const x of series) all.push(p < 0 ? x / base ** -p : x * base ** p);
  return pick(all);
}
