import { Decimal128 } from './values.ts';

/** A decimal taken apart: `(-1)^negative × coefficient × 10^exponent`, or NaN, or an infinity. */
export interface DecimalParts {
  kind: 'finite' | 'nan' | 'infinity';
  negative: boolean;
  coefficient: bigint;
  exponent: number;
}

export const MAX_DIGITS = 34;
const MAX_COEFFICIENT = 10n ** 34n - 1n;
const BIAS = 6176;
const MAX_EXPONENT = 6111;
const MIN_EXPONENT = -6176;

export const DECIMAL_NAN = fromHigh(0x7c00000000000000n);
export const DECIMAL_INFINITY = fromHigh(0x7800000000000000n);
export const DECIMAL_MINUS_INFINITY = fromHigh(0xf800000000000000n);

const cache = new WeakMap<Decimal128, DecimalParts>();

/** The parts of a stored decimal (IEEE 754-2008 decimal128, binary integer coding). */
export function partsOf(value: Decimal128): DecimalParts {
  const known = cache.get(value);
  if (known) return known;
  const view = new DataView(value.bytes.buffer, value.bytes.byteOffset, 16);
  const low = view.getBigUint64(0, true);
  const high = view.getBigUint64(8, true);
  const negative = high >> 63n === 1n;
  const combination = Number((high >> 58n) & 31n);
  let parts: DecimalParts;
  if (combination === 31) parts = { kind: 'nan', negative: false, coefficient: 0n, exponent: 0 };
  else if (combination === 30) parts = { kind: 'infinity', negative, coefficient: 0n, exponent: 0 };
  else if (combination >> 3 === 3) {
    // A coefficient above 34 digits is not canonical and counts as zero.
    const exponent = Number((high >> 47n) & 0x3fffn) - BIAS;
    parts = { kind: 'finite', negative, coefficient: 0n, exponent };
  } else {
    const coefficient = ((high & 0x1ffffffffffffn) << 64n) | low;
    const exponent = Number((high >> 49n) & 0x3fffn) - BIAS;
    parts = {
      kind: 'finite',
      negative,
      coefficient: coefficient > MAX_COEFFICIENT ? 0n : coefficient,
      exponent,
    };
  }
  cache.set(value, parts);
  return parts;
}

/** The decimal nearest to the parts: rounded half to even at 34 digits, with over- and underflow. */
export function fromParts(negative: boolean, coefficient: bigint, exponent: number): Decimal128 {
  let c = coefficient;
  let e = exponent;
  const drop = Math.max(digitCount(c) - MAX_DIGITS, MIN_EXPONENT - e);
  if (drop > 0) {
    c = divideHalfEven(c, drop);
    e += drop;
    if (c > MAX_COEFFICIENT) {
      c /= 10n;
      e += 1;
    }
  }
  if (c === 0n) e = Math.min(Math.max(e, MIN_EXPONENT), MAX_EXPONENT);
  if (e > MAX_EXPONENT) {
    const pad = e - MAX_EXPONENT;
    if (digitCount(c) + pad > MAX_DIGITS) return negative ? DECIMAL_MINUS_INFINITY : DECIMAL_INFINITY;
    c *= 10n ** BigInt(pad);
    e = MAX_EXPONENT;
  }
  const high = (negative ? 1n << 63n : 0n) | (BigInt(e + BIAS) << 49n) | (c >> 64n);
  return fromWords(c & 0xffffffffffffffffn, high);
}

/** Reads `1.50`, `-2E+10`, `NaN`, `Infinity`; undefined when it is none of them. */
export function parseDecimal(text: string): Decimal128 | undefined {
  const m = /^([+-])?(?:(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?|(inf(?:inity)?)|(nan))$/i.exec(text);
  if (!m) return undefined;
  if (m[6]) return DECIMAL_NAN;
  const negative = m[1] === '-';
  if (m[5]) return negative ? DECIMAL_MINUS_INFINITY : DECIMAL_INFINITY;
  const whole = m[2] ?? '';
  const fraction = m[3] ?? '';
  if (whole === '' && fraction === '') return undefined;
  const exponent = m[4] ? Number(m[4]) : 0;
  return fromParts(
    negative,
    BigInt(whole + fraction),
    Math.max(-1e7, Math.min(1e7, exponent)) - fraction.length,
  );
}

/** The text form of the decimal128 specification, as MongoDB prints it. */
export function formatDecimal(value: Decimal128): string {
  const { kind, negative, coefficient, exponent } = partsOf(value);
  const sign = negative ? '-' : '';
  if (kind === 'nan') return 'NaN';
  if (kind === 'infinity') return `${sign}Infinity`;
  const digits = coefficient.toString();
  const adjusted = exponent + digits.length - 1;
  if (exponent > 0 || adjusted < -6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${fraction}E${adjusted >= 0 ? '+' : ''}${adjusted}`;
  }
  if (exponent === 0) return sign + digits;
  const point = digits.length + exponent;
  if (point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  return `${sign}0.${'0'.repeat(-point)}${digits}`;
}

export function decimalToNumber(value: Decimal128): number {
  const p = partsOf(value);
  if (p.kind === 'nan') return Number.NaN;
  if (p.kind === 'infinity') return p.negative ? -Infinity : Infinity;
  return Number(`${p.negative ? '-' : ''}${p.coefficient}e${p.exponent}`);
}

/** A double as MongoDB converts it: 15 significant digits, as `$toDecimal` and mixed arithmetic do. */
export function decimalFromNumber(value: number): Decimal128 {
  if (Number.isNaN(value)) return DECIMAL_NAN;
  if (!Number.isFinite(value)) return value > 0 ? DECIMAL_INFINITY : DECIMAL_MINUS_INFINITY;
  if (value === 0) return fromParts(Object.is(value, -0), 0n, 0);
  return parseDecimal(value.toExponential(14))!;
}

export function decimalFromBigInt(value: bigint): Decimal128 {
  return fromParts(value < 0n, value < 0n ? -value : value, 0);
}

export function digitCount(coefficient: bigint): number {
  return coefficient === 0n ? 1 : coefficient.toString().length;
}

/** `coefficient / 10^places`, ties to the even neighbour. */
export function divideHalfEven(coefficient: bigint, places: number): bigint {
  if (places > digitCount(coefficient) + 1) return 0n;
  const unit = 10n ** BigInt(places);
  const quotient = coefficient / unit;
  const twice = (coefficient % unit) * 2n;
  return twice > unit || (twice === unit && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

function fromHigh(high: bigint): Decimal128 {
  return fromWords(0n, high);
}

function fromWords(low: bigint, high: bigint): Decimal128 {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, low, true);
  view.setBigUint64(8, high, true);
  return new Decimal128(bytes);
}
