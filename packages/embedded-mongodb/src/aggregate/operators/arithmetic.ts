import {
  add,
  intOrLong,
  isLong,
  multiply,
  negateDecimal,
  subtract,
  toDecimal,
} from '../../bson/arithmetic.ts';
import { DECIMAL_NAN, partsOf } from '../../bson/decimal.ts';
import { expDecimal, lnDecimal, log10Decimal, powDecimal } from '../../bson/decimal-functions.ts';
import { divideDecimals, remainderDecimals, roundDecimal, sqrtDecimal } from '../../bson/decimal-math.ts';
import { compareNumbers, type Numeric, toExactBigInt, toNumber } from '../../bson/numbers.ts';
import { BsonDate, Decimal128, Int32, int, isNumber, type Value } from '../../bson/values.ts';
import { fault } from '../../errors.ts';
import { rounding } from './rounding.ts';
import { fixed1, fixed2, isNullish, nameOf, type OperatorTable, variadic, wantNumber } from './support.ts';

export const arithmetic: OperatorTable = {
  $add: variadic((values) => addAll(values)),
  $subtract: fixed2(subtractValues),
  $multiply: variadic((values) => {
    let product: Numeric = int(1);
    for (const v of values) {
      if (isNullish(v)) return null;
      if (!isNumber(v))
        throw fault('TypeMismatch', `$multiply only supports numeric types, not ${nameOf(v)}`);
      product = multiply(product, v) ?? toNumber(product) * toNumber(v);
    }
    return product;
  }),
  $divide: fixed2((a, b) => {
    if (isNullish(a) || isNullish(b)) return null;
    if (!isNumber(a) || !isNumber(b))
      throw fault('TypeMismatch', `$divide only supports numeric types, not ${nameOf(a)} and ${nameOf(b)}`);
    if (compareNumbers(b, 0) === 0) throw fault('BadValue', "can't $divide by zero");
    if (a instanceof Decimal128 || b instanceof Decimal128) return divideDecimals(toDecimal(a), toDecimal(b));
    return toNumber(a) / toNumber(b);
  }),
  $mod: fixed2(mod),
  $abs: fixed1((v, _scope, name) => {
    if (isNullish(v)) return null;
    const n = wantNumber(v, name);
    if (n instanceof Int32) return n.value === -2147483648 ? 2147483648n : int(Math.abs(n.value));
    if (typeof n === 'bigint') {
      if (!isLong(-n)) throw fault(28680, "can't take $abs of long long min");
      return n < 0n ? -n : n;
    }
    if (typeof n === 'number') return Math.abs(n);
    return partsOf(n).negative ? negateDecimal(n) : n;
  }),
  $ceil: fixed1((v, _s, name) => wholePart(v, name, Math.ceil, 'ceil')),
  $floor: fixed1((v, _s, name) => wholePart(v, name, Math.floor, 'floor')),
  $exp: fixed1((v, _s, name) => onReal(v, name, Math.exp, expDecimal)),
  $sqrt: fixed1((v, _s, name) => {
    if (isNullish(v)) return null;
    const n = wantNumber(v, name);
    if (compareNumbers(n, 0) < 0 && !isNaNumber(n))
      throw fault(28714, "$sqrt's argument must be greater than or equal to 0");
    return onReal(n, name, Math.sqrt, sqrtDecimal);
  }),
  $ln: fixed1((v, _s, name) => logarithm(v, name, 28766, '$ln', Math.log, lnDecimal)),
  $log10: fixed1((v, _s, name) => logarithm(v, name, 28761, '$log10', Math.log10, log10Decimal)),
  $log: fixed2((a, b) => {
    if (isNullish(a) || isNullish(b)) return null;
    if (!isNumber(a)) throw fault(28756, `$log's argument must be numeric, not ${nameOf(a)}`);
    if (!isNumber(b)) throw fault(28757, `$log's base must be numeric, not ${nameOf(b)}`);
    if (compareNumbers(a, 0) <= 0 && !isNaNumber(a))
      throw fault(28758, `$log's argument must be a positive number, but is ${toNumber(a)}`);
    if ((compareNumbers(b, 0) <= 0 || compareNumbers(b, 1) === 0) && !isNaNumber(b))
      throw fault(28759, `$log's base must be a positive number not equal to 1, but is ${toNumber(b)}`);
    if (a instanceof Decimal128 || b instanceof Decimal128)
      return divideDecimals(lnDecimal(toDecimal(a)), lnDecimal(toDecimal(b)));
    return Math.log(toNumber(a)) / Math.log(toNumber(b));
  }),
  $pow: fixed2(power),
  $round: rounding('half-even'),
  $trunc: rounding('down'),
  $sigmoid: fixed1((v, _s, name) => {
    if (isNullish(v)) return null;
    const n = wantNumber(v, name);
    if (n instanceof Decimal128) {
      const one = toDecimal(int(1));
      return divideDecimals(one, add(one, expDecimal(negateDecimal(n))) as Decimal128);
    }
    return 1 / (1 + Math.exp(-toNumber(n)));
  }),
};

/**
 * Numbers one after another, and at most one date to which they are added as milliseconds. Whole numbers are added
 * exactly until the first double or decimal comes.
 */
