import { toNumber } from '../../bson/numbers.ts';
import { BsonDate, Decimal128, isDoc, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { compile, type Expr, rootScope } from '../expression.ts';
import { nameOf } from '../operators/support.ts';
import { boundsOf } from './bounds.ts';
import type { Row, WindowFunction, WindowSpec } from './functions.ts';

const UNIT_MS: Record<string, number> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

/** Rate of change and area under the curve, over numbers or times. */
export const overTime: Record<string, (spec: WindowSpec) => WindowFunction> = {
  $derivative: (spec) => {
    const { input, unit, time, bounds } = read(spec, true);
    return (rows) => {
      const at = bounds(rows);
      return rows.map((_, i): Value => {
        const [from, to] = at.of(i);
        if (to - from < 2) return null;
        const [a, b] = [rows[from]!, rows[to - 1]!];
        const span = (time(b) - time(a)) / unit;
        if (span === 0) return null;
        const [x, y] = [numberOf(input, a, spec.name), numberOf(input, b, spec.name)];
        return x === undefined || y === undefined ? null : (y - x) / span;
      });
    };
  },
  $integral: (spec) => {
    const { input, unit, time, bounds } = read(spec, false);
    return (rows) => {
      const at = bounds(rows);
      return rows.map((_, i): Value => {
        const [from, to] = at.of(i);
        let area = 0;
        for (let k = from + 1; k < to; k++) {
          const [a, b] = [rows[k - 1]!, rows[k]!];
          const [x, y] = [numberOf(input, a, spec.name), numberOf(input, b, spec.name)];
          if (x === undefined || y === undefined) continue;
          area += ((x + y) / 2) * ((time(b) - time(a)) / unit);
        }
        return area;
      });
    };
  },
};

function read({ name, operand, window, keys, context }: WindowSpec, isWindowRequired: boolean) {
  if (!isDoc(operand) || !operand.has('input'))
    throw fault('FailedToParse', `${name} expects an object with an 'input'`);
  for (const key of operand.keys())
    if (key !== 'input' && key !== 'unit')
      throw fault('FailedToParse', `${name} got unexpected argument: ${key}`);
  if (keys.length !== 1) throw fault('FailedToParse', `${name} requires a sortBy with exactly one field`);
  if (isWindowRequired && window === undefined)
    throw fault('FailedToParse', `${name} requires explicit window bounds`);
  const unitName = operand.get('unit');
  if (unitName !== undefined && (typeof unitName !== 'string' || !UNIT_MS[unitName]))
    throw fault(5490704, "unit must be 'week' or smaller");
  const time = ({ key }: Row): number => {
    const v = key[0]!;
    if (v instanceof BsonDate) {
      if (unitName === undefined)
        throw fault(5624901, `${name} where the sortBy is a Date requires a 'unit'`);
      return v.ms;
    }
    if (!isNumber(v))
      throw fault(5624900, `${name} expects the sortBy field to be numeric or a Date, found ${nameOf(v)}`);
    if (unitName !== undefined)
      throw fault(5624900, `${name} with unit expects the sortBy field to be a Date`);
    return toNumber(v);
  };
  return {
    input: compile(operand.get('input')!, rootScope(context)),
    unit: typeof unitName === 'string' ? UNIT_MS[unitName]! : 1,
    time,
    bounds: boundsOf(window, keys),
  };
}

/** Doubles would lose a decimal's digits without saying so. */
export function refuseDecimal(v: Value, name: string): void {
  if (v instanceof Decimal128)
    throw fault(
      'NotImplemented',
      `${name} of decimals is not available here: convert them with $toDouble first.`,
    );
}

function numberOf(input: Expr, row: Row, name: string): number | undefined {
  const v = input({ root: row.doc, vars: [] });
  if (v === undefined || v === null) return undefined;
  if (v instanceof BsonDate) return v.ms;
  refuseDecimal(v, name);
  if (!isNumber(v)) throw fault(5423900, `The input value of ${name} must be a number, found ${nameOf(v)}`);
  return toNumber(v);
}
