import { add, multiply, subtract, toDecimal } from '../../bson/arithmetic.ts';
import { divideDecimals } from '../../bson/decimal-math.ts';
import { type Numeric, toNumber } from '../../bson/numbers.ts';
import { Decimal128, int, isDoc, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compile, rootScope } from '../expression.ts';
import { boundsOf } from './bounds.ts';
import { refuseDecimal } from './calculus.ts';
import type { WindowFunction, WindowSpec } from './functions.ts';

/** Averages that remember, and covariances. */
export const moving: Record<string, (spec: WindowSpec) => WindowFunction> = {
  $expMovingAvg: ({ operand, window, keys, context }) => {
    if (!isDoc(operand))
      throw fault('FailedToParse', '$expMovingAvg must have exactly an object as its argument');
    if (window !== undefined) throw fault('FailedToParse', "$expMovingAvg does not accept a 'window' field");
    if (keys.length === 0) throw fault('FailedToParse', "$expMovingAvg requires an explicit 'sortBy'");
    const [n, alpha] = [operand.get('N'), operand.get('alpha')];
    if ((n === undefined) === (alpha === undefined) || !operand.has('input'))
      throw fault(
        'FailedToParse',
        "$expMovingAvg sub object must have exactly two fields: An 'input' field, and either an 'N' field or an 'alpha' field",
      );
    if (n !== undefined && !(isNumber(n) && Number.isInteger(toNumber(n)) && toNumber(n) > 0))
      throw fault('FailedToParse', "'N' field must be an integer greater than zero");
    if (alpha !== undefined && !(isNumber(alpha) && toNumber(alpha) > 0 && toNumber(alpha) < 1))
      throw fault('FailedToParse', "'alpha' must be between 0 and 1 (exclusive)");
    const input = compile(operand.get('input')!, rootScope(context));
    return (rows) => {
      let average: Numeric | undefined;
      return rows.map(({ doc }) => {
        const v = input({ root: doc, vars: [] });
        if (isNumber(v))
          average =
            average === undefined
              ? v
              : nextAverage(average, v, n as Numeric | undefined, alpha as Numeric | undefined);
        return average ?? null;
      });
    };
  },
  $covariancePop: (spec) => covariance(spec, 0),
  $covarianceSamp: (spec) => covariance(spec, 1),
};

/** value × weight + average × (1 − weight), the weight being `alpha` or 2 / (N + 1). */
function nextAverage(
  average: Numeric,
  v: Numeric,
  n: Numeric | undefined,
  alpha: Numeric | undefined,
): Numeric {
  if (average instanceof Decimal128 || v instanceof Decimal128 || alpha instanceof Decimal128) {
    const weight = alpha
      ? toDecimal(alpha)
      : divideDecimals(toDecimal(int(2)), toDecimal(int(toNumber(n!) + 1)));
    return add(multiply(v, weight)!, multiply(average, subtract(toDecimal(int(1)), weight)!)!)!;
  }
  const weight = alpha ? toNumber(alpha) : 2 / (toNumber(n!) + 1);
  return toNumber(v) * weight + toNumber(average) * (1 - weight);
}

function covariance(
  { name, operand, window, keys, context }: WindowSpec,
  correction: number,
): WindowFunction {
  if (!Array.isArray(operand) || operand.length !== 2)
    throw fault('FailedToParse', `${name} takes an array of two expressions`);
  const [x, y] = operand.map((e) => compile(e, rootScope(context)));
  const bounds = boundsOf(window, keys);
  return (rows) => {
    const pairs = rows.map(({ doc }) => [x!({ root: doc, vars: [] }), y!({ root: doc, vars: [] })] as const);
    for (const pair of pairs) for (const v of pair) if (v !== undefined) refuseDecimal(v, name);
    const at = bounds(rows);
    return rows.map((_, i): Value => {
      const [from, to] = at.of(i);
      const points = pairs
        .slice(from, to)
        .filter((p): p is readonly [Numeric, Numeric] => isNumber(p[0]) && isNumber(p[1]));
      if (points.length <= correction) return null;
      const mean = (k: 0 | 1) => points.reduce((sum, p) => sum + toNumber(p[k]), 0) / points.length;
      const [mx, my] = [mean(0), mean(1)];
      return (
        points.reduce((sum, p) => sum + (toNumber(p[0]) - mx) * (toNumber(p[1]) - my), 0) /
        (points.length - correction)
      );
    });
  };
}