function addAll(values: readonly (Value | undefined)[]): Value {
  let whole = 0n;
  let isLongSum = false;
  let real: Numeric | undefined;
  let date: BsonDate | undefined;
  const wholeSum = (): Numeric => {
    if (!isLong(whole)) return Number(whole);
    return isLongSum ? whole : (intOrLong(whole) as Numeric);
  };
  for (const v of values) {
    if (isNullish(v)) return null;
    if (v instanceof BsonDate) {
      if (date) throw fault(16612, 'only one date allowed in an $add expression');
      date = v;
    } else if (!isNumber(v))
      throw fault('TypeMismatch', `$add only supports numeric or date types, not ${nameOf(v)}`);
    else if (real !== undefined) real = add(real, v)!;
    else if (v instanceof Int32) whole += BigInt(v.value);
    else if (typeof v === 'bigint') {
      whole += v;
      isLongSum = true;
    } else real = whole === 0n ? v : add(wholeSum(), v)!;
  }
  const sum = real ?? wholeSum();
  return date ? new BsonDate(date.ms + roundHalfEven(toNumber(sum))) : sum;
}

function subtractValues(a: Value | undefined, b: Value | undefined): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (isNumber(a) && isNumber(b)) return subtract(a, b) ?? toNumber(a) - toNumber(b);
  if (a instanceof BsonDate) {
    if (b instanceof BsonDate) return BigInt(a.ms) - BigInt(b.ms);
    if (isNumber(b)) return new BsonDate(a.ms - roundHalfEven(toNumber(b)));
  }
  throw fault('TypeMismatch', `can't $subtract ${nameOf(b)} from ${nameOf(a)}`);
}

function roundHalfEven(n: number): number {
  const r = Math.round(n);
  return Math.abs(n % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

function mod(a: Value | undefined, b: Value | undefined): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumber(a) || !isNumber(b))
    throw fault(16611, `$mod only supports numeric types, not ${nameOf(a)} and ${nameOf(b)}`);
  if (compareNumbers(b, 0) === 0) throw fault(16610, "can't $mod by zero");
  if (a instanceof Decimal128 || b instanceof Decimal128)
    return remainderDecimals(toDecimal(a), toDecimal(b));
  if (typeof a === 'number' || typeof b === 'number') return toNumber(a) % toNumber(b);
  if (a instanceof Int32 && b instanceof Int32) return int(a.value % b.value || 0);
  return toExactBigInt(a)! % toExactBigInt(b)!;
}

function wholePart(
  v: Value | undefined,
  name: string,
  f: (n: number) => number,
  how: 'ceil' | 'floor',
): Value {
  if (isNullish(v)) return null;
  const n = wantNumber(v, name);
  if (n instanceof Int32 || typeof n === 'bigint') return n;
  return typeof n === 'number' ? f(n) : roundDecimal(n, 0, how);
}

function onReal(
  v: Value | undefined,
  name: string,
  f: (n: number) => number,
  onDecimal: (d: Decimal128) => Decimal128,
): Value {
  if (isNullish(v)) return null;
  const n = wantNumber(v, name);
  return n instanceof Decimal128 ? onDecimal(n) : f(toNumber(n));
}

function logarithm(
  v: Value | undefined,
  name: string,
  code: number,
  shown: string,
  f: (n: number) => number,
  onDecimal: (d: Decimal128) => Decimal128,
): Value {
  if (isNullish(v)) return null;
  const n = wantNumber(v, name);
  if (compareNumbers(n, 0) <= 0 && !isNaNumber(n))
    throw fault(code, `${shown}'s argument must be a positive number, but is ${toNumber(n)}`);
  return onReal(n, name, f, onDecimal);
}

const isNaNumber = (n: Numeric): boolean => Number.isNaN(toNumber(n));

function power(base: Value | undefined, exponent: Value | undefined): Value {
  if (isNullish(base) || isNullish(exponent)) return null;
  if (!isNumber(base)) throw fault(28762, `$pow's base must be numeric, not ${nameOf(base)}`);
  if (!isNumber(exponent)) throw fault(28763, `$pow's exponent must be numeric, not ${nameOf(exponent)}`);
  if (compareNumbers(base, 0) === 0 && compareNumbers(exponent, 0) < 0 && !isNaNumber(exponent))
    throw fault(28764, '$pow cannot take a base of 0 and a negative exponent');
  if (base instanceof Decimal128 || exponent instanceof Decimal128) {
    const result = powDecimal(toDecimal(base), toDecimal(exponent));
    return result ?? DECIMAL_NAN;
  }
  if (typeof base === 'number' || typeof exponent === 'number') return toNumber(base) ** toNumber(exponent);
  const b = toExactBigInt(base)!;
  const e = toExactBigInt(exponent)!;
  const isInts = base instanceof Int32 && exponent instanceof Int32;
  if (e < 0n) {
    if (b === 1n || b === -1n) return sized(b === 1n || e % 2n === 0n ? 1n : -1n, isInts);
    return Number(b) ** Number(e);
  }
  if (b !== 0n && b !== 1n && b !== -1n && e > 64n) return Number(b) ** Number(e);
  const exact = b === -1n ? (e % 2n === 0n ? 1n : -1n) : b === 0n || b === 1n ? (e === 0n ? 1n : b) : b ** e;
  return isLong(exact) ? sized(exact, isInts) : Number(b) ** Number(e);
}

const sized = (n: bigint, isInts: boolean): Value => (isInts ? intOrLong(n) : n);
