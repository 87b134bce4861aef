import { isLong } from '../../bson/arithmetic.ts';
import { parseDecimal, partsOf } from '../../bson/decimal.ts';
import { type Rounding, roundDecimal } from '../../bson/decimal-math.ts';
import { toExactBigInt } from '../../bson/numbers.ts';
import { Decimal128, Int32, int, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { args, isNullish, type MakeOperator, nameOf, wantNumber } from './support.ts';

/** `$round` and `$trunc`: to a place from -20 to 100, exactly, in the type of the number. */
export function rounding(how: Extract<Rounding, 'half-even' | 'down'>): MakeOperator {
  return (operand, scope, name) => {
    const [value, place] = args(operand, scope, name, 1, 2);
    return (env) => {
      const v = value!(env);
      const p = place ? place(env) : int(0);
      if (isNullish(v) || isNullish(p)) return null;
      const n = wantNumber(v, name);
      return roundTo(n, placeOf(p, name), how);
    };
  };
}

function placeOf(v: Value, name: string): number {
  const n = isNumber(v) ? toExactBigInt(v) : undefined;
  if (n === undefined) {
    if (!isNumber(v)) throw fault(16004, `can't convert from BSON type ${nameOf(v)} to long`);
    throw fault(51082, `precision argument to  ${name} must be a integral value`);
  }
  if (n < -20n || n > 100n)
    throw fault(51083, `cannot apply ${name} with precision value ${n} value must be in [-20, 100]`);
  return Number(n);
}

function roundTo(n: number | bigint | Int32 | Decimal128, place: number, how: 'half-even' | 'down'): Value {
  if (n instanceof Decimal128) return roundDecimal(n, place, how);
  if (typeof n === 'number') return roundDouble(n, place, how);
  if (place >= 0) return n;
  const whole = typeof n === 'bigint' ? n : BigInt(n.value);
  const unit = 10n ** BigInt(-place);
  let quotient = whole / unit;
  if (how === 'half-even') {
    const rest = whole % unit;
    const twice = (rest < 0n ? -rest : rest) * 2n;
    if (twice > unit || (twice === unit && quotient % 2n !== 0n)) quotient += whole < 0n ? -1n : 1n;
  }
  const result = quotient * unit;
  if (!isLong(result))
    throw fault(51080, 'invalid conversion from Decimal128 result in $round resulting from arguments');
  if (n instanceof Int32 && result >= -2147483648n && result <= 2147483647n) return int(Number(result));
  return result;
}

/** By way of a decimal, as MongoDB does, so that 2.5 → 2 and 1.005 is what a person sees. */
function roundDouble(n: number, place: number, how: 'half-even' | 'down'): number {
  if (!Number.isFinite(n) || n === 0) return n;
  const decimal = parseDecimal(exact34(n))!;
  const rounded = partsOf(roundDecimal(decimal, place, how));
  return Number(`${rounded.negative ? '-' : ''}${rounded.coefficient}e${rounded.exponent}`);
}

/** 34 significant digits of the double's exact value. */
const exact34 = (n: number): string => n.toExponential(33);
