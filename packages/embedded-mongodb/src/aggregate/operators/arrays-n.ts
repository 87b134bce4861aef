import { compare } from '../../bson/compare.ts';
import { toExactBigInt } from '../../bson/numbers.ts';
import { isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import type { Expr, Scope } from '../expression.ts';
import { fixed1, isNullish, named, nameOf, type OperatorTable } from './support.ts';

const CODES = { notObject: 5787801, unknown: 5787901, missing: 5787906 };

/** The first, last, least or greatest n of an array. */
export const arraysOfN: OperatorTable = {
  $first: fixed1((v, _s, name) => end(v, name, 0)),
  $last: fixed1((v, _s, name) => end(v, name, -1)),
  $firstN: (operand, scope, name) => ofN(operand, scope, name, (a, n) => a.slice(0, n)),
  $lastN: (operand, scope, name) => ofN(operand, scope, name, (a, n) => a.slice(-n)),
  $minN: (operand, scope, name) =>
    ofN(operand, scope, name, (a, n) =>
      a
        .filter((v) => !isNullish(v))
        .sort((x, y) => compare(x, y, scope.options.collation))
        .slice(0, n),
    ),
  $maxN: (operand, scope, name) =>
    ofN(operand, scope, name, (a, n) =>
      a
        .filter((v) => !isNullish(v))
        .sort((x, y) => compare(y, x, scope.options.collation))
        .slice(0, n),
    ),
};

function end(v: Value | undefined, name: string, at: number): Value | undefined {
  if (isNullish(v)) return null;
  if (!Array.isArray(v)) throw fault(28689, `${name}'s argument must be an array, but is ${nameOf(v)}`);
  return v.at(at);
}

function ofN(operand: Value, scope: Scope, name: string, take: (array: Value[], n: number) => Value[]): Expr {
  const { input, n } = named(operand, scope, name, ['input', 'n'], [], CODES);
  return (env) => {
    const count = positiveN(n!(env));
    const v = input!(env);
    if (!Array.isArray(v)) throw fault(5788200, `Input must be an array, but was of type: ${nameOf(v)}`);
    return take([...v], count);
  };
}

/** The `n` of `$firstN`, `$topN` and the like: a whole number above zero. */
export function positiveN(v: Value | undefined): number {
  const n = isNumber(v) ? toExactBigInt(v) : undefined;
  if (n === undefined) throw fault(5787902, `Value for 'n' must be of integral type, but found ${nameOf(v)}`);
  if (n <= 0n) throw fault(5787908, `'n' must be greater than 0, found ${n}`);
  return Number(n);
}
