import { compare } from '../bson/compare.ts';
import { toNumber } from '../bson/numbers.ts';
import { type Doc, isDoc, isNumber, type Value } from '../bson/values.ts';
import { weigh } from '../bson/weigh.ts';
import { fault } from '../errors.ts';
import type { FilterOptions } from '../query/operators.ts';
import { ValueSet } from './operators/sets.ts';
import { isNullish, nameOf } from './operators/support.ts';
import { Sum } from './sum.ts';

/** Takes values one after another. */
export interface Accumulator {
  /** About how many bytes more it holds now; nothing when it holds as much as before. */
  add(v: Value | undefined): number | undefined;
  result(): Value | undefined;
}

export type MakeAccumulator = (options: FilterOptions) => Accumulator;

/** Accumulators of one value a document. To add one: its constructor, by its name. */
export const accumulators: ReadonlyMap<string, MakeAccumulator> = new Map<string, MakeAccumulator>([
  ['$sum', () => sum()],
  ['$avg', () => average()],
  ['$min', ({ collation }) => extreme((a, b) => compare(a, b, collation) < 0)],
  ['$max', ({ collation }) => extreme((a, b) => compare(a, b, collation) > 0)],
  ['$first', () => firstOf()],
  ['$last', () => lastOf()],
  ['$push', () => pushAll()],
  ['$addToSet', ({ collation }) => setOf(new ValueSet(collation))],
  ['$stdDevPop', () => deviation(0)],
  ['$stdDevSamp', () => deviation(1)],
  ['$mergeObjects', () => mergeObjects()],
  ['$concatArrays', () => concatArrays()],
  ['$setUnion', ({ collation }) => setUnion(new ValueSet(collation))],
]);

function sum(): Accumulator {
  const total = new Sum();
  return {
    add: (v) => {
      if (isNumber(v)) total.add(v);
    },
    result: () => total.result(),
  };
}

function average(): Accumulator {
  const total = new Sum();
  let count = 0;
  return {
    add: (v) => {
      if (!isNumber(v)) return;
      total.add(v);
      count++;
    },
    result: () => (count === 0 ? null : total.dividedBy(count)),
  };
}

function extreme(isBetter: (a: Value, b: Value) => boolean): Accumulator {
  let best: Value | undefined;
  return {
    add: (v) => {
      if (isNullish(v)) return;
      const isFirst = best === undefined;
      if (best === undefined || isBetter(v, best)) best = v;
      return isFirst ? weigh(v) : 0;
    },
    result: () => best ?? null,
  };
}

function firstOf(): Accumulator {
  let isSet = false;
  let first: Value | undefined;
  return {
    add: (v) => {
      if (isSet) return 0;
      first = v;
      isSet = true;
      return weigh(v);
    },
    result: () => first,
  };
}

function lastOf(): Accumulator {
  let isSet = false;
  let last: Value | undefined;
  return {
    add: (v) => {
      const held = isSet ? 0 : weigh(v);
      isSet = true;
      last = v;
      return held;
    },
    result: () => last,
  };
}

function pushAll(): Accumulator {
  const all: Value[] = [];
  return {
    add: (v) => {
      if (v === undefined) return 0;
      all.push(v);
      return weigh(v);
    },
    result: () => all,
  };
}

function setOf(set: ValueSet): Accumulator {
  return {
    add: (v) => {
      return v !== undefined && set.add(v) ? weigh(v) : 0;
    },
    result: () => set.values,
  };
}

/** Welford's method; only numbers count. */
function deviation(correction: 0 | 1): Accumulator {
  let count = 0;
  let mean = 0;
  let squares = 0;
  return {
    add: (v) => {
      if (!isNumber(v)) return;
      const x = toNumber(v);
      count++;
      const delta = x - mean;
      mean += delta / count;
      squares += delta * (x - mean);
    },
    result: () => (count <= correction ? null : Math.sqrt(squares / (count - correction))),
  };
}

function mergeObjects(): Accumulator {
  const out: Doc = new Map();
  return {
    add: (v) => {
      if (isNullish(v)) return;
      if (!isDoc(v))
        throw fault(40400, `$mergeObjects requires object inputs, but input is of type ${nameOf(v)}`);
      const before = out.size;
      for (const [name, value] of v) out.set(name, value);
      return out.size > before ? weigh(v) : 0;
    },
    result: () => out,
  };
}

function concatArrays(): Accumulator {
  const all: Value[] = [];
  return {
    add: (v) => {
      if (v === undefined) return;
      if (!Array.isArray(v))
        throw fault('TypeMismatch', `$concatArrays requires array inputs, but found ${nameOf(v)}`);
      for (const item of v) all.push(item);
      return weigh(v);
    },
    result: () => all,
  };
}

function setUnion(set: ValueSet): Accumulator {
  return {
    add: (v) => {
      if (v === undefined) return;
      if (!Array.isArray(v))
        throw fault('TypeMismatch', `$setUnion requires array inputs, but found ${nameOf(v)}`);
      let held = 0;
      for (const item of v) if (set.add(item)) held += weigh(item);
      return held;
    },
    result: () => set.values,
  };
}
