import { type DecimalParts, decimalToNumber, digitCount, partsOf } from './decimal.ts';
import { Decimal128, Int32, type Value } from './values.ts';

export type Numeric = number | bigint | Int32 | Decimal128;

/**
 * Compares numbers of any two types by their exact values: no rounding of Longs above 2^53 nor of decimals.
 * NaN equals NaN and comes before every other number; -0 equals 0.
 */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const x = a instanceof Int32 ? a.value : a;
  const y = b instanceof Int32 ? b.value : b;
  if (typeof x !== 'object' && typeof y !== 'object') {
    if (x < y) return -1;
    if (x > y) return 1;
    // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number are compared exactly
    if (x == y) return 0;
    const nanX = Number.isNaN(x);
    const nanY = Number.isNaN(y);
    return nanX && nanY ? 0 : nanX ? -1 : 1;
  }
  return compareParts(exactParts(x), exactParts(y));
}

/** The nearest double. */
export function toNumber(v: Numeric): number {
  if (typeof v === 'number') return v;
  if (v instanceof Int32) return v.value;
  if (typeof v === 'bigint') return Number(v);
  return decimalToNumber(v);
}

export function isNaNValue(v: Value | undefined): boolean {
  return (typeof v === 'number' && Number.isNaN(v)) || (v instanceof Decimal128 && partsOf(v).kind === 'nan');
}

/** The value without fraction as a bigint when it is one exactly; otherwise undefined. */
export function toExactBigInt(v: Numeric): bigint | undefined {
  if (typeof v === 'bigint') return v;
  if (v instanceof Int32) return BigInt(v.value);
  if (typeof v === 'number') return Number.isInteger(v) ? BigInt(v) : undefined;
  const p = partsOf(v);
  if (p.kind !== 'finite') return undefined;
  if (p.coefficient === 0n) return 0n;
  let c = p.coefficient;
  if (p.exponent > 40) return undefined;
  if (p.exponent >= 0) c *= 10n ** BigInt(p.exponent);
  else {
    if (-p.exponent > 40) return undefined;
    const unit = 10n ** BigInt(-p.exponent);
    if (c % unit !== 0n) return undefined;
    c /= unit;
  }
  return p.negative ? -c : c;
}

/** The exact value in decimal: every double, long and decimal has one. */
export function exactParts(v: number | bigint | Decimal128): DecimalParts {
  if (typeof v === 'object') return partsOf(v);
  if (typeof v === 'bigint')
    return { kind: 'finite', negative: v < 0n, coefficient: v < 0n ? -v : v, exponent: 0 };
  if (Number.isNaN(v)) return { kind: 'nan', negative: false, coefficient: 0n, exponent: 0 };
  const negative = v < 0;
  if (!Number.isFinite(v)) return { kind: 'infinity', negative, coefficient: 0n, exponent: 0 };
  if (Number.isInteger(v)) return { kind: 'finite', negative, coefficient: BigInt(Math.abs(v)), exponent: 0 };
  scratch.setFloat64(0, Math.abs(v));
  const bits = scratch.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  const power = (biased === 0 ? 1 : biased) - 1075; // v = mantissa × 2^power, and power < 0 here
  return { kind: 'finite', negative, coefficient: mantissa * 5n ** BigInt(-power), exponent: power };
}

const scratch = new DataView(new ArrayBuffer(8));

export function compareParts(a: DecimalParts, b: DecimalParts): number {
  if (a.kind === 'nan' || b.kind === 'nan') return a.kind === b.kind ? 0 : a.kind === 'nan' ? -1 : 1;
  const signA = sign(a);
  const signB = sign(b);
  if (signA !== signB) return signA < signB ? -1 : 1;
  if (signA === 0) return 0;
  if (a.kind === 'infinity' || b.kind === 'infinity')
    return a.kind === b.kind ? 0 : (a.kind === 'infinity') === signA > 0 ? 1 : -1;
  return signA > 0 ? compareMagnitudes(a, b) : compareMagnitudes(b, a);
}

function sign(p: DecimalParts): number {
  if (p.kind === 'finite' && p.coefficient === 0n) return 0;
  return p.negative ? -1 : 1;
}

function compareMagnitudes(a: DecimalParts, b: DecimalParts): number {
  const topA = digitCount(a.coefficient) + a.exponent;
  const topB = digitCount(b.coefficient) + b.exponent;
  if (topA !== topB) return topA < topB ? -1 : 1;
  const low = Math.min(a.exponent, b.exponent);
  const x = a.coefficient * 10n ** BigInt(a.exponent - low);
  const y = b.coefficient * 10n ** BigInt(b.exponent - low);
  return x < y ? -1 : x > y ? 1 : 0;
}
