import { crc32 } from 'node:zlib';
import { withBytes } from './checksum.ts';

/** Length of the record, its checksum, its sequence number; then the writes. */
export const HEAD_BYTES = 16;
/** Of each write, before the key and the value: their lengths. */
export const WRITE_HEAD_BYTES = 8;
/** In the place of a value's length. */
export const DELETED = 0xffffffff;

/** Fills in the head of the record that lies between `from` and `end`. */
export function sealRecord(bytes: Buffer, from: number, end: number, sequence: number, salt: number): void {
  bytes.writeUInt32LE(end - from, from);
  bytes.writeUInt32LE(sequence >>> 0, from + 8);
  bytes.writeUInt32LE(Math.floor(sequence / 0x1_0000_0000), from + 12);
  bytes.writeUInt32LE(checksum(bytes, from, end, salt), from + 4);
}

/** The record that begins at `from`; undefined when there is no whole one with this salt. */
export function readRecord(
  bytes: Buffer,
  from: number,
  salt: number,
): { sequence: number; end: number } | undefined {
  if (from + HEAD_BYTES > bytes.length) return undefined;
  const end = from + bytes.readUInt32LE(from);
  if (end < from + HEAD_BYTES || end > bytes.length) return undefined;
  if (bytes.readUInt32LE(from + 4) !== checksum(bytes, from, end, salt)) return undefined;
  return { sequence: Number(bytes.readBigUInt64LE(from + 8)), end };
}

/** Calls back with where each write of the record begins. */
export function eachWrite(bytes: Buffer, from: number, end: number, visit: (at: number) => void): void {
  for (let at = from + HEAD_BYTES; at < end; at = valueEnd(bytes, at)) visit(at);
}

export function writeKey(bytes: Buffer, at: number): Buffer {
  return bytes.subarray(at + WRITE_HEAD_BYTES, keyEnd(bytes, at));
}

/** Undefined for a deletion. */
export function writeValue(bytes: Buffer, at: number): Buffer | undefined {
  if (bytes.readUInt32LE(at + 4) === DELETED) return undefined;
  return bytes.subarray(keyEnd(bytes, at), valueEnd(bytes, at));
}

/** The key and behind it the value; undefined for a deletion. */
export function writePair(bytes: Buffer, at: number): Buffer | undefined {
  if (bytes.readUInt32LE(at + 4) === DELETED) return undefined;
  return bytes.subarray(at + WRITE_HEAD_BYTES, valueEnd(bytes, at));
}

const keyEnd = (bytes: Buffer, at: number): number => at + WRITE_HEAD_BYTES + bytes.readUInt32LE(at);

function valueEnd(bytes: Buffer, at: number): number {
  const length = bytes.readUInt32LE(at + 4);
  return keyEnd(bytes, at) + (length === DELETED ? 0 : length);
}

/** Of the length and of everything after the checksum itself. */
const checksum = (bytes: Buffer, from: number, end: number, salt: number): number =>
  crc32(bytes.subarray(from + 8, end), withBytes(salt, end - from));
