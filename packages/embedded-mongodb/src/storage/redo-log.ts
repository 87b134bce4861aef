import { readFileSync, rmSync } from 'node:fs';
import { LogFile } from './log-file.ts';
import { eachWrite, readRecord, sealRecord, writeKey, writeValue } from './redo-record.ts';

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
  readonly #file: LogFile;
  #bytes = 0;
  #at = 0;
  #salt = 0;

  constructor(dataFile: string) {
    this.#path = redoPath(dataFile);
    this.#file = new LogFile(this.#path, MAX_RECORD_BYTES);
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
      if (record.sequence > sequence) {
        records.push({ sequence: record.sequence, writes: writesOf(bytes, at, record.end) });
      }
      at = record.end;
    }
    return records;
  }

  /** From now on for records with this salt; what is in it is not needed any more. */
  begin(salt: number): void {
    this.#salt = salt;
    this.#at = 0;
  }

  /**
   * Fills in the head of the record between `from` and `end`, and waits until the disk has it. False when there is no
   * room: then nothing was written.
   */
  append(sequence: number, bytes: Buffer, from: number, end: number): boolean {
    const length = end - from;
    if (!this.#makeRoom(length)) return false;
    sealRecord(bytes, from, end, sequence, this.#salt);
    this.#file.write(bytes, from, length, this.#at);
    this.#at += length;
    return true;
  }

  close(): void {
    this.#file.close();
  }

  /** The file's length is settled before it is written to. */
  #makeRoom(length: number): boolean {
    if (this.#at + length <= this.#bytes) return true;
    if (this.#bytes === MAX_BYTES) return false;
    const bytes = this.#bytes === 0 ? FIRST_BYTES : Math.min(MAX_BYTES, this.#bytes * 2);
    try {
      this.#file.extend(this.#bytes, bytes);
    } catch (error) {
      if (isFull(error)) return false;
      throw error;
    }
    this.#bytes = bytes;
    return this.#makeRoom(length);
  }
}

/** Whoever puts other data in the place of a data file takes its log away. */
export function forgetRedo(dataFile: string): void {
  rmSync(redoPath(dataFile), { force: true });
}

const redoPath = (dataFile: string): string => `${dataFile}-redo`;

function writesOf(bytes: Buffer, from: number, end: number): Write[] {
  const writes: Write[] = [];
  eachWrite(bytes, from, end, (at) => writes.push([writeKey(bytes, at), writeValue(bytes, at)]));
  return writes;
}

function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
}
