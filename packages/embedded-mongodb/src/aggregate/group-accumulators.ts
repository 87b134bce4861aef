import { compare } from '../bson/compare.ts';
import { int, isDoc, type Value } from '../bson/values.ts';
import { weigh } from '../bson/weigh.ts';
import { fault } from '../errors.ts';
import { compileKeyOrder, parseSort, sortKeyOf } from '../query/sort.ts';
import { type Accumulator, accumulators } from './accumulators.ts';
import { compile, type Env, type Expr, type Scope } from './expression.ts';
import { positiveN } from './operators/arrays-n.ts';
import { isNullish, nameOf } from './operators/support.ts';
import { percentiles } from './percentile.ts';

/** An accumulator as `$group` and windows use it: told the document each time. */
export interface GroupState {
  /** About how many bytes more it holds now. */
  feed(env: Env): number | undefined;
  result(): Value | undefined;
}

/** Compiles `{$sum: …}` and the like; the result makes a fresh state for each group. */
export function compileAccumulator(
  name: string,
  operand: Value,
  scope: Scope,
): (groupEnv: Env) => GroupState {
  const simple = accumulators.get(name);
  if (simple) {
    if (
      Array.isArray(operand) &&
      operand.length !== 1 &&
      name !== '$push' &&
      name !== '$addToSet' &&
      name !== '$first' &&
      name !== '$last'
    )
      throw fault(40237, `The ${name} accumulator is a unary operator`);
    const value = compile(
      Array.isArray(operand) &&
        operand.length === 1 &&
        !['$push', '$addToSet', '$first', '$last'].includes(name)
        ? operand[0]!
        : operand,
      scope,
    );
    return () => fed(simple(scope.options), value);
  }
  const special = SPECIAL[name];
  if (!special) throw fault(15952, `unknown group operator '${name}'`);
  return special(operand, scope, name);
}

function fed(state: Accumulator, value: Expr): GroupState {
  return { feed: (env) => state.add(value(env)), result: () => state.result() };
}

type MakeSpecial = (operand: Value, scope: Scope, name: string) => (groupEnv: Env) => GroupState;

const SPECIAL: Record<string, MakeSpecial> = {
  $count: (operand) => {
    if (!isDoc(operand) || operand.size > 0)
      throw fault('TypeMismatch', '$count takes no arguments, i.e. $count:{}');
    return () => {
      let n = 0;
      return { feed: () => void n++, result: () => int(n) };
    };
  },
  $firstN: (operand, scope, name) => collecting(operand, scope, name, (all, n) => all.slice(0, n)),
  $lastN: (operand, scope, name) => collecting(operand, scope, name, (all, n) => all.slice(-n)),
  $minN: (operand, scope, name) =>
    collecting(operand, scope, name, (all, n) =>
      all
        .filter((v) => !isNullish(v))
        .sort((a, b) => compare(a, b, scope.options.collation))
        .slice(0, n),
    ),
  $maxN: (operand, scope, name) =>
    collecting(operand, scope, name, (all, n) =>
      all
        .filter((v) => !isNullish(v))
        .sort((a, b) => compare(b, a, scope.options.collation))
        .slice(0, n),
    ),
  $top: (operand, scope, name) => ranked(operand, scope, name, false, false),
  $topN: (operand, scope, name) => ranked(operand, scope, name, false, true),
  $bottom: (operand, scope, name) => ranked(operand, scope, name, true, false),
  $bottomN: (operand, scope, name) => ranked(operand, scope, name, true, true),
  $median: (operand, scope, name) => percentileState(operand, scope, name, false),
  $percentile: (operand, scope, name) => percentileState(operand, scope, name, true),
};

function spec(operand: Value, name: string, required: readonly string[]): Map<string, Value> {
  if (!isDoc(operand))
    throw fault(5787801, `specification must be an object; found ${name}: ${nameOf(operand)}`);
  for (const key of operand.keys())
    if (!required.includes(key)) throw fault(5787901, `Unknown argument for ${name}: ${key}`);
  for (const key of required)
    if (!operand.has(key)) throw fault(5787906, `Missing value for '${key}' in ${name}`);
  return operand;
}

function collecting(operand: Value, scope: Scope, name: string, take: (all: Value[], n: number) => Value[]) {
  const s = spec(operand, name, ['input', 'n']);
  const input = compile(s.get('input')!, scope);
  const n = compile(s.get('n')!, scope);
  return (groupEnv: Env): GroupState => {
    const count = positiveN(n(groupEnv));
    const all: Value[] = [];
    return {
      feed: (env) => {
        const value = input(env) ?? null;
        all.push(value);
        return weigh(value);
      },
      result: () => take(all, count),
    };
  };
}

/** `$top` and `$bottom` keep the n best as they go, so that a large group does not need to be held. */
function ranked(operand: Value, scope: Scope, name: string, isBottom: boolean, isList: boolean) {
  const s = spec(operand, name, isList ? ['n', 'sortBy', 'output'] : ['sortBy', 'output']);
  const by = s.get('sortBy')!;
  if (!isDoc(by)) throw fault(10065, "expected 'sortBy' to already be an object");
  const keys = parseSort(by);
  const keyOf = sortKeyOf(keys, scope.options.collation);
  const order = compileKeyOrder(keys, scope.options.collation);
  const output = compile(s.get('output')!, scope);
  const n = isList ? compile(s.get('n')!, scope) : undefined;
  return (groupEnv: Env): GroupState => {
    const count = n ? positiveN(n(groupEnv)) : 1;
    const rows: { key: Value[]; value: Value }[] = [];
    return {
      feed: (env) => {
        const row = { key: isDoc(env.root) ? keyOf(env.root) : [], value: output(env) ?? null };
        // Insertion keeps earlier documents first among equals.
        let at = rows.length;
        while (at > 0 && order(row.key, rows[at - 1]!.key) < 0) at--;
        if (!isBottom && at >= count) return 0;
        rows.splice(at, 0, row);
        if (rows.length <= count) return weigh(row.value) + weigh(row.key);
        isBottom ? rows.shift() : rows.pop();
        return 0;
      },
      result: () => {
        const values = rows.map((r) => r.value);
        return isList ? values : (values[0] ?? null);
      },
    };
  };
}

function percentileState(operand: Value, scope: Scope, name: string, isList: boolean) {
  const s = spec(operand, name, isList ? ['input', 'p', 'method'] : ['input', 'method']);
  if (s.get('method') !== 'approximate')
    throw fault('BadValue', "Currently only 'approximate' can be used as percentile 'method'.");
  const input = compile(s.get('input')!, scope);
  const p = isList ? compile(s.get('p')!, scope) : undefined;
  return (groupEnv: Env): GroupState => {
    const ranks: Value | undefined = p ? p(groupEnv) : [0.5];
    percentiles([], ranks);
    const all: (Value | undefined)[] = [];
    return {
      feed: (env) => {
        all.push(input(env));
        return 16;
      },
      result: () => {
        const out = percentiles(all, ranks);
        return isList ? out : out[0]!;
      },
    };
  };
}
