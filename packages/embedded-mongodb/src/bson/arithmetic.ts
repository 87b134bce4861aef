import { decimalFromBigInt, decimalFromNumber } from './decimal.ts';
import { addDecimals, multiplyDecimals } from './decimal-math.ts';
import type { Numeric } from './numbers.ts';
import { toNumber } from './numbers.ts';
import { Decimal128, Int32, int, type Value } from './values.ts';

/**
 * Addition and multiplication in MongoDB's types: decimal wins over double, double over long, long over int; an int
 * that overflows becomes a long. `undefined` when a long overflows: updates refuse that, expressions go on in doubles.
 */
export function add(a: Numeric, b: Numeric): Numeric | undefined {
  return combine(
    a,
    b,
    addDecimals,
    (x, y) => x + y,
    (x, y) => x + y,
  );
}

export function multiply(a: Numeric, b: Numeric): Numeric | undefined {
  return combine(
    a,
    b,
    multiplyDecimals,
    (x, y) => x * y,
    (x, y) => x * y,
  );
}

export function subtract(a: Numeric, b: Numeric): Numeric | undefined {
  return combine(
    a,
    b,
    (x, y) => addDecimals(x, negateDecimal(y)),
    (x, y) => x - y,
    (x, y) => x - y,
  );
}

export function negateDecimal(d: Decimal128): Decimal128 {
  const bytes = new Uint8Array(d.bytes);
  bytes[15]! ^= 0x80;
  return new Decimal128(bytes);
}

export function toDecimal(v: Numeric): Decimal128 {
  if (v instanceof Decimal128) return v;
  if (v instanceof Int32) return decimalFromBigInt(BigInt(v.value));
  return typeof v === 'bigint' ? decimalFromBigInt(v) : decimalFromNumber(v);
}

const MAX_LONG = 2n ** 63n - 1n;
const MIN_LONG = -(2n ** 63n);

export function isLong(n: bigint): boolean {
  return n >= MIN_LONG && n <= MAX_LONG;
}

export function isInt(n: number): boolean {
  return n >= -2147483648 && n <= 2147483647;
}

function combine(
  a: Numeric,
  b: Numeric,
  decimals: (x: Decimal128, y: Decimal128) => Decimal128,
  doubles: (x: number, y: number) => number,
  longs: (x: bigint, y: bigint) => bigint,
): Numeric | undefined {
  if (a instanceof Int32 && b instanceof Int32) {
    const n = doubles(a.value, b.value);
    if (isInt(n)) return int(n);
    return longs(BigInt(a.value), BigInt(b.value));
  }
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimals(toDecimal(a), toDecimal(b));
  if (typeof a === 'number' || typeof b === 'number') return doubles(toNumber(a), toNumber(b));
  const n = longs(asLong(a as Int32 | bigint), asLong(b as Int32 | bigint));
  return isLong(n) ? n : undefined;
}

const asLong = (v: Int32 | bigint): bigint => (typeof v === 'bigint' ? v : BigInt(v.value));

/** A whole number in the smallest of int and long that holds it. */
export function intOrLong(n: bigint): Value {
  return n >= -2147483648n && n <= 2147483647n ? int(Number(n)) : n;
}
