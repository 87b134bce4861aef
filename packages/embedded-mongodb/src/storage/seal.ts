import { crc32 } from 'node:zlib';
import { DamagedFileError } from './file.ts';

/** SQLite does not notice a changed bit in what it stores: every value carries a checksum of itself and its key. */
export function seal(key: Uint8Array, value: Uint8Array): Uint8Array {
  const sealed = Buffer.allocUnsafe(value.length + 4);
  sealed.writeUInt32LE(crc32(value, crc32(key)), 0);
  sealed.set(value, 4);
  return sealed;
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
