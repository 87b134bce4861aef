import { crc32 } from 'node:zlib';

/** CRC-32's polynomial, lowest power first. */
const POLYNOMIAL = 0xedb88320;

/**
 * Is the checksum of a whole page what the checksums of its pieces add up to? One call into native code instead of
 * one for each piece. In `add`, a piece is a stored checksum (4 bytes) and a value; the checksum is that of the value's
 * key, which lies elsewhere, and the value.
 */
export class PieceChecksums {
  #sum = 0;

  /** `keySum` is the checksum of the key alone, `stored` covers the key and the `length` bytes of the value. */
  add(keySum: number, stored: number, length: number): void {
    // The value's own checksum is `stored` less the key's, moved to before the value.
    this.#sum = (shifted(withBytes(this.#sum, stored) ^ keySum, length) ^ stored) >>> 0;
  }

  /** For pieces that lie behind one another as they are, without their checksums. */
  append(sum: number, length: number): void {
    this.#sum = (shifted(this.#sum, length) ^ sum) >>> 0;
  }

  /** For a piece and its own checksum behind it. */
  appendSealed(stored: number, length: number): void {
    this.#sum = withBytes((shifted(this.#sum, length) ^ stored) >>> 0, stored);
  }

  covers(page: Uint8Array): boolean {
    return crc32(page) === this.#sum;
  }
}

/** The checksum of what has `sum`, followed by a number's four bytes, lowest first. */
export function withBytes(sum: number, number: number): number {
  let state = ~sum ^ number;
  for (let i = 0; i < 4; i++) state = BYTES[state & 0xff]! ^ (state >>> 8);
  return ~state >>> 0;
}

const BYTES = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1;
  return sum;
});

/** Multiplied by x^(8·length) modulo the polynomial: what appending zeros of that length does to a checksum. */
function shifted(sum: number, length: number): number {
  if (length > 0xffff) return multiply(power(8 * length), sum >>> 0);
  const low = apply(tableFor(length & 0xff), sum);
  return length < 256 ? low : apply(tableFor(length & 0xff00), low);
}

function apply(table: Uint32Array, sum: number): number {
  return (
    table[sum & 0xff]! ^
    table[256 + ((sum >>> 8) & 0xff)]! ^
    table[512 + ((sum >>> 16) & 0xff)]! ^
    table[768 + (sum >>> 24)]!
  );
}

/** 512 at the most: one for each low and each high byte of a length. */
const tables = new Map<number, Uint32Array>();

function tableFor(length: number): Uint32Array {
  let table = tables.get(length);
  if (table === undefined) {
    const factor = power(8 * length);
    table = Uint32Array.from({ length: 1024 }, (_, i) =>
      multiply(factor, ((i & 0xff) << (8 * (i >> 8))) >>> 0),
    );
    tables.set(length, table);
  }
  return table;
}

function power(exponent: number): number {
  let result = 0x80000000;
  let square = 0x40000000;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = multiply(square, result);
    square = multiply(square, square);
  }
  return result;
}

/** The product of two polynomials over the field of two elements (zlib's `multmodp`). */
function multiply(a: number, b: number): number {
  let product = 0;
  let factor = b;
  for (let bit = 0x80000000; ; bit >>>= 1) {
    if (a & bit) {
      product ^= factor;
      if ((a & (bit - 1)) === 0) return product >>> 0;
    }
    factor = factor & 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
  }
}
