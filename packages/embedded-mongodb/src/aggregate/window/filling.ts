import { add, multiply, subtract, toDecimal } from '../../bson/arithmetic.ts';
import { divideDecimals } from '../../bson/decimal-math.ts';
import { type Numeric, toNumber } from '../../bson/numbers.ts';
import { BsonDate, Decimal128, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compile, rootScope } from '../expression.ts';
import { isNullish, nameOf } from '../operators/support.ts';
import type { WindowFunction, WindowSpec } from './functions.ts';

/** Values for rows that have none. */
export const filling: Record<string, (spec: WindowSpec) => WindowFunction> = {
  $locf: ({ operand, window, context }) => {
    if (window !== undefined) throw fault('FailedToParse', "'window' field is not allowed in $locf");
    const input = compile(operand, rootScope(context));
    return (rows) => {
      let last: Value = null;
      return rows.map(({ doc }) => {
        const v = input({ root: doc, vars: [] });
        if (!isNullish(v)) last = v;
        return last;
      });
    };
  },
  $linearFill: ({ operand, window, keys, context }) => {
    if (window !== undefined) throw fault('FailedToParse', "'window' field is not allowed in $linearFill");
    if (keys.length !== 1)
      throw fault(
        605001,
        '$linearFill must be specified with a top level sortBy expression with exactly one element',
      );
    const input = compile(operand, rootScope(context));
    return (rows) => {
      const places = rows.map(({ key }) => placeOf(key[0]!));
      for (let i = 1; i < places.length; i++)
        if (places[i] === places[i - 1])
          throw fault(6050106, 'There can be no repeated values in the sort field when using $linearFill');
      const values = rows.map(({ doc }) => {
        const v = input({ root: doc, vars: [] });
        if (!isNullish(v) && !isNumber(v))
          throw fault(
            'TypeMismatch',
            `Value to be filled must be numeric or nullish, but found type: ${nameOf(v)}`,
          );
        return v;
      });
      const out: Value[] = values.map((v) => v ?? null);
      let left = -1;
      values.forEach((v, i) => {
        if (isNullish(v)) return;
        if (left >= 0 && i - left > 1) {
          const [x0, x1] = [places[left]!, places[i]!];
          for (let k = left + 1; k < i; k++)
            out[k] = between(values[left] as Numeric, v as Numeric, places[k]! - x0, x1 - x0);
        }
        left = i;
      });
      return out;
    };
  },
};

/** The value `part` of the `whole` way from one to the other; decimals stay decimals. */
function between(from: Numeric, to: Numeric, part: number, whole: number): Value {
  if (!(from instanceof Decimal128 || to instanceof Decimal128))
    return toNumber(from) + ((toNumber(to) - toNumber(from)) * part) / whole;
  const rise = toDecimal(subtract(to, from)!);
  const step = divideDecimals(rise, toDecimal(whole));
  return add(from, multiply(step, toDecimal(part))!)!;
}

function placeOf(v: Value): number {
  if (v instanceof BsonDate) return v.ms;
  if (isNumber(v)) return toNumber(v);
  throw fault(
    'TypeMismatch',
    `The sort field of $linearFill must be numeric or a date, but found type: ${nameOf(v)}`,
  );
}
