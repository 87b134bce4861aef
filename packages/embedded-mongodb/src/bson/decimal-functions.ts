import {
  DECIMAL_INFINITY,
  DECIMAL_MINUS_INFINITY,
  DECIMAL_NAN,
  type DecimalParts,
  digitCount,
  fromParts,
  partsOf,
} from './decimal.ts';
import { divideDecimals, multiplyDecimals, sqrtDecimal } from './decimal-math.ts';
import { toExactBigInt } from './numbers.ts';
import type { Decimal128 } from './values.ts';

/** Fixed-point numbers of 60 digits, enough to round the 34th right in all but astronomically rare cases. */
const PLACES = 60;
const ONE = 10n ** BigInt(PLACES);
const LN10 = 2302585092994045684017991454684364207601101488628772976033328n * 10n ** BigInt(PLACES - 60);

export function expDecimal(v: Decimal128): Decimal128 {
  const p = partsOf(v);
  if (p.kind === 'nan') return DECIMAL_NAN;
  if (p.kind === 'infinity') return p.negative ? fromParts(false, 0n, 0) : DECIMAL_INFINITY;
  if (digitCount(p.coefficient) + p.exponent > 6)
    return p.negative ? fromParts(false, 0n, -6176) : DECIMAL_INFINITY;
  const x = toFixed(p);
  const power = floorDiv(x, LN10);
  return fromParts(false, expSeries(x - power * LN10), Number(power) - PLACES);
}

export function lnDecimal(v: Decimal128): Decimal128 {
  const p = partsOf(v);
  if (p.kind === 'nan') return DECIMAL_NAN;
  if (p.kind === 'infinity') return p.negative ? DECIMAL_NAN : DECIMAL_INFINITY;
  if (p.coefficient === 0n) return DECIMAL_MINUS_INFINITY;
  if (p.negative) return DECIMAL_NAN;
  return fromFixed(lnFixed(p));
}

export function log10Decimal(v: Decimal128): Decimal128 {
  const p = partsOf(v);
  const digits = p.coefficient.toString();
  if (p.kind === 'finite' && !p.negative && /^10*$/.test(digits)) {
    const power = BigInt(digits.length - 1 + p.exponent);
    return fromParts(power < 0n, power < 0n ? -power : power, 0);
  }
  if (p.kind !== 'finite' || p.negative || p.coefficient === 0n) return lnDecimal(v);
  return fromFixed((lnFixed(p) * ONE) / LN10);
}

/** Whole exponents by repeated squaring, others by exp and ln. */
export function powDecimal(base: Decimal128, exponent: Decimal128): Decimal128 {
  const b = partsOf(base);
  if (b.kind === 'nan' || partsOf(exponent).kind === 'nan') return DECIMAL_NAN;
  const whole = toExactBigInt(exponent);
  const one = fromParts(false, 1n, 0);
  if (whole !== undefined && whole > -100000n && whole < 100000n) {
    let result = one;
    let square = base;
    for (let n = whole < 0n ? -whole : whole; n > 0n; n >>= 1n) {
      if (n & 1n) result = multiplyDecimals(result, square);
      if (n > 1n) square = multiplyDecimals(square, square);
    }
    return whole < 0n ? divideDecimals(one, result) : result;
  }
  if (b.kind === 'finite' && b.coefficient === 0n) return fromParts(false, 0n, 0);
  if (b.negative) return DECIMAL_NAN;
  const half = partsOf(exponent);
  if (half.coefficient === 5n && half.exponent === -1 && !half.negative) return sqrtDecimal(base);
  return expDecimal(multiplyDecimals(exponent, lnDecimal(base)));
}

/** ln(c × 10^e), with c brought into [0.1, 1) and then near 1 by square roots of the series' own making. */
function lnFixed(p: DecimalParts): bigint {
  const digits = digitCount(p.coefficient);
  const m = p.coefficient * 10n ** BigInt(PLACES - digits); // in [0.1, 1)
  // ln m = 2 artanh((m-1)/(m+1)); the argument is at most 9/11, halved in effect by two Newton steps from a double.
  let y = (BigInt(Math.round(Math.log(Number(m) / Number(ONE)) * 2 ** 50)) * ONE) / 2n ** 50n;
  for (let i = 0; i < 3; i++) {
    const e = expSeries(y);
    y += (2n * ONE * (m - e)) / (m + e);
  }
  return y + BigInt(digits + p.exponent) * LN10;
}

/** e^x for |x| below about 2.4, by halving the argument 16 times. */
function expSeries(x: bigint): bigint {
  const guard = 10n ** 12n;
  const one = ONE * guard;
  const small = (x * guard) >> 16n;
  let term = one;
  let sum = one;
  for (let n = 1n; term !== 0n; n++) {
    term = (term * small) / (one * n);
    sum += term;
  }
  for (let i = 0; i < 16; i++) sum = (sum * sum) / one;
  return sum / guard;
}

function toFixed(p: DecimalParts): bigint {
  const shift = p.exponent + PLACES;
  const n =
    shift >= 0
      ? p.coefficient * 10n ** BigInt(shift)
      : shift < -200
        ? 0n
        : p.coefficient / 10n ** BigInt(-shift);
  return p.negative ? -n : n;
}

function fromFixed(n: bigint): Decimal128 {
  return fromParts(n < 0n, n < 0n ? -n : n, -PLACES);
}

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b < 0n ? q - 1n : q;
}
