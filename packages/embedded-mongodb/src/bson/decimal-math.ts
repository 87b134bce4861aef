import {
  DECIMAL_INFINITY,
  DECIMAL_MINUS_INFINITY,
  DECIMAL_NAN,
  type DecimalParts,
  digitCount,
  fromParts,
  MAX_DIGITS,
  partsOf,
} from './decimal.ts';
import type { Decimal128 } from './values.ts';

/** Exact arithmetic on decimals, rounded once, half to even, to 34 digits. */
export function addDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const x = partsOf(a);
  const y = partsOf(b);
  if (x.kind === 'nan' || y.kind === 'nan') return DECIMAL_NAN;
  if (x.kind === 'infinity') return y.kind === 'infinity' && x.negative !== y.negative ? DECIMAL_NAN : a;
  if (y.kind === 'infinity') return b;
  const exponent = Math.min(x.exponent, y.exponent);
  const gap = Math.abs(x.exponent - y.exponent);
  // Far apart: the small one only decides the rounding, so it is brought near as a sign of itself.
  if (gap > 4 * MAX_DIGITS + 10) {
    const [big, small] = x.exponent > y.exponent ? [x, y] : [y, x];
    if (big.coefficient === 0n) return big.exponent === x.exponent ? b : a;
    if (
      small.coefficient === 0n ||
      digitCount(small.coefficient) + small.exponent < big.exponent - 2 * MAX_DIGITS
    )
      return fromParts(big.negative, big.coefficient * 10n ** BigInt(room(big)), big.exponent - room(big));
  }
  const sum =
    signed(x) * 10n ** BigInt(x.exponent - exponent) + signed(y) * 10n ** BigInt(y.exponent - exponent);
  const negative = sum < 0n || (sum === 0n && x.negative && y.negative);
  return fromParts(negative, sum < 0n ? -sum : sum, exponent);
}

export function multiplyDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const x = partsOf(a);
  const y = partsOf(b);
  if (x.kind === 'nan' || y.kind === 'nan') return DECIMAL_NAN;
  const negative = x.negative !== y.negative;
  if (x.kind === 'infinity' || y.kind === 'infinity') {
    if (isZero(x) || isZero(y)) return DECIMAL_NAN;
    return negative ? DECIMAL_MINUS_INFINITY : DECIMAL_INFINITY;
  }
  return fromParts(negative, x.coefficient * y.coefficient, x.exponent + y.exponent);
}

export function divideDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const x = partsOf(a);
  const y = partsOf(b);
  if (x.kind === 'nan' || y.kind === 'nan') return DECIMAL_NAN;
  const negative = x.negative !== y.negative;
  if (x.kind === 'infinity') {
    if (y.kind === 'infinity') return DECIMAL_NAN;
    return negative ? DECIMAL_MINUS_INFINITY : DECIMAL_INFINITY;
  }
  if (y.kind === 'infinity') return fromParts(negative, 0n, -6176);
  if (isZero(y)) {
    if (isZero(x)) return DECIMAL_NAN;
    return negative ? DECIMAL_MINUS_INFINITY : DECIMAL_INFINITY;
  }
  const ideal = x.exponent - y.exponent;
  if (isZero(x)) return fromParts(negative, 0n, ideal);
  const shift = Math.max(0, MAX_DIGITS + 2 + digitCount(y.coefficient) - digitCount(x.coefficient));
  const top = x.coefficient * 10n ** BigInt(shift);
  let quotient = top / y.coefficient;
  let exponent = ideal - shift;
  const rest = top % y.coefficient;
  if (rest !== 0n) return fromParts(negative, quotient * 10n + 1n, exponent - 1); // a sticky digit for the rounding
  while (exponent < ideal && quotient % 10n === 0n) {
    quotient /= 10n;
    exponent++;
  }
  return fromParts(negative, quotient, exponent);
}

/** The remainder with the sign of the dividend. */
export function remainderDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const x = partsOf(a);
  const y = partsOf(b);
  if (x.kind !== 'finite' || y.kind === 'nan' || isZero(y)) return DECIMAL_NAN;
  if (y.kind === 'infinity') return a;
  const exponent = Math.min(x.exponent, y.exponent);
  const dividend = x.coefficient * 10n ** BigInt(x.exponent - exponent);
  const divisor = y.coefficient * 10n ** BigInt(y.exponent - exponent);
  return fromParts(x.negative, dividend % divisor, exponent);
}

export type Rounding = 'half-even' | 'down' | 'floor' | 'ceil';

/** Rounds to `places` after the point (before it when negative). */
export function roundDecimal(value: Decimal128, places: number, how: Rounding): Decimal128 {
  const p = partsOf(value);
  if (p.kind !== 'finite' || p.exponent >= -places) return value;
  const drop = -places - p.exponent;
  const unit = 10n ** BigInt(Math.min(drop, 8000));
  let quotient = p.coefficient / unit;
  const rest = p.coefficient % unit;
  const twice = rest * 2n;
  const isUp =
    how === 'half-even'
      ? twice > unit || (twice === unit && quotient % 2n === 1n)
      : rest !== 0n && ((how === 'floor' && p.negative) || (how === 'ceil' && !p.negative));
  if (isUp) quotient += 1n;
  return fromParts(p.negative, quotient, -places);
}

export function sqrtDecimal(value: Decimal128): Decimal128 {
  const p = partsOf(value);
  if (p.kind === 'nan' || (p.negative && !isZero(p))) return DECIMAL_NAN;
  if (p.kind === 'infinity') return value;
  if (isZero(p)) return fromParts(false, 0n, Math.floor(p.exponent / 2));
  let shift = 2 * (MAX_DIGITS + 2);
  if ((p.exponent - shift) % 2 !== 0) shift++;
  const n = p.coefficient * 10n ** BigInt(shift);
  let root = integerSqrt(n);
  let exponent = (p.exponent - shift) / 2;
  if (root * root !== n) return fromParts(false, root * 10n + 1n, exponent - 1);
  const ideal = Math.floor(p.exponent / 2);
  while (exponent < ideal && root % 10n === 0n) {
    root /= 10n;
    exponent++;
  }
  return fromParts(false, root, exponent);
}

function integerSqrt(n: bigint): bigint {
  let x = 10n ** BigInt(Math.ceil(n.toString().length / 2));
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

const isZero = (p: DecimalParts): boolean => p.kind === 'finite' && p.coefficient === 0n;
const signed = (p: DecimalParts): bigint => (p.negative ? -p.coefficient : p.coefficient);
const room = (p: DecimalParts): number => MAX_DIGITS - digitCount(p.coefficient);
