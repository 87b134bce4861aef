import { compare } from '../../bson/compare.ts';
import { toExactBigInt } from '../../bson/numbers.ts';
import { int, isDoc, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compileSort } from '../../query/sort.ts';
import { compile, type Expr } from '../expression.ts';
import {
  args,
  fixed1,
  fixed2,
  isNullish,
  isTrue,
  named,
  nameOf,
  type OperatorTable,
  variadic,
  wantInt,
} from './support.ts';

export const arrays: OperatorTable = {
  $arrayElemAt: fixed2((a, i, _scope, name) => {
    if (isNullish(a) || isNullish(i)) return null;
    if (!Array.isArray(a))
      throw fault(28689, `${name}'s first argument must be an array, but is ${nameOf(a)}`);
    if (!isNumber(i))
      throw fault(28690, `${name}'s second argument must be a numeric value, but is ${nameOf(i)}`);
    const n = wantInt(i, 28691, `${name}'s second argument must be representable as a 32-bit integer: `);
    return a[n < 0 ? a.length + n : n];
  }),
  $concatArrays: variadic((values) => {
    const out: Value[] = [];
    for (const v of values) {
      if (isNullish(v)) return null;
      if (!Array.isArray(v)) throw fault(28664, `$concatArrays only supports arrays, not ${nameOf(v)}`);
      out.push(...v);
    }
    return out;
  }),
  $in: fixed2((v, list, scope) => {
    if (!Array.isArray(list))
      throw fault(40081, `$in requires an array as a second argument, found: ${nameOf(list)}`);
    return v !== undefined && list.some((item) => compare(item, v, scope.options.collation) === 0);
  }),
  $indexOfArray: (operand, scope, name) => {
    const [list, wanted, start, end] = args(operand, scope, name, 2, 4);
    return (env) => {
      const array = list!(env);
      if (isNullish(array)) return null;
      if (!Array.isArray(array))
        throw fault(40090, `$indexOfArray requires an array as a first argument, found: ${nameOf(array)}`);
      const v = wanted!(env);
      const bound = (e: Expr | undefined, fallback: number, which: string): number => {
        if (!e) return fallback;
        const raw = e(env);
        const n = wantInt(
          raw,
          40096,
          `$indexOfArray requires an integral ${which} index, found a value of type: `,
        );
        if (n < 0) throw fault(40097, `$indexOfArray requires a nonnegative ${which} index, found: ${n}`);
        return n;
      };
      const from = bound(start, 0, 'starting');
      const to = Math.min(bound(end, array.length, 'ending'), array.length);
      for (let i = from; i < to; i++)
        if (v !== undefined && compare(array[i]!, v, scope.options.collation) === 0) return int(i);
      return int(-1);
    };
  },
  $isArray: fixed1((v) => Array.isArray(v)),
  $range: (operand, scope, name) => {
    const [start, end, step] = args(operand, scope, name, 2, 3);
    return (env) => {
      const numeric = (v: Value | undefined, code: number, which: string): number => {
        if (!isNumber(v))
          throw fault(code, `$range requires a numeric ${which} value, found value of type:${nameOf(v)}`);
        return wantInt(
          v,
          code + 1,
          `$range requires a ${which} value that can be represented as a 32-bit integer, found value: `,
        );
      };
      const from = numeric(start!(env), 34443, 'starting');
      const to = numeric(end!(env), 34445, 'ending');
      const by = step ? numeric(step(env), 34447, 'step') : 1;
      if (by === 0) throw fault(34449, '$range requires a non-zero step value');
      const out: Value[] = [];
      if (Math.abs((to - from) / by) > 5_000_000)
        throw fault('QueryExceededMemoryLimitNoDiskUseAllowed', '$range would use too much memory');
      for (let i = from; by > 0 ? i < to : i > to; i += by) out.push(int(i));
      return out;
    };
  },
  $reverseArray: fixed1((v) => {
    if (isNullish(v)) return null;
    if (!Array.isArray(v))
      throw fault(34435, `The argument to $reverseArray must be an array, but was of type: ${nameOf(v)}`);
    return v.toReversed();
  }),
  $size: fixed1((v) => {
    if (!Array.isArray(v))
      throw fault(17124, `The argument to $size must be an array, but was of type: ${nameOf(v)}`);
    return int(v.length);
  }),
  $slice: (operand, scope, name) => {
    const [list, second, third] = args(operand, scope, name, 2, 3);
    return (env) => {
      const array = list!(env);
      const b = second!(env);
      const c = third?.(env);
      if (isNullish(array) || isNullish(b) || (third && isNullish(c))) return null;
      if (!Array.isArray(array))
        throw fault(28724, `First argument to $slice must be an array, but is of type: ${nameOf(array)}`);
      if (!isNumber(b))
        throw fault(28725, `Second argument to $slice must be a numeric value, but is of type: ${nameOf(b)}`);
      const n = wantInt(b, 28726, "Second argument to $slice can't be represented as a 32-bit integer: ");
      if (!third) return n >= 0 ? array.slice(0, n) : array.slice(n);
      if (!isNumber(c))
        throw fault(28727, `Third argument to $slice must be numeric, but is of type: ${nameOf(c)}`);
      const count = wantInt(c, 28728, "Third argument to $slice can't be represented as a 32-bit integer: ");
      if (count <= 0) throw fault(28729, `Third argument to $slice must be positive: ${count}`);
      const from = n < 0 ? Math.max(0, array.length + n) : n;
      return array.slice(from, from + count);
    };
  },
  $sortArray: (operand, scope, name) => {
    if (!isDoc(operand))
      throw fault(2942500, `$sortArray requires an object as an argument, found: ${nameOf(operand)}`);
    const { input } = named(
      new Map([...operand].filter(([k]) => k !== 'sortBy')),
      scope,
      name,
      ['input'],
      [],
      {
        notObject: 2942500,
        unknown: 2942501,
        missing: 2942502,
      },
    );
    const by = operand.get('sortBy');
    if (by === undefined) throw fault(2942503, '$sortArray requires sortBy to be specified');
    const order = elementOrder(by, scope.options);
    return (env) => {
      const v = input!(env);
      if (isNullish(v)) return null;
      if (!Array.isArray(v))
        throw fault(
          2942504,
          `The input argument to $sortArray must be an array, but was of type: ${nameOf(v)}`,
        );
      return v.toSorted(order);
    };
  },
  $zip: (operand, scope) => {
    if (!isDoc(operand))
      throw fault(34460, `$zip only supports an object as an argument, found ${nameOf(operand)}`);
    for (const key of operand.keys())
      if (!['inputs', 'useLongestLength', 'defaults'].includes(key))
        throw fault(34464, `$zip found an unknown argument: ${key}`);
    const inputs = operand.get('inputs');
    if (inputs === undefined) throw fault(34465, '$zip requires at least one input array');
    if (!Array.isArray(inputs))
      throw fault(34461, `inputs must be an array of expressions, found ${nameOf(inputs)}`);
    if (inputs.length === 0) throw fault(34465, '$zip requires at least one input array');
    const longest = operand.get('useLongestLength') ?? false;
    if (typeof longest !== 'boolean')
      throw fault(34463, `useLongestLength must be a bool, found ${nameOf(longest)}`);
    const defaults = operand.get('defaults');
    if (defaults !== undefined) {
      if (!Array.isArray(defaults))
        throw fault(34462, `defaults must be an array of expressions, found ${nameOf(defaults)}`);
      if (!longest) throw fault(34466, 'cannot specify defaults unless useLongestLength is true');
      if (defaults.length !== inputs.length)
        throw fault(34467, 'defaults and inputs must have the same length');
    }
    const lists = inputs.map((e) => compile(e, scope));
    const fillers = (defaults as Value[] | undefined)?.map((e) => compile(e, scope));
    return (env) => {
      const values = lists.map((e) => e(env));
      if (values.some(isNullish)) return null;
      for (const v of values)
        if (!Array.isArray(v)) throw fault(34468, `$zip found a non-array expression in input: ${nameOf(v)}`);
      const rows = values as Value[][];
      const lengths = rows.map((r) => r.length);
      const n = longest ? Math.max(...lengths) : Math.min(...lengths);
      return Array.from({ length: n }, (_, i) =>
        rows.map((r, k) => (i < r.length ? r[i]! : (fillers?.[k]?.(env) ?? null))),
      );
    };
  },
  $allElementsTrue: (operand, scope, name) => {
    const [a] = args(operand, scope, name, 1);
    return (env) => {
      const v = a!(env);
      if (!Array.isArray(v)) throw fault(17040, `${name}'s argument must be an array, but is ${nameOf(v)}`);
      return v.every(isTrue);
    };
  },
  $anyElementTrue: (operand, scope, name) => {
    const [a] = args(operand, scope, name, 1);
    return (env) => {
      const v = a!(env);
      if (!Array.isArray(v)) throw fault(17041, `${name}'s argument must be an array, but is ${nameOf(v)}`);
      return v.some(isTrue);
    };
  },
};

/** By whole elements (1 or -1) or by fields of elements that are documents. */
export function elementOrder(
  by: Value,
  { collation }: { collation?: Parameters<typeof compare>[2] },
): (a: Value, b: Value) => number {
  if (isDoc(by)) {
    const order = compileSort(by, collation);
    return (a, b) => order(isDoc(a) ? a : new Map(), isDoc(b) ? b : new Map());
  }
  const direction = isNumber(by) ? toExactBigInt(by) : undefined;
  if (direction !== 1n && direction !== -1n)
    throw fault(2942507, 'The $sort element value must be either 1 or -1, or a document of fields');
  return (a, b) => compare(a, b, collation) * Number(direction);
}
