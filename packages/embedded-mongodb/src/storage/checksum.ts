import { crc32 } from 'node:zlib';

/** CRC-32's polynomial, lowest power first. */
const POLYNOMIAL = 0xedb88320;

/**
 * Is the checksum of a whole page what the checksums of its pieces add up to? One call into native code instead of
 * one for each piece. A piece is its own checksum (4 bytes) followed by what that covers.
 */
export class PieceChecksums {
  #sum = 0;

  /** `stored` covers the `length` bytes that follow it. */
  add(stored: number, length: number): void {
    let sum = this.#sum ^ 0xffffffff;
    for (let shift = 0; shift < 32; shift += 8) {
      sum = TABLE[(sum ^ (stored >>> shift)) & 0xff]! ^ (sum >>> 8);
    }
    this.#sum = (multiply(shiftOf(length), (sum ^ 0xffffffff) >>> 0) ^ stored) >>> 0;
  }

  covers(page: Uint8Array): boolean {
    return crc32(page) === this.#sum;
  }
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1;
  return sum;
});

/** x^(8·length) modulo the polynomial: what appending that many bytes multiplies a checksum by. */
function shiftOf(length: number): number {
  let shift = shifts.get(length);
  if (shift === undefined) {
    shift = power(8 * length);
    if (shifts.size >= MAX_SHIFTS) shifts.clear();
    shifts.set(length, shift);
  }
  return shift;
}

const MAX_SHIFTS = 10_000;
const shifts = new Map<number, number>();

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
