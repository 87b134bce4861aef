import { crc32 } from 'node:zlib';
import { DamagedFileError } from './file.ts';

let sealed = Buffer.allocUnsafeSlow(16 * 1024);

/**
 * SQLite does not notice a changed bit in what it stores: every value carries a checksum of itself and its key. Both
 * lie behind one another in `pair`; what comes back is valid until the next call.
 */
export function seal(pair: Buffer, keyLength: number): Buffer {
  const length = pair.length - keyLength + 4;
  if (sealed.length < length) sealed = Buffer.allocUnsafeSlow(length * 2);
  sealed.writeUInt32LE(crc32(pair), 0);
  pair.copy(sealed, 4, keyLength);
  return sealed.subarray(0, length);
}

/** The value without its checksum. Throws {@link DamagedFileError} when it does not fit. */
export function unseal(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  const value = sealed.subarray(4);
  const sum = sealed[0]! | (sealed[1]! << 8) | (sealed[2]! << 16) | (sealed[3]! << 24);
  if (sealed.length < 4 || sum >>> 0 !== crc32(value, crc32(key))) {
    throw new DamagedFileError(
      'The data file is damaged: an entry does not have its checksum. Restore a backup.',
    );
  }
  return value;
}
