import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** One key's new value as it is stored; undefined deletes it. */
export type Write = readonly [key: Uint8Array, value: Uint8Array | undefined];

/** Which log goes with the file, and up to which of its records the file has them. */
export interface RedoState {
  salt: number;
  sequence: number;
}

const FIRST_BYTES = 256 * 1024;
const MAX_BYTES = 4 * 1024 * 1024;
/** A longer one costs as much twice over as SQLite's own log does once. */
export const MAX_RECORD_BYTES = 512 * 1024;
/** Length, checksum, sequence number. */
const HEAD_BYTES = 16;
const DELETED = 0xffffffff;

/**
 * What the latest commits wrote, so that a commit need not wait for the pages that it changed: only for a few hundred
 * bytes, which go to a place that the file already has, so that the disk has nothing else to note. SQLite's log
 * has them too, and follows in its own time; after a power cut what it lacks is done again from here.
 *
 * The file is a ring with one turn: it is begun anew once SQLite's log is on the disk. A record counts when its
 * checksum, which the session's salt goes into, is right and its number is the next one.
 */
export class RedoLog {
  readonly #path: string;
  #file: number | undefined;
  #bytes = 0;
  #at = 0;
  #salt = 0;
  #buffer = Buffer.allocUnsafe(4096);

  constructor(dataFile: string) {
    this.#path = redoPath(dataFile);
  }

  /** What came after `state`, oldest first; nothing when the log is another session's or does not reach back to it. */
  read({ salt, sequence }: RedoState): { sequence: number; writes: Write[] }[] {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#path);
    } catch {
      return [];
    }
    const records: { sequence: number; writes: Write[] }[] = [];
    let expected: number | undefined;
    for (let at = 0; ; ) {
      const record = readRecord(bytes, at, salt);
      if (record === undefined || record.sequence !== (expected ?? record.sequence)) break;
      if (expected === undefined && record.sequence > sequence + 1) break;
      expected = record.sequence + 1;
      if (record.sequence > sequence) records.push(record);
      at = record.end;
    }
    return records;
  }

  /** From now on for records with this salt; what is in it is not needed any more. */
  begin(salt: number): void {
    this.#salt = salt;
    this.#at = 0;
  }

  /** Waits until the disk has this record, and tells its length; 0 when there is no room: then nothing was written. */
  append(sequence: number, writes: readonly Write[]): number {
    const length = this.#encode(sequence, writes);
    if (!this.#makeRoom(length)) return 0;
    writeSync(this.#file!, this.#buffer, 0, length, this.#at);
    fdatasyncSync(this.#file!);
    this.#at += length;
    return length;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  /** The file's length is settled before it is written to. */
  #makeRoom(length: number): boolean {
    if (this.#at + length <= this.#bytes) return true;
    if (this.#bytes === MAX_BYTES) return false;
    const bytes = this.#bytes === 0 ? FIRST_BYTES : Math.min(MAX_BYTES, this.#bytes * 2);
    try {
      this.#file ??= openSync(this.#path, 'w', 0o600);
      writeSync(this.#file, Buffer.alloc(bytes - this.#bytes), 0, bytes - this.#bytes, this.#bytes);
      fdatasyncSync(this.#file);
    } catch (error) {
      if (isFull(error)) return false;
      throw error;
    }
    this.#bytes = bytes;
    return this.#makeRoom(length);
  }

  #encode(sequence: number, writes: readonly Write[]): number {
    let length = HEAD_BYTES;
    for (const [key, value] of writes) length += 8 + key.length + (value?.length ?? 0);
    if (this.#buffer.length < length) this.#buffer = Buffer.allocUnsafe(length * 2);
    const buffer = this.#buffer;
    buffer.writeUInt32LE(length, 0);
    buffer.writeBigUInt64LE(BigInt(sequence), 8);
    let at = HEAD_BYTES;
    for (const [key, value] of writes) {
      buffer.writeUInt32LE(key.length, at);
      buffer.writeUInt32LE(value === undefined ? DELETED : value.length, at + 4);
      buffer.set(key, at + 8);
      at += 8 + key.length;
      if (value === undefined) continue;
      buffer.set(value, at);
      at += value.length;
    }
    buffer.writeUInt32LE(checksum(buffer, 0, length, this.#salt), 4);
    return length;
  }
}

/** Whoever puts other data in the place of a data file takes its log away. */
export function forgetRedo(dataFile: string): void {
  rmSync(redoPath(dataFile), { force: true });
}

const redoPath = (dataFile: string): string => `${dataFile}-redo`;

function readRecord(
  bytes: Buffer,
  from: number,
  salt: number,
): { sequence: number; writes: Write[]; end: number } | undefined {
  if (from + HEAD_BYTES > bytes.length) return undefined;
  const length = bytes.readUInt32LE(from);
  const end = from + length;
  if (length < HEAD_BYTES || end > bytes.length) return undefined;
  if (bytes.readUInt32LE(from + 4) !== checksum(bytes, from, end, salt)) return undefined;
  const writes: Write[] = [];
  for (let at = from + HEAD_BYTES; at < end; ) {
    const keyEnd = at + 8 + bytes.readUInt32LE(at);
    const valueLength = bytes.readUInt32LE(at + 4);
    const isDeleted = valueLength === DELETED;
    const next = isDeleted ? keyEnd : keyEnd + valueLength;
    writes.push([bytes.subarray(at + 8, keyEnd), isDeleted ? undefined : bytes.subarray(keyEnd, next)]);
    at = next;
  }
  return { sequence: Number(bytes.readBigUInt64LE(from + 8)), writes, end };
}

/** Of the length and of everything after the checksum itself. */
const checksum = (bytes: Buffer, from: number, end: number, salt: number): number =>
  crc32(bytes.subarray(from + 8, end), crc32(bytes.subarray(from, from + 4), salt));

function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
}
